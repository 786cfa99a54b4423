export * from './alert.ts';
export { migrations } from './migrations.ts';
export { arePushKeys, isPushEndpoint } from './sending/push-hosts.ts';
