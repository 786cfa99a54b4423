export * from './alert.ts';
export { migrations } from './migrations.ts';
export { arePushKeys, isPushEndpoint } from './sending/push-hosts.ts';
export {
  browsersByKey,
  presentPushKey,
  pushKeys,
  removePushKey,
  rotatePushKeys,
  type PushKey,
} from './sending/push-keys.ts';
