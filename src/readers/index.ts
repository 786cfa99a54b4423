export { createReader } from './create-reader.ts';
export * from './events.ts';
export { migrations } from './migrations.ts';
export * from './reader.ts';
export * from './readers.ts';
export { beginSession } from './sessions/begin-session.ts';
export type { CurrentSession, Identity } from './sessions/session.ts';
export { sessionIdentifier } from './sessions/sessions.ts';
export { readersText } from './text.ts';
