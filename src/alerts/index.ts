export * from './alert.ts';
export { unwantedNotices } from './inbox/unwanted.ts';
export { watchInbox } from './inbox/watch-inbox.ts';
export { migrations } from './migrations.ts';
export { alertLinkPart } from './preferences/one-page.ts';
export { alertChoicesData } from './preferences/reader-data.ts';
export { preferenceRoutes } from './preferences/routes.ts';
export { arePushKeys, isPushEndpoint } from './sending/push-hosts.ts';
export {
  browsersByKey,
  presentPushKey,
  pushKeys,
  removePushKey,
  rotatePushKeys,
  type PushKey,
} from './sending/push-keys.ts';
export {
  findAlert,
  listAlerts,
  listRuns,
  listTexts,
  type AlertRun,
  type AlertText,
  type RunKind,
} from './breaking/alerts.ts';
export { composeAlert, type NewAlert } from './breaking/compose-alert.ts';
export { correctAlert } from './breaking/correct-alert.ts';
export { countUnsubscribed, createAlertCounter, type AlertCounter } from './breaking/count-alerts.ts';
export { estimateAudience } from './breaking/estimate.ts';
export type { AlertRules } from './breaking/policy.ts';
export { previewAlert, type AlertPreview } from './breaking/preview.ts';
export { approveAlert, sendAlert, type Sending } from './breaking/send-alert.ts';
export { listServices, noteServices } from './breaking/services.ts';
export { watchWideAlerts } from './breaking/watch-wide-alerts.ts';
export {
  alertStates,
  audienceOf,
  nameOfAudience,
  type AlertState,
  type Audience,
  type WideAlert,
} from './breaking/wide-alert.ts';
export { cancelAlert, withdrawAlert } from './breaking/withdraw-alert.ts';
export { createPushSender, type OwnPushSender } from './sending/push-sender.ts';
