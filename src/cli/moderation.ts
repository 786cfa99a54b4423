import { parseArgs } from 'node:util';
import { readFileSync } from 'node:fs';
import { applyToComment, findCommentId, findCommentTarget } from '../conversation/index.ts';
import { AppError } from '../platform/errors.ts';
import {
  actions,
  answerLook,
  answerNotice,
  decide,
  decisionsAbout,
  findNotice,
  isAccountAction,
  listHolds,
  listLooks,
  listNotices,
  listReported,
  loadRulebook,
  moderationHandlers,
  moderationSettingNames,
  moderationSettings,
  moderationText,
  reasonCodes,
  reportsAbout,
  saveSetting,
  settingNameOf,
  trustOf,
  undoDecision,
  type Action,
  type Decision,
  type TargetName,
} from '../moderation/index.ts';
import { findReader, findReaderByHandle } from '../readers/index.ts';
import type { CliCommand, CliIo } from './command.ts';
import { Misuse, understood } from './misuse.ts';
import { moderationCliText as words } from './moderation-text.ts';
import { inNewsroom, type Newsroom } from './newsroom.ts';

const options = {
  reason: { type: 'string' },
  note: { type: 'string' },
  law: { type: 'string' },
  notice: { type: 'string' },
  days: { type: 'string' },
  profile: { type: 'boolean' },
  file: { type: 'string' },
  actor: { type: 'string' },
} as const;

const parse = (args: string[]) => parseArgs({ args, options, allowPositionals: true });
type Values = ReturnType<typeof parse>['values'];

interface Call extends Newsroom {
  readonly io: CliIo;
  readonly given: readonly string[];
  readonly values: Values;
  readonly actor: { readonly kind: 'moderator'; readonly name: string };
}

const handlers = moderationHandlers({ findComment: findCommentTarget, applyDecision: applyToComment });

const verbs: Readonly<Record<string, (call: Call) => Promise<void>>> = {
  queue: showQueue,
  show: async (call) => showTarget(call, await targetOf(call, call.given[0])),
  undo: async (call) => {
    const id = need(call.given[0], words.needsDecision);
    const { note } = call.values;
    tell(
      call,
      await call.database.write((tx) => undoDecision(tx, { id, note, actor: call.actor }, handlers)),
    );
  },
  answer: async ({ given, database, actor, io }) => {
    const decision = need(given[0], words.needsDecision);
    const outcome = given[1] === 'upheld' || given[1] === 'changed' ? given[1] : undefined;
    if (outcome === undefined) throw new Misuse('moderation.outcome', words.needsOutcome);
    const answer = need(given.slice(2).join(' ') || undefined, words.needsAnswer);
    await database.write((tx) => answerLook(tx, { decision, outcome, answer, actor }, handlers));
    io.out(words.answered);
  },
  notice: async ({ given, database, config, io }) => {
    const code = need(given[0], words.needsNotice);
    const answer = need(given.slice(1).join(' ') || undefined, words.needsAnswer);
    const paper = { name: config.NAME, origin: config.origin, language: config.LANGUAGE };
    await database.write((tx) => answerNotice(tx, { code, answer, paper }));
    io.out(words.answered);
  },
  settings: async ({ database, io }) => {
    const { settings } = await loadRulebook(database.read);
    for (const name of moderationSettingNames) {
      const value = settings[name];
      const isDefault = JSON.stringify(value) === JSON.stringify(moderationSettings[name].parse(undefined));
      io.out(`${name.padEnd(26)}${valueWords(value)}${isDefault ? '' : ` ${words.changed}`}`);
      io.out(`  ${moderationSettings[name].description}`);
    }
  },
  set: async ({ given, values, database, actor, io }) => {
    const name = settingNameOf(need(given[0], words.needsSetting));
    const value = values.file === undefined ? given.slice(1).join(' ') : readFileSync(values.file, 'utf8');
    if (value === '' && values.file === undefined) throw new Misuse('moderation.value', words.needsValue);
    await database.write((tx) => saveSetting(tx, { name, value, actor: actor.name }));
    io.out(`${name} ${valueWords((await loadRulebook(database.read)).settings[name])}`);
  },
  unset: async ({ given, database, actor, io }) => {
    const name = settingNameOf(need(given[0], words.needsSetting));
    await database.write((tx) => saveSetting(tx, { name, value: undefined, actor: actor.name }));
    io.out(`${name} ${valueWords((await loadRulebook(database.read)).settings[name])}`);
  },
  words: changeWords,
  trust: async (call) => {
    const { id } = await readerOf(call, call.given[0]);
    const { level, standing } = await trustOf(call.database.read, id, call.clock.now());
    call.io.out(words.trust(level, standing));
  },
};

export const command: CliCommand = {
  name: 'moderation',
  summary: 'see what waits for moderators, decide, and set the rules',
  usage: words.usage,
  run: (args, io) =>
    understood('moderation', io, async () => {
      const { positionals, values } = parse(args);
      const [verb = 'queue', ...given] = positionals;
      const action = actions.find((each) => each === verb);
      if (action === undefined && !Object.hasOwn(verbs, verb))
        throw new Misuse('moderation.verb', words.noVerb(verb));
      const actor = { kind: 'moderator', name: values.actor ?? process.env.USER ?? 'command line' } as const;
      await inNewsroom(io.config(), async (newsroom) => {
        const call: Call = { ...newsroom, io, given, values, actor };
        if (action) await decideAbout(call, action);
        else await verbs[verb]!(call);
      });
      return 0;
    }),
};

