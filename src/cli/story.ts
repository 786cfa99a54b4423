import { readFileSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { Transaction } from '../platform/database/database.ts';
import { AppError } from '../platform/errors.ts';
import {
  correctStory,
  createStory,
  embargoStory,
  fromInstant,
  isoOf,
  killStory,
  listRevisions,
  listStoriesInState,
  moveStory,
  publishStory,
  scheduleStory,
  slugify,
  states,
  unpublishStory,
  updateStory,
  type Block,
  type Story,
  type StoryContentInput,
  type StoryState,
} from '../stories/index.ts';
import { parseTime } from '../wire/index.ts';
import type { CliCommand, CliIo } from './command.ts';
import { Misuse, understood } from './misuse.ts';
import { namedStory } from './named-story.ts';
import { inNewsroom, type Newsroom } from './newsroom.ts';

const usage = `freesheet story create [FILE.json] [fields]      begin a draft
freesheet story update STORY [FILE.json] [fields] [--significant] [--version N] [--note TEXT]
freesheet story draft|start|ready STORY          hand it on: draft, in progress, ready
freesheet story schedule STORY TIME|never        publish by itself at a moment
freesheet story embargo STORY TIME|none          bar from publication before a moment
freesheet story publish STORY
freesheet story unpublish STORY
freesheet story correct STORY TEXT               add a public, dated correction
freesheet story kill STORY --reason TEXT         take down everywhere, for good
freesheet story show STORY [--json]              what is kept of it, with its revisions
freesheet story list [--state STATE]             the latest changed first

STORY is an id, a short code, or an address such as /2026/11/24/name.
TIME is such as '2026-12-01 09:00' in the zone of the publication, or with an offset.
FILE.json holds a story's fields; - reads standard input.
Fields: --headline --kicker --standfirst --section --topics a,b --by 'Name, Name' --place --agency
        --credit --language --direction --slug --text FILE (blank lines between paragraphs, '## ' subheadings)`;

const fieldOptions = {
  headline: { type: 'string' },
  kicker: { type: 'string' },
  standfirst: { type: 'string' },
  section: { type: 'string' },
  topics: { type: 'string' },
  by: { type: 'string' },
  place: { type: 'string' },
  agency: { type: 'string' },
  credit: { type: 'string' },
  language: { type: 'string' },
  direction: { type: 'string' },
  slug: { type: 'string' },
  text: { type: 'string' },
} as const;
const options = {
  ...fieldOptions,
  significant: { type: 'boolean' },
  version: { type: 'string' },
  note: { type: 'string' },
  reason: { type: 'string' },
  state: { type: 'string' },
  json: { type: 'boolean' },
  actor: { type: 'string' },
} as const;

type Values = ReturnType<typeof parse>['values'];
const parse = (args: string[]) => parseArgs({ args, options, allowPositionals: true });

interface Call {
  readonly newsroom: Newsroom;
  readonly io: CliIo;
  readonly rest: string[];
  readonly values: Values;
  readonly actor: string;
}

interface Verb {
  /** Words that it takes; what is more is a mistake. */
  readonly words: number;
  /** Options that it takes besides --actor. */
  readonly options?: readonly string[];
  run(call: Call): Promise<void>;
}

const fields = Object.keys(fieldOptions);

const verbs: Readonly<Record<string, Verb>> = {
  create: {
    words: 1,
    options: fields,
    run: async (call) => {
      const content = { ...(await fieldsFrom(call.rest[0])), ...fieldsOf(call.values) };
      const create = (tx: Transaction) =>
        createStory(tx, { content: content as StoryContentInput, actor: call.actor });
      report(call, await run(call, create));
    },
  },
  update: {
    words: 2,
    options: [...fields, 'significant', 'version', 'note'],
    run: async (call) => {
      const { values, actor, newsroom } = call;
      const content = { ...(await fieldsFrom(call.rest[1])), ...fieldsOf(values) };
      const version = values.version === undefined ? undefined : versionOf(values.version);
      const { significant, note } = values;
      const zone = newsroom.config.ZONE;
      await change(call, (tx, id) =>
        updateStory(tx, { id, content, actor, significant, version, note, zone }),
      );
    },
  },
  draft: moves('draft'),
  start: moves('in-progress'),
  ready: moves('ready'),
  schedule: {
    words: 2,
    run: (call) => {
      const at = call.rest[1] === 'never' ? null : momentOf(call, call.rest[1]);
      return change(call, (tx, id) => scheduleStory(tx, { id, at, actor: call.actor }));
    },
  },
  embargo: {
    words: 2,
    run: (call) => {
      const until = call.rest[1] === 'none' ? null : momentOf(call, call.rest[1]);
      return change(call, (tx, id) => embargoStory(tx, { id, until, actor: call.actor }));
    },
  },
  publish: {
    words: 1,
    run: (call) =>
      change(call, (tx, id) => publishStory(tx, { id, actor: call.actor, zone: call.newsroom.config.ZONE })),
  },
  unpublish: {
    words: 1,
    run: (call) => change(call, (tx, id) => unpublishStory(tx, { id, actor: call.actor })),
  },
  correct: {
    words: Infinity,
    run: (call) => {
      const text = call.rest.slice(1).join(' ').trim();
      if (call.rest[0] && text === '')
        throw new Misuse('story.no-text', 'Say what was wrong, after the story.');
      return change(call, (tx, id) =>
        correctStory(tx, { id, text, actor: call.actor, zone: call.newsroom.config.ZONE }),
      );
    },
  },
  kill: {
    words: 1,
    options: ['reason'],
    run: (call) => {
      const reason = call.values.reason?.trim() ?? '';
      if (call.rest[0] && reason === '')
        throw new Misuse('story.kill-needs-reason', 'Say why the story is killed: --reason TEXT.');
      return change(call, (tx, id) => killStory(tx, { id, reason, actor: call.actor }));
    },
  },
  show: {
    words: 1,
    options: ['json'],
    run: async (call) => {
      const { newsroom, io, rest, values } = call;
      const story = await namedStory(newsroom.database, rest[0]);
      if (values.json) return io.out(JSON.stringify(story, null, 2));
      report(call, story);
      for (const revision of await listRevisions(newsroom.database.read, story.id)) {
        const { version, at, actor, action, note } = revision;
        io.out(`  ${version}  ${when(call, at)}  ${action} by ${actor}${note && `: ${note}`}`);
      }
    },
  },
  list: {
    words: 0,
    options: ['state'],
    run: async ({ newsroom, io, values }) => {
      const state = values.state as StoryState | undefined;
      if (state !== undefined && !states.includes(state))
        throw new Misuse(
          'story.no-such-state',
          `There is no state '${state}'; there are: ${states.join(', ')}.`,
        );
      const stories = await listStoriesInState(newsroom.database.read, { state, limit: 100 });
      for (const { id, state: is, headline, held } of stories) {
        io.out(`${id}  ${is.padEnd(11)}  ${headline}${held ? `  (held: ${held})` : ''}`);
      }
      if (stories.length === 0) io.out(state ? `No stories are ${state}.` : noStories);
    },
  },
};
const noStories = 'No stories. Begin one with: npx freesheet story create --headline ...';

function moves(to: 'draft' | 'in-progress' | 'ready'): Verb {
  return {
    words: 1,
    run: (call) => change(call, (tx, id) => moveStory(tx, { id, to, actor: call.actor })),
  };
}

export const command: CliCommand = {
  name: 'story',
  summary: 'write, publish, correct and kill stories',
  usage,
  run: (args, io) =>
    understood('story', io, async () => {
      const [name, ...others] = args;
      if (name === undefined) {
        io.err(usage);
        return 2;
      }
      if (!Object.hasOwn(verbs, name))
        throw new Misuse(
          'story.unknown-verb',
          `A story cannot '${name}'. It can: ${Object.keys(verbs).join(', ')}.`,
        );
      const verb = verbs[name]!;
      const { positionals: rest, values } = parse(others);
      assertTaken(name, verb, rest, values);
      const actor = values.actor ?? process.env.USER ?? 'command line';
      await inNewsroom(io.config(), (newsroom) => verb.run({ newsroom, io, rest, values, actor }));
      return 0;
    }),
};

/** What a verb would pass over in silence is a mistake. @throws Misuse `story.option`, `story.word` */
function assertTaken(name: string, verb: Verb, rest: readonly string[], values: Values): void {
  const taken = new Set([...(verb.options ?? []), 'actor']);
  const stray = Object.keys(values).find((option) => !taken.has(option));
  if (stray) throw new Misuse('story.option', `'story ${name}' does not take --${stray}.`);
  if (rest.length > verb.words)
    throw new Misuse('story.word', `'story ${name}' does not know what to do with '${rest[verb.words]}'.`);
}

function run<T>(call: Call, command: (tx: Transaction) => Promise<T>): Promise<T> {
  return call.newsroom.database.write(command);
}

async function change(call: Call, command: (tx: Transaction, id: string) => Promise<Story>): Promise<void> {
  const { id } = await namedStory(call.newsroom.database, call.rest[0]);
  report(call, await run(call, (tx) => command(tx, id)));
}

function report(call: Call, story: Story): void {
  const { origin } = call.newsroom.config;
  const lines = [
    `${story.headline}`,
    `  ${story.id}  ${story.state}, version ${story.version}, ${story.words} words`,
  ];
  if (story.state === 'published' && story.path)
    lines.push(`  ${origin}${story.path}`, `  ${origin}/s/${story.code}`);
  if (story.published) lines.push(`  first published ${isoOf(story.published)}`);
  if (story.updated) lines.push(`  updated ${isoOf(story.updated)}`);
  if (story.scheduledAt) lines.push(`  to be published ${when(call, story.scheduledAt)}`);
  if (story.embargoUntil) lines.push(`  under embargo until ${when(call, story.embargoUntil)}`);
  if (story.held) lines.push(`  held: ${story.held}`);
  if (story.killReason) lines.push(`  killed: ${story.killReason}`);
  for (const line of lines) call.io.out(line);
}

/** A moment in the zone of the publication, as it is typed. */
function when({ newsroom }: Call, at: number): string {
  return isoOf(fromInstant(at, newsroom.config.ZONE));
}

function momentOf(call: Call, words: string | undefined): number {
  const time = words && parseTime(words, call.newsroom.config.ZONE);
  if (!time || time.precision !== 'minute') {
    const given = words ? `'${words}' is no moment: give` : 'Give';
    throw new Misuse('story.bad-time', `${given} a day and a clock time, such as '2026-12-01 09:00'.`);
  }
  return time.at;
}

function versionOf(words: string): number {
  if (/^\d{1,9}$/.test(words)) return Number(words);
  throw new Misuse('story.bad-version', `'${words}' is no version: give the number that 'story show' tells.`);
}

async function fieldsFrom(file: string | undefined): Promise<Partial<StoryContentInput>> {
  if (file === undefined) return {};
  const source = file === '-' ? await readAll(process.stdin) : readTextFile(file);
  let content: unknown;
  try {
    content = JSON.parse(source);
  } catch (cause) {
    throw new AppError('story.bad-file', `${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
  if (content === null || typeof content !== 'object' || Array.isArray(content))
    throw new AppError(
      'story.bad-file',
      `${file} does not hold the fields of a story: it is no JSON object.`,
    );
  return content;
}

function readTextFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new AppError('story.bad-file', `${file} cannot be read. Is the name right?`, { cause });
  }
}

function fieldsOf(values: Values): Partial<StoryContentInput> {
  const { headline, kicker, standfirst, section, credit, language, slug, place, agency } = values;
  const fields: Partial<StoryContentInput> = {
    headline,
    kicker,
    standfirst,
    section,
    credit,
    language,
    slug,
  };
  if (values.direction) fields.direction = values.direction as 'ltr' | 'rtl';
  if (values.topics !== undefined)
    fields.topics = values.topics
      .split(',')
      .map((topic) => topic.trim())
      .filter(Boolean);
  if (values.by !== undefined) {
    fields.byline = values.by
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean)
      .map((name) => ({ name, ...(slugify(name) === '' ? {} : { author: slugify(name) }) }));
  }
  if (place !== undefined || agency !== undefined) fields.dateline = { place, agency };
  if (values.text !== undefined) fields.body = blocksOf(readTextFile(values.text));
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function blocksOf(text: string): Block[] {
  const parts = text.split(/\r?\n\s*\r?\n/).map((part) => part.replace(/\s+/g, ' ').trim());
  return parts
    .filter(Boolean)
    .map((part) =>
      part.startsWith('## ')
        ? { type: 'subheading', level: 2, text: [{ text: part.slice(3) }] }
        : { type: 'paragraph', text: [{ text: part }] },
    );
}
