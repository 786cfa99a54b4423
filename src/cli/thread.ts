import { parseArgs } from 'node:util';
import {
  commentHistory,
  findCommentId,
  loadThread,
  loadThreadDefaults,
  pickComment,
  recountAll,
  recountStory,
  setThread,
  setThreadDefaults,
  threadStates,
  type ThreadDefaults,
  type ThreadSettings,
} from '../conversation/index.ts';
import { AppError } from '../platform/errors.ts';
import { parseTime } from '../wire/index.ts';
import type { CliCommand, CliIo } from './command.ts';
import { Misuse, understood } from './misuse.ts';
import { namedStory } from './named-story.ts';
import { inNewsroom, type Newsroom } from './newsroom.ts';
import { threadCliText as words } from './thread-text.ts';

const options = {
  state: { type: 'string' },
  closes: { type: 'string' },
  'closes-after': { type: 'string' },
  slow: { type: 'string' },
  note: { type: 'string' },
  section: { type: 'string' },
  hours: { type: 'string' },
  otherwise: { type: 'string' },
  sensitive: { type: 'string' },
  depth: { type: 'string' },
  sort: { type: 'string' },
} as const;

const parse = (args: string[]) => parseArgs({ args, options, allowPositionals: true });
type Values = ReturnType<typeof parse>['values'];

interface Call extends Newsroom {
  readonly io: CliIo;
  readonly given: readonly string[];
  readonly values: Values;
}

const verbs: Readonly<Record<string, (call: Call) => Promise<void>>> = {
  show,
  async set(call) {
    const story = await namedStory(call.database, call.given[0]);
    await call.database.write((tx) => setThread(tx, story.id, wantedOf(call)));
    await show(call);
  },
  async defaults({ database, values, io }) {
    const scope = values.section === undefined ? 'site' : `section:${values.section}`;
    const change = changeOf(values);
    if (Object.keys(change).length > 0) await database.write((tx) => setThreadDefaults(tx, scope, change));
    io.out(JSON.stringify(await loadThreadDefaults(database.read, scope), undefined, 2));
  },
  pick: (call) => pick(call, true),
  unpick: (call) => pick(call, false),
  async history(call) {
    const id = await commentOf(call);
    for (const { version, at, source } of await commentHistory(call.database.read, id))
      call.io.out(`${version}. ${new Date(at).toISOString()}\n${source}\n`);
  },
  async recount({ database, given, io }) {
    const story = given[0] === undefined ? undefined : await namedStory(database, given[0]);
    const wrong = story
      ? await database.write((tx) => recountStory(tx, story.id))
      : await recountAll(database);
    io.out(words.recounted(wrong));
  },
};

export const command: CliCommand = {
  name: 'thread',
  summary: words.summary,
  usage: words.usage,
  run: (args, io) =>
    understood('thread', io, async () => {
      const { values, positionals } = parse(args);
      const [verb = '', ...given] = positionals;
      const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
      if (!run) throw new Misuse('thread.verb', words.unknownVerb(verb));
      await inNewsroom(io.config(), (newsroom) => run({ ...newsroom, io, given, values }));
      return 0;
    }),
};

async function show({ database, given, config, clock, io }: Call): Promise<void> {
  const story = await namedStory(database, given[0]);
  const thread = await loadThread(
    database.read,
    {
      id: story.id,
      section: story.section,
      sensitive: story.sensitive,
      publishedAt: story.published?.at ?? story.createdAt,
    },
    { now: clock.now(), zone: config.ZONE },
  );
  io.out(JSON.stringify(thread, undefined, 2));
}

async function pick(call: Call, isPicked: boolean): Promise<void> {
  const id = await commentOf(call);
  const { code } = await call.database.read
    .selectFrom('comment')
    .select('code')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  await call.database.write((tx) => pickComment(tx, { code, isPicked }));
  call.io.out(isPicked ? words.picked : words.unpicked);
}

async function commentOf({ database, given }: Call): Promise<string> {
  const [name] = given;
  if (!name) throw new Misuse('thread.which', words.which);
  const id = await findCommentId(database.read, name);
  if (id === undefined) throw new AppError('comment.not-found', words.noComment(name), { status: 404 });
  return id;
}

function wantedOf({ values, config }: Call): Partial<ThreadSettings> {
  const { state, closes, slow, note } = values;
  return {
    ...(state !== undefined && { state: stateOf(state) }),
    ...(closes !== undefined && { closesAt: timeOf(closes, config.ZONE) }),
    ...(slow !== undefined && { slowSeconds: slow === 'default' ? null : numberOf('slow', slow) }),
    ...(note !== undefined && { note }),
  };
}

function stateOf(state: string): ThreadSettings['state'] {
  if (state === 'default') return null;
  const known = threadStates.find((each) => each === state);
  if (known === undefined) throw new Misuse('thread.state', words.badState(state));
  return known;
}

/** Far enough that nobody lives to see it. */
const never = 8_640_000_000_000_000;

function timeOf(closes: string, zone: string): number | null {
  if (closes === 'default') return null;
  if (closes === 'never') return never;
  const time = parseTime(closes, zone);
  if (!time) throw new Misuse('thread.time', words.badTime(closes));
  return time.at;
}

function numberOf(option: string, value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new Misuse('thread.number', words.badNumber(option, value));
  return Number(value);
}

function changeOf(values: Values): ThreadDefaults {
  const { state, slow, hours, sensitive, depth, sort } = values;
  const after = values['closes-after'];
  const given = <T>(value: string | undefined, read: (value: string) => T) =>
    value === undefined ? [] : [value === 'default' ? undefined : read(value)];
  const entries = {
    state: given(state, (each) => each),
    closesAfter: given(after, (each) => numberOf('closes-after', each)),
    slowSeconds: given(slow, (each) => numberOf('slow', each)),
    hours: given(hours, (each) => hoursOf(each, values.otherwise ?? 'premoderated')),
    sensitive: given(sensitive, (each) => each),
    depth: given(depth, (each) => numberOf('depth', each)),
    sort: given(sort, (each) => each),
  };
  // What a word may be is checked where it is saved.
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, value]) => (value.length > 0 ? [[name, value[0]]] : [])),
  ) as ThreadDefaults;
}

function hoursOf(value: string, otherwise: string): ThreadDefaults['hours'] {
  if (value === 'always') return null;
  const match = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(value);
  if (!match) throw new Misuse('thread.hours', words.badHours(value));
  return { from: match[1]!, to: match[2]!, otherwise: otherwise as 'closed' };
}