async function decideAbout(call: Call, action: Action): Promise<void> {
  const { values, database, clock, actor } = call;
  const reason = reasonCodes.find((each) => each === (values.reason ?? (values.law ? 'law' : 'guidelines')));
  if (!reason) throw new Misuse('moderation.reason', words.needsReason(reasonCodes));
  const target = await targetOf(call, call.given[0], action);
  const days = values.days === undefined ? undefined : Number(values.days);
  if (days !== undefined && !(days > 0 && days <= 3650)) throw new Misuse('moderation.days', words.needsDays);
  const notice = values.notice === undefined ? undefined : await findNotice(database.read, values.notice);
  if (values.notice !== undefined && !notice)
    throw new AppError('moderation.no-notice', moderationText.notice.none, { status: 404 });
  const decision = await database.write((tx) =>
    decide(
      tx,
      {
        target,
        action,
        reason,
        law: values.law,
        note: values.note,
        actor,
        until: days === undefined ? undefined : clock.now() + days * 86_400_000,
        notice: notice?.id,
      },
      handlers,
    ),
  );
  tell(call, decision);
}

function tell({ io }: Call, { id, action, target }: Decision): void {
  io.out(`${id}  ${moderationText.actions[action]}: ${target.kind} ${target.id}`);
}

async function targetOf(call: Call, name: string | undefined, action?: Action): Promise<TargetName> {
  const given = need(name, words.needsTarget);
  if (given.startsWith('@')) {
    const { id } = await readerOf(call, given);
    return { kind: action && isAccountAction(action) ? 'reader' : 'profile', id };
  }
  const id = await findCommentId(call.database.read, given);
  if (id !== undefined) return { kind: 'comment', id };
  throw new AppError('moderation.no-target', words.noComment(given), { status: 404 });
}

async function readerOf(call: Call, name: string | undefined): Promise<{ id: string }> {
  const given = need(name, words.needsReader);
  const { read } = call.database;
  const reader = (await findReaderByHandle(read, given.replace(/^@/, ''))) ?? (await findReader(read, given));
  if (reader) return reader;
  throw new AppError('moderation.no-reader', words.noReader(given), { status: 404 });
}

async function showQueue({ database: { read }, io }: Call): Promise<void> {
  const [holds, reported, notices, looks] = await Promise.all([
    listHolds(read, { limit: 50 }),
    listReported(read, 50),
    listNotices(read),
    listLooks(read),
  ]);
  for (const hold of holds.items) {
    const target = await handlers.findTarget(read, { kind: 'comment', id: hold.comment });
    const why = hold.reasons.map((code) => moderationText.holdReasons[code] ?? code).join(', ');
    io.out(`${words.kinds[hold.kind]}  ${hold.comment}  ${why}  ${excerpt(target?.text ?? '')}`);
  }
  for (const { target, weight, count } of reported) {
    const found = await handlers.findTarget(read, target);
    io.out(words.reported(target.kind, target.id, count, weight, excerpt(found?.text ?? '')));
  }
  for (const { code, law, address } of notices) io.out(words.noticeLine(code, law, address));
  for (const { decision, text } of looks) io.out(words.lookLine(decision, excerpt(text)));
  if (holds.items.length + reported.length + notices.length + looks.length === 0) io.out(words.nothing);
}

async function showTarget({ database: { read }, io }: Call, name: TargetName): Promise<void> {
  const target = await handlers.findTarget(read, name);
  if (target) io.out(`${target.title}${target.isVisible ? '' : ` ${words.notVisible}`}\n${target.text}`);
  for (const { category, text, weight, state } of await reportsAbout(read, name))
    io.out(words.reportLine(moderationText.report.categories[category], weight, state, text));
  const kinds = name.kind === 'profile' ? (['profile', 'reader'] as const) : [name.kind];
  for (const kind of kinds)
    for (const { id, at, action, reason, note, actor } of await decisionsAbout(read, { kind, id: name.id }))
      io.out(
        `${id}  ${new Date(at).toISOString()}  ${moderationText.actions[action]} (${reason})  ${actor.name}  ${note}`,
      );
}

async function changeWords({ given, database, actor, io, values }: Call): Promise<void> {
  const [list, change, ...more] = given;
  if (list !== 'banned' && list !== 'suspect') throw new Misuse('moderation.words', words.needsList);
  const name = `words.${list}` as const;
  const { settings } = await loadRulebook(database.read);
  if (change === undefined) {
    for (const word of settings[name]) io.out(word);
    return;
  }
  if (change !== 'add' && change !== 'remove') throw new Misuse('moderation.words', words.needsList);
  const listed = values.file === undefined ? more : readFileSync(values.file, 'utf8').split(/\r?\n/);
  const changed = listed.map((word) => word.trim()).filter((word) => word !== '');
  if (changed.length === 0) throw new Misuse('moderation.words', words.needsWords);
  const value =
    change === 'add'
      ? [...settings[name], ...changed]
      : settings[name].filter((word) => !changed.includes(word));
  await database.write((tx) => saveSetting(tx, { name, value, actor: actor.name }));
  io.out(words.listed((await loadRulebook(database.read)).settings[name].length));
}

function valueWords(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.length > 8 ? words.listed(value.length) : `[${value.join(', ')}]`;
  return typeof value === 'string' ? JSON.stringify(excerpt(value)) : String(value);
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

function need(value: string | undefined, message: string): string {
  if (value !== undefined && value !== '') return value;
  throw new Misuse('moderation.missing', message);
}
