import { alertTables } from './alert-tables.ts';
import { dumpTables, words, type DumpTable } from './dump-tables.ts';

/**
 * What readers are and have written, in the order in which rows need each other: for backups alone, as a dump of the paper
 * goes from hand to hand. What somebody is signed in with is left out, so that no browser is signed in again that was
 * signed out since.
 */
export const memberTables: readonly DumpTable[] = [
  {
    name: 'reader',
    key: ['id'],
    columns: words(
      'id email handle handle_look name bio picture roles state suspended_until settings guidelines_at leaving_at leaving_comments days_active last_active_day created_at',
    ),
  },
  { name: 'reader_handle', key: ['handle'], columns: words('handle reader_id since until') },
  { name: 'reader_handle_change', key: ['id'], columns: words('id reader_id at') },
  { name: 'reader_picture', key: ['id'], columns: words('id reader_id small large created_at') },
  { name: 'reader_login', key: ['id'], columns: words('id issuer subject reader_id created_at used_at') },
  {
    name: 'passkey',
    key: ['id'],
    columns: words(
      'id reader_id credential_id public_key algorithm transports counter is_synced name created_at used_at',
    ),
  },
  {
    name: 'comment',
    key: ['id'],
    columns: words(
      'id code story_id parent_id root_id path depth seq arrived author_id state created_at edited_at version recommends replies branch best shown picked_at origin origin_id origin_author key html text source',
    ),
  },
  {
    name: 'comment_version',
    key: ['comment_id', 'version'],
    columns: words('comment_id version at source html'),
  },
  { name: 'comment_mention', key: ['comment_id', 'reader_id'], columns: words('comment_id reader_id') },
  { name: 'comment_recommend', key: ['comment_id', 'reader_id'], columns: words('comment_id reader_id at') },
  {
    name: 'story_thread',
    key: ['story_id'],
    columns: words('story_id state closes_at slow_seconds note comments recommends last_at'),
  },
  { name: 'thread_settings', key: ['scope'], columns: words('scope settings') },
  { name: 'follow', key: ['reader_id', 'kind', 'target'], columns: words('reader_id kind target since') },
  { name: 'barred_address', key: ['hash'], columns: words('hash until') },
  { name: 'barred_key', key: ['name'], columns: words('name key') },
  { name: 'following_feed', key: ['reader_id'], columns: words('reader_id secret since') },
  { name: 'reader_mute', key: ['reader_id', 'target_id'], columns: words('reader_id target_id since') },
  { name: 'reader_block', key: ['reader_id', 'target_id'], columns: words('reader_id target_id since') },
  {
    name: 'notice',
    key: ['id'],
    columns: words('id reader_id kind key actor_id comment_id story_id decision_id created_at read_at'),
  },
  { name: 'moderation_setting', key: ['id'], columns: words('id version value changed_at changed_by') },
  {
    name: 'moderation_standing',
    key: ['reader_id'],
    columns: words('reader_id tries accepted removed rejected removed_at upheld dismissed'),
  },
  {
    name: 'moderation_post',
    key: ['id'],
    columns: words('id comment_id reader_id story_id at kind outcome fingerprint'),
  },
  {
    name: 'moderation_decision',
    key: ['id'],
    columns: words(
      'id at target_kind target_id owner_id story_id action reason law note actor_kind actor_name until undoes notice_id',
    ),
  },
  {
    name: 'moderation_hold',
    key: ['id'],
    columns: words('id comment_id reader_id story_id kind reasons verdicts at ended_at decision_id'),
  },
  {
    name: 'moderation_look',
    key: ['id'],
    columns: words('id decision_id reader_id text at outcome answer answered_at answered_by'),
  },
  { name: 'moderation_profile', key: ['reader_id'], columns: words('reader_id words at') },
  {
    name: 'moderation_report',
    key: ['id'],
    columns: words('id target_kind target_id owner_id reader_id category text weight at state decision_id'),
  },
  {
    name: 'moderation_notice',
    key: ['id'],
    columns: words(
      'id code at address target_kind target_id owner_id law reason name email good_faith network decision_id answer answered_at',
    ),
  },
];

/** All that a backup holds. */
export const backupTables: readonly DumpTable[] = [...dumpTables, ...memberTables, ...alertTables];
