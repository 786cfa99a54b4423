import { parseArgs } from 'node:util';
import {
  alertStates,
  alertUrgencies,
  approveAlert,
  audienceOf,
  cancelAlert,
  composeAlert,
  correctAlert,
  estimateAudience,
  findAlert,
  listAlerts,
  listRuns,
  listServices,
  listTexts,
  nameOfAudience,
  previewAlert,
  sendAlert,
  withdrawAlert,
  type AlertRules,
  type AlertState,
  type WideAlert,
} from '../alerts/index.ts';
import type { Transaction } from '../platform/database/database.ts';
import { AppError } from '../platform/errors.ts';
import { liveServers } from '../platform/events/event-log.ts';
import { findStory, fromInstant, isoOf } from '../stories/index.ts';
import { parseTime } from '../wire/index.ts';
import { alertCliText as words } from './alert-text.ts';
import type { CliCommand, CliIo } from './command.ts';
import { Misuse, understood } from './misuse.ts';
import { namedStory } from './named-story.ts';
import { inNewsroom, type Newsroom } from './newsroom.ts';

const options = {
  title: { type: 'string' },
  text: { type: 'string' },
  picture: { type: 'string' },
  urgency: { type: 'string' },
  to: { type: 'string' },
  reason: { type: 'string' },
  state: { type: 'string' },
  stories: { type: 'boolean' },
  'by-zone': { type: 'boolean' },
  'beyond-the-cap': { type: 'boolean' },
  actor: { type: 'string' },
} as const;

const parse = (args: string[]) => parseArgs({ args, options, allowPositionals: true });
type Values = ReturnType<typeof parse>['values'];

interface Call extends Newsroom {
  readonly io: CliIo;
  readonly given: readonly string[];
  readonly values: Values;
  readonly actor: string;
  readonly rules: AlertRules;
}

interface Verb {
  /** Words that it takes; what is more is a mistake. */
  readonly words: number;
  /** Options that it takes besides --actor. */
  readonly options?: readonly string[];
  run(call: Call): Promise<void>;
}

const verbs: Readonly<Record<string, Verb>> = {
  compose: { words: 1, options: ['title', 'text', 'picture', 'urgency', 'to'], run: compose },
  preview: {
    words: 1,
    async run(call) {
      const alert = await named(call);
      const story = alert.story === undefined ? undefined : await findStory(call.database.read, alert.story);
      for (const each of previewAlert(alert, story)) call.io.out(words.preview(each));
    },
  },
  estimate: {
    words: 1,
    async run(call) {
      call.io.out(words.rings(await estimate(call, await named(call))));
    },
  },
  send: { words: 1, options: ['beyond-the-cap'], run: (call) => send(call, undefined) },
  schedule: {
    words: 2,
    options: ['by-zone', 'beyond-the-cap'],
    run: (call) => send(call, momentOf(call, call.given[1])),
  },
  approve: {
    words: 1,
    options: ['beyond-the-cap'],
    run: (call) =>
      change(call, (tx, alert) =>
        approveAlert(tx, {
          alert,
          actor: call.actor,
          rules: call.rules,
          isBeyondTheCap: call.values['beyond-the-cap'],
        }),
      ),
  },
  cancel: {
    words: 1,
    options: ['reason'],
    run: (call) => change(call, (tx, alert) => cancelAlert(tx, { alert, reason: call.values.reason })),
  },
  correct: {
    words: 1,
    options: ['title', 'text'],
    async run(call) {
      const { title, text: body } = call.values;
      const before = await named(call);
      await change(call, (tx, alert) =>
        correctAlert(tx, { alert, title, body, actor: call.actor, rules: call.rules }),
      );
      const after = await named(call);
      if (after.version === before.version) call.io.out(words.correctionWaits);
    },
  },
  withdraw: {
    words: 1,
    options: ['reason', 'text'],
    run: (call) =>
      change(call, (tx, alert) =>
        withdrawAlert(tx, {
          alert,
          reason: call.values.reason ?? '',
          body: call.values.text,
          actor: call.actor,
          paper: call.config.NAME,
        }),
      ),
  },
  list: { words: 0, options: ['state', 'stories'], run: list },
  show: { words: 1, run: show },
  status: { words: 0, run: status },
};

export const command: CliCommand = {
  name: 'alert',
  summary: words.summary,
  usage: words.usage,
  run: (args, io) =>
    understood('alert', io, async () => {
      const [name, ...others] = args;
      if (name === undefined) {
        io.err(words.usage);
        return 2;
      }
      if (!Object.hasOwn(verbs, name))
        throw new Misuse('alert.unknown-verb', words.noVerb(name, Object.keys(verbs)));
      const verb = verbs[name]!;
      const { positionals: given, values } = parse(others);
      const taken = new Set([...(verb.options ?? []), 'actor']);
      const stray = Object.keys(values).find((option) => !taken.has(option));
      if (stray) throw new Misuse('alert.option', words.noOption(name, stray));
      if (given.length > verb.words) throw new Misuse('alert.word', words.noWord(name, given[verb.words]!));
      const actor = values.actor ?? process.env.USER ?? 'command line';
      await inNewsroom(io.config(), (newsroom) => {
        const { ALERTS_TWO_PERSONS: needsTwo, ALERTS_A_DAY: aDay, ZONE: zone } = newsroom.config;
        return verb.run({ ...newsroom, io, given, values, actor, rules: { needsTwo, aDay, zone } });
      });
      return 0;
    }),
};

