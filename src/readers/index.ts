export { createReader } from './create-reader.ts';
export * from './events.ts';
export type { ReadersOptions } from './options.ts';
export { readerTopic, tellReadersLive } from './live.ts';
export { migrations } from './migrations.ts';
export { eraseReader } from './privacy/erase-reader.ts';
export { takeUpReaders } from './privacy/erased-list.ts';
export { definePrivacyJobs } from './privacy/jobs.ts';
export type { CommentsAfter, ReaderData } from './privacy/reader-data.ts';
export { handlePattern } from './profile/handle.ts';
export { saveProfile } from './profile/save-profile.ts';
export { picturePath, portraitPart } from './profile/picture-routes.ts';
export { tryWays, type WayTried } from './providers/try-ways.ts';
export * from './reader.ts';
export * from './readers.ts';
export {
  isSuspended,
  replaceProfile,
  setReaderRoles,
  setReaderState,
  type ProfileWords,
} from './set-state.ts';
export { readersRoutes } from './routes.ts';
export { buttonForm, fieldPart, type Problems } from './account/form.ts';
export { saidPart } from './account/said.ts';
export { beginSession } from './sessions/begin-session.ts';
export { deviceOf } from './sessions/device.ts';
export { hashOf, newSecret, type CurrentSession, type Identity } from './sessions/session.ts';
export { sessionIdentifier } from './sessions/sessions.ts';
export { askForName, askToSignIn } from './sign-in/ask.ts';
export type { Intent, IntentHandler, IntentHandlers } from './sign-in/intent.ts';
export { defineSignInJobs } from './sign-in/prune.ts';
export { returnPath } from './sign-in/return-path.ts';
export { readersText } from './text.ts';
