import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import { redirect } from '../../platform/http/answers.ts';
import type { Answer, Identity, Request, Route } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import type { ReadersOptions } from '../options.ts';
import { dayWords } from '../time-words.ts';
import { runWaiting } from '../sign-in/finish.ts';
import { failedPage } from '../sign-in/pages.ts';
import { findPending, signInSecret } from '../sign-in/pending.ts';
import { pictureRoutes } from './picture-routes.ts';
import { saveProfile, type ProfileRules } from './save-profile.ts';
import { welcomePage } from './welcome-page.ts';

const form = z.object({ name: z.string().max(1000).catch(''), handle: z.string().max(200).catch('') });

/** What a profile is checked against on this site. */
export async function profileRules(
  { site }: Pick<DomainContext, 'site'>,
  options: ReadersOptions,
): Promise<ProfileRules> {
  return {
    paper: site.name,
    takenNames: (await options.takenNames?.()) ?? [],
    dayOf: (at) => dayWords(site, at),
  };
}

/** The step that asks for a name, and the pictures of readers. */
export function profileRoutes(context: DomainContext, options: ReadersOptions): Route[] {
  const { database, clock, config } = context;

  /** The sign-in that waits for this reader's name, if one does. */
  async function pendingOf(request: Request) {
    const secret = signInSecret(config.origin, request);
    const pending = await findPending(database.read, secret, clock.now());
    return pending?.readerId === request.identity!.id ? pending : undefined;
  }

  async function show(request: Request): Promise<Answer> {
    const pending = await pendingOf(request);
    if (request.identity!.reader.handle !== undefined) {
      if (pending?.intent) return failedPage(context, request, { pending });
      return redirect('/account', 303, { noStore: true });
    }
    const { name } = request.identity!.reader;
    return welcomePage(context, request, { pending, name, guidelines: await options.guidelines?.(request) });
  }

  async function save(request: Request): Promise<Answer> {
    const given = form.catch({ name: '', handle: '' }).parse(request.body);
    const rules = await profileRules(context, options);
    const { id, reader: before } = request.identity!;
    try {
      const reader = await database.write((tx) =>
        saveProfile(tx, { reader: id, ...given, hasSeenGuidelines: true }, rules),
      );
      const identity: Identity = { ...request.identity!, reader };
      const pending = await pendingOf(request);
      return runWaiting(context, options, request, {
        identity,
        otherwise: pending?.to ?? '/account',
        isNew: before.handle === undefined,
      });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'reader.invalid') throw error;
      return welcomePage(context, request, {
        pending: await pendingOf(request),
        guidelines: await options.guidelines?.(request),
        ...given,
        problems: error.fields,
      });
    }
  }

  return [
    { method: 'GET', path: '/welcome', name: 'welcome', who: 'reader', proof: 'none', handle: show },
    {
      method: 'POST',
      path: '/welcome',
      name: 'welcome-save',
      who: 'reader',
      proof: 'same-origin',
      bodyLimit: 16 * 1024,
      handle: save,
    },
    ...pictureRoutes(context),
  ];
}
