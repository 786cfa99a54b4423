export { askOutside, type OutsideParts } from './ask-outside.ts';
export { decide, type DecisionInput } from './decisions/decide.ts';
export * from './decisions/decision.ts';
export { decisionsAbout, decisionsFor, findDecision } from './decisions/decisions.ts';
export { answerLook, askAgain, findLook, listLooks, mayAskAgain, type Look } from './decisions/look.ts';
export { canUndo, undoDecision } from './decisions/undo.ts';
export * from './events.ts';
export { guidelinesPart } from './guidelines-page.ts';
export { listHolds, type Hold, type HoldKind } from './holds/holds.ts';
export { judge } from './judge.ts';
export type { Judgement, JudgementReason, Verdict, VerdictKind } from './judgement.ts';
export { migrations } from './migrations.ts';
export { answerNotice, fileNotice, findNotice, listNotices, type Notice } from './notices/notices.ts';
export type { Opinion, Opinions } from './opinions.ts';
export { pruneModeration, pruneModerationJob } from './prune.ts';
export { moderationData } from './reader-data.ts';
export { recordPosted, recordRejected } from './record-posted.ts';
export { weightOf, type ReportCategory } from './reports/report.ts';
export { reportIntent } from './reports/report-routes.ts';
export { reportTarget } from './reports/report-target.ts';
export { listReported, reportsAbout, type ReportedTarget } from './reports/reports.ts';
export { moderationRoutes } from './routes.ts';
export { barOf } from './rules/account.ts';
export { lengthOf } from './rules/length.ts';
export { loadRulebook } from './settings/rulebook.ts';
export { saveSetting, settingNameOf } from './settings/save-settings.ts';
export {
  moderationSettingNames,
  moderationSettings,
  type ModerationSettingName,
  type ModerationSettings,
} from './settings/settings.ts';
export type { Submission, ThreadState } from './submission.ts';
export { moderationHandlers, type CommentHandlers } from './targets.ts';
export { moderationText } from './text.ts';
export { withdrawComment } from './withdraw.ts';
export { trustLevel, trustLevels, trustOf, type Standing, type TrustLevel } from './trust/trust.ts';
