import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import { redirect } from '../../platform/http/answers.ts';
import type { FormFile } from '../../platform/http/forms.ts';
import type { Answer, Request, Route } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import type { ReadersOptions } from '../options.ts';
import { makePortrait, pictureBytes, removePicture, savePicture } from '../profile/picture.ts';
import { profileRules } from '../profile/routes.ts';
import { saveProfile } from '../profile/save-profile.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { accountPage } from './account-page.ts';
import { said, type Said } from './said.ts';
import { saveSettings, settingsForm } from './save-settings.ts';
import { accountText as words } from './text.ts';

const profileForm = z.object({
  name: z.string().max(1000).catch(''),
  handle: z.string().max(200).catch(''),
  bio: z.string().max(10_000).catch(''),
});

/** The account page and what its forms do. Each looks only at what belongs to who is signed in. */
export function accountRoutes(context: DomainContext, options: ReadersOptions): Route[] {
  const { database, config } = context;
  const back = (section: string, what: Said): Answer =>
    redirect(`/account#${section}`, 303, { noStore: true, cookies: [said(config.origin, what)] });

  async function saveProfileForm(request: Request): Promise<Answer> {
    const typed = profileForm.catch({ name: '', handle: '', bio: '' }).parse(request.body);
    const rules = await profileRules(context, options);
    try {
      await database.write((tx) => saveProfile(tx, { reader: request.identity!.id, ...typed }, rules));
      return back('profile', 'saved');
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'reader.invalid') throw error;
      return accountPage(context, request, { typed, problems: error.fields, status: error.status });
    }
  }

  async function savePictureForm(request: Request): Promise<Answer> {
    const { picture } = (request.body ?? {}) as { picture?: FormFile | string | FormFile[] };
    try {
      if (typeof picture !== 'object' || Array.isArray(picture))
        throw new AppError('reader.picture-missing', words.picture.missing, {
          status: 422,
          fields: { picture: words.picture.missing },
        });
      const files = await makePortrait(picture.bytes);
      await database.write((tx) => savePicture(tx, request.identity!.id, files));
      return back('picture', 'saved');
    } catch (error) {
      if (!(error instanceof AppError) || !error.fields.picture) throw error;
      return accountPage(context, request, { problems: error.fields, status: error.status });
    }
  }

  async function removePictureForm(request: Request): Promise<Answer> {
    await database.write((tx) => removePicture(tx, request.identity!.id));
    return back('picture', 'saved');
  }

  async function saveSettingsForm(request: Request): Promise<Answer> {
    const settings = settingsForm.safeParse(request.body ?? {});
    if (!settings.success) throw new AppError('request.malformed', words.malformed);
    await database.write((tx) => saveSettings(tx, request.identity!.id, settings.data));
    return back('settings', 'saved');
  }

  async function endOne(request: Request): Promise<Answer> {
    const { session } = (request.body ?? {}) as { session?: unknown };
    const only = typeof session === 'string' ? session : '';
    await database.write((tx) => endSessions(tx, request.identity!.id, { only }));
    return back('devices', 'session-ended');
  }

  async function endOthers(request: Request): Promise<Answer> {
    const { id, session } = request.identity!;
    await database.write((tx) => endSessions(tx, id, { except: session.id }));
    return back('devices', 'sessions-ended');
  }

  const write = (path: string, name: string, handle: Route['handle'], bodyLimit = 32 * 1024): Route => ({
    method: 'POST',
    path,
    name,
    who: 'reader',
    proof: 'same-origin',
    bodyLimit,
    handle,
  });
  return [
    {
      method: 'GET',
      path: '/account',
      name: 'account',
      who: 'reader',
      proof: 'none',
      handle: (request) => accountPage(context, request),
    },
    write('/account/profile', 'account-profile', saveProfileForm),
    // With room for what a form puts around a file.
    write('/account/picture', 'account-picture', savePictureForm, pictureBytes + 64 * 1024),
    write('/account/picture/remove', 'account-picture-remove', removePictureForm),
    write('/account/settings', 'account-settings', saveSettingsForm),
    write('/account/sessions/end', 'account-session-end', endOne),
    write('/account/sessions/end-others', 'account-sessions-end', endOthers),
  ];
}
