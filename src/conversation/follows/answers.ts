import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import { redirect } from '../../platform/http/answers.ts';
import type { Answer, Request } from '../../platform/http/route-table.ts';
import { askForName, askToSignIn, returnPath, type IntentHandler } from '../../readers/index.ts';
import type { DomainContext } from '../../site/context.ts';
import { html } from '../../site/html.ts';
import { followKinds, type FollowTarget } from './follow.ts';
import { followPart } from './follow-part.ts';
import { isFollowing } from './follow-lists.ts';
import { followTarget, unfollowTarget } from './follow-target.ts';
import { blockReader, muteReader, unblockReader, unmuteReader } from './mute-reader.ts';
import { nameTargets } from './own-follows.ts';
import { followsText as words } from './text.ts';

const what = z.object({ kind: z.enum(followKinds), target: z.string().min(1).max(120) });
const followForm = what.extend({
  act: z.enum(['follow', 'unfollow']),
  to: z.string().max(2000).default('/'),
});
const relations = { mute: muteReader, unmute: unmuteReader, block: blockReader, unblock: unblockReader };
const relationForm = z.object({
  target: z.string().min(1).max(120),
  act: z.enum(['mute', 'unmute', 'block', 'unblock']),
  to: z.string().max(2000).default('/'),
});

/** `POST /following`: the button of `followPart`. Whoever is not signed in does so first, and follows then. */
export async function answerFollow(context: DomainContext, request: Request): Promise<Answer> {
  const form = parse(followForm, request.body);
  const { identity } = request;
  const target = { kind: form.kind, target: form.target };
  // Others see who follows them.
  const intent = { kind: 'follow', data: { ...target, to: form.to }, needsName: form.kind === 'reader' };
  if (!identity) return askToSignIn(context, request, { intent, to: form.to });
  if (form.act === 'unfollow') {
    await context.database.write((tx) => unfollowTarget(tx, identity.id, target));
  } else {
    if (intent.needsName && identity.reader.handle === undefined)
      return askForName(context, request, { intent, to: form.to });
    await context.database.write((tx) => followTarget(tx, identity.reader, target));
  }
  // A script puts the button in place; a browser goes back to the page.
  const isScript = request.headers['sec-fetch-dest'] === 'empty';
  const to = returnPath(context.config.origin, form.to);
  return redirect(isScript ? buttonPath(target, to) : to, 303, { noStore: true });
}

/** What was waiting while somebody signed in. */
export function followIntent(context: DomainContext): IntentHandler {
  return async (_request, { reader }, { data }) => {
    const form = parse(followForm, { ...data, act: 'follow' });
    try {
      await context.database.write((tx) => followTarget(tx, reader, form));
    } catch (error) {
      // Who signed in to follow themselves, or what is gone meanwhile, is signed in all the same.
      if (!(error instanceof AppError)) throw error;
    }
    return { to: returnPath(context.config.origin, form.to) };
  };
}

function buttonPath({ kind, target }: FollowTarget, to: string): string {
  return `/following/one?${new URLSearchParams({ kind, target, to }).toString()}`;
}

/** `/following/one`: one thing, and whether it is followed. */
export async function followPage(context: DomainContext, request: Request): Promise<Answer> {
  const { kind, target } = parse(what, Object.fromEntries(request.query));
  const to = returnPath(context.config.origin, request.query.get('to') ?? '/');
  const db = context.database.read;
  const named = (await nameTargets(db, kind, [target])).get(target);
  if (!named) throw new AppError('follow.not-found', words.notFound, { status: 404 });
  const isOn = await isFollowing(db, request.identity?.id, { kind, target });
  const says = isOn ? words.done.follows(named.name) : words.done.ends(named.name);
  return context.frame(request, {
    title: words.done.title,
    canonical: '/following',
    main: html`<div class="wrap list-page"><h1>${words.done.title}</h1><p class="lede" role="status">${says}</p>${followPart({ kind, target, name: named.name, isFollowing: isOn, to })}<p><a class="text-link" href="${to}">${words.back}</a></p></div>`,
    kind: 'following',
    robots: 'noindex',
    noStore: true,
  });
}

/** `POST /following/relations`: the buttons of `relationPart`. */
export async function answerRelation(context: DomainContext, request: Request): Promise<Answer> {
  const { act, target, to } = parse(relationForm, request.body);
  const pair = { reader: request.identity!.id, target };
  await context.database.write((tx) => relations[act](tx, pair));
  return redirect(returnPath(context.config.origin, to), 303, { noStore: true });
}

/** @throws AppError `follow.bad-form` */
function parse<T>(schema: z.ZodType<T>, given: unknown): T {
  const result = schema.safeParse(given);
  if (!result.success) throw new AppError('follow.bad-form', words.badForm, { status: 422 });
  return result.data;
}
