export * from './alert.ts';
export { unwantedNotices } from './inbox/unwanted.ts';
export { watchInbox } from './inbox/watch-inbox.ts';
export { migrations } from './migrations.ts';
export { alertChoicesData } from './preferences/reader-data.ts';
export { arePushKeys, isPushEndpoint } from './sending/push-hosts.ts';
export {
  browsersByKey,
  presentPushKey,
  pushKeys,
  removePushKey,
  rotatePushKeys,
  type PushKey,
} from './sending/push-keys.ts';