async function compose(call: Call): Promise<void> {
  const { database, given, values, actor } = call;
  const story = await namedStory(database, given[0]);
  const { title, text: body, picture, to = 'everyone' } = values;
  const urgency = alertUrgencies.find((each) => each === (values.urgency ?? 'breaking'));
  if (!urgency) throw new Misuse('alert.urgency', words.badUrgency(values.urgency!));
  const names = to.split(',').map((name) => name.trim());
  const audiences = names.filter((name) => name !== '').map(audienceOf);
  const alert = await database.write((tx) =>
    composeAlert(tx, {
      story: story.id,
      title,
      body,
      picture: picture === 'none' ? null : picture,
      urgency,
      audiences,
      actor,
    }),
  );
  report(call, alert);
  call.io.out(words.rings(await estimate(call, alert)));
}

async function send(call: Call, at: number | undefined): Promise<void> {
  const { actor, rules, values } = call;
  // Counted before: it takes a while, and a command must not keep others waiting.
  const reckoned = await estimate(call, await named(call));
  await change(call, (tx, alert) =>
    sendAlert(tx, {
      alert,
      actor,
      at,
      isByZone: values['by-zone'],
      rules,
      isBeyondTheCap: values['beyond-the-cap'],
      estimate: reckoned,
    }),
  );
  call.io.out(words.rings(reckoned));
}

async function list(call: Call): Promise<void> {
  const state = call.values.state as AlertState | undefined;
  if (state !== undefined && !alertStates.includes(state))
    throw new Misuse('alert.no-such-state', words.badState(state, alertStates));
  const kind = call.values.stories ? 'story' : 'breaking';
  const alerts = await listAlerts(call.database.read, { state, kind, limit: 50 });
  for (const alert of alerts) call.io.out(words.line(alert));
  if (alerts.length === 0) call.io.out(words.none);
}

async function show(call: Call): Promise<void> {
  const { io, database } = call;
  const alert = await named(call);
  report(call, alert);
  io.out(`  ${words.counts(alert.counts)}`);
  for (const run of await listRuns(database.read, alert.id))
    io.out(`  ${words.run(run, when(call, run.at))}`);
  for (const { version, action, by, approvedBy, title, body, at } of await listTexts(
    database.read,
    alert.id,
  )) {
    const waits = version > alert.version ? ` ${words.waitingText}` : '';
    io.out(`  ${when(call, at)}  ${words.text(version, action, by, approvedBy)}${waits}`);
    io.out(`    ${title}\n    ${body}`);
  }
}

async function status(call: Call): Promise<void> {
  const { io, database, clock } = call;
  const alerts = (
    await Promise.all(
      (['sending', 'scheduled', 'waiting'] as const).map((state) =>
        listAlerts(database.read, { state, limit: 50 }),
      ),
    )
  ).flat();
  for (const alert of alerts) {
    io.out(words.line(alert));
    for (const run of await listRuns(database.read, alert.id))
      if (run.state !== 'cancelled') io.out(`  ${words.run(run, when(call, run.at))}`);
  }
  if (alerts.length === 0) io.out(words.nothingSent);
  const services = await listServices(database.read, clock.now());
  for (const { restsUntil, at, ...service } of services) {
    const rests = restsUntil !== undefined && restsUntil > clock.now() ? when(call, restsUntil) : undefined;
    io.out(words.service({ ...service, rests, at: when(call, at) }));
  }
  if (services.length === 0) io.out(words.noServices);
}

async function change(
  call: Call,
  command: (tx: Transaction, alert: string) => Promise<WideAlert>,
): Promise<void> {
  const { database, clock } = call;
  const { id } = await named(call);
  const alert = await database.write((tx) => command(tx, id));
  report(call, alert);
  if (alert.state === 'waiting') call.io.out(words.waits);
  const isGoing = ['scheduled', 'sending', 'withdrawn'].includes(alert.state);
  if (isGoing && (await liveServers(database, clock)).length === 0) call.io.out(words.noServer);
}

function report(call: Call, alert: WideAlert): void {
  const { io } = call;
  io.out(alert.title);
  if (alert.body !== '') io.out(`  ${alert.body}`);
  io.out(`  ${words.is(alert)}`);
  io.out(`  ${words.who(alert.audiences.map(nameOfAudience).join(', '), alert.createdBy)}`);
  if (alert.sendAt !== undefined)
    io.out(`  ${when(call, alert.sendAt)}${alert.isByZone ? ` ${words.inEachZone}` : ''}`);
  if (alert.reason !== undefined) io.out(`  ${alert.reason}`);
}

async function named({ database, given: [name] }: Call): Promise<WideAlert> {
  if (!name) throw new Misuse('alert.which', words.which);
  const alert = await findAlert(database.read, name);
  if (!alert) throw new AppError('alert.not-found', words.noAlert(name), { status: 404 });
  return alert;
}

function estimate({ database, clock }: Call, { audiences }: WideAlert): Promise<number> {
  return estimateAudience(database.read, audiences, clock.now());
}

/** A moment in the zone of the publication, as it is typed. */
function when({ config }: Call, at: number): string {
  return isoOf(fromInstant(at, config.ZONE));
}

function momentOf({ config }: Call, given: string | undefined): number {
  const time = given === undefined ? undefined : parseTime(given, config.ZONE);
  if (!time || time.precision !== 'minute') throw new Misuse('alert.bad-time', words.badTime(given));
  return time.at;
}
