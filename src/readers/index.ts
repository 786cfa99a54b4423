export { createReader } from './create-reader.ts';
export * from './events.ts';
export type { ReadersOptions } from './options.ts';
export { migrations } from './migrations.ts';
export { eraseReader } from './privacy/erase-reader.ts';
export type { CommentsAfter, ReaderData } from './privacy/reader-data.ts';
export * from './reader.ts';
export * from './readers.ts';
export {
  isSuspended,
  replaceProfile,
  setReaderState,
  type ProfileWords,
} from './set-state.ts';
export { beginSession } from './sessions/begin-session.ts';
export type { CurrentSession, Identity } from './sessions/session.ts';
export { sessionIdentifier } from './sessions/sessions.ts';
export { askForName, askToSignIn } from './sign-in/ask.ts';
export type { Intent, IntentHandler, IntentHandlers } from './sign-in/intent.ts';
export { returnPath } from './sign-in/return-path.ts';
export { readersText } from './text.ts';
