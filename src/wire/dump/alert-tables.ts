import { words, type DumpTable } from './dump-tables.ts';

/**
 * Who wants to hear of what, and what was told: so that nobody hears of the same twice after a restore, and push services know
 * the site by the same keys. In the order in which rows need each other.
 */
export const alertTables: readonly DumpTable[] = [
  { name: 'push_key', key: ['id'], columns: words('id public private created_at retired_at') },
  {
    name: 'alert_browser',
    key: ['id'],
    columns: words(
      'id token endpoint host p256dh auth key_id reader_id session_id last_reader_id label zone language created_at seen_at subscribed_at delivered_at day day_count',
    ),
  },
  {
    name: 'alert_setting',
    key: ['owner'],
    columns: words('owner zone quiet_from quiet_to gravest daily_cap paused_until changed_at'),
  },
  {
    name: 'alert_choice',
    key: ['owner', 'kind', 'target'],
    columns: words('owner kind target channel changed_at'),
  },
  {
    name: 'alert',
    key: ['id'],
    columns: words(
      'id code kind story_id story_version urgency title body picture audience state version send_at by_zone created_by approved_by created_at changed_at reason estimate delivered shown clicked dismissed unsubscribed',
    ),
  },
  {
    name: 'alert_text',
    key: ['alert_id', 'version'],
    columns: words('alert_id version action title body at by approved_by'),
  },
  {
    name: 'alert_run',
    key: ['id'],
    columns: words('id alert_id version kind zone at cursor state taken gone failed started_at ended_at'),
  },
  { name: 'alert_reached', key: ['alert_id', 'seq'], columns: words('alert_id seq version browsers at') },
  { name: 'alert_waiting', key: ['run_id', 'browser_id'], columns: words('run_id browser_id at tries') },
  { name: 'alert_told', key: ['key'], columns: words('key reader_id issue_id channel state at') },
  { name: 'mail_key', key: ['purpose'], columns: words('purpose secret created_at') },
  {
    name: 'mail_stop',
    key: ['address_hash'],
    columns: words('address_hash reason status failures first_at last_at stopped_at'),
  },
  { name: 'mail_brief', key: ['reader_id', 'rhythm'], columns: words('reader_id rhythm last_at next_at') },
  { name: 'newsletter', key: ['slug'], columns: words('slug name description section created_at closed_at') },
  {
    name: 'newsletter_issue',
    key: ['id'],
    columns: words(
      'id code newsletter subject note stories state send_at cursor created_by created_at changed_at recipients unsubscribed',
    ),
  },
  {
    name: 'newsletter_reader',
    key: ['id'],
    columns: words('id newsletter address reader_id token_hash asked_at confirmed_at'),
  },
];
