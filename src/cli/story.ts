import { readFileSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { Database, Transaction } from '../platform/database/database.ts';
import { AppError } from '../platform/errors.ts';
import {
  correctStory,
  createStory,
  embargoStory,
  findStory,
  findStoryByCode,
  findStoryByPath,
  isoOf,
  killStory,
  listRevisions,
  listStoriesInState,
  moveStory,
  publishStory,
  scheduleStory,
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

const options = {
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

const verbs: Record<string, (call: Call) => Promise<void>> = {
  create: async (call) => {
    const content = { ...(await fieldsFrom(call.rest[0])), ...fieldsOf(call.values) };
    report(
      call,
      await run(call, (tx) => createStory(tx, { content: content as StoryContentInput, actor: call.actor })),
    );
  },
  update: async (call) => {
    const { values, actor, newsroom } = call;
    const content = { ...(await fieldsFrom(call.rest[1])), ...fieldsOf(values) };
    const version = values.version === undefined ? undefined : Number(values.version);
    const { significant, note } = values;
    const zone = newsroom.config.ZONE;
    await change(call, (tx, id) => updateStory(tx, { id, content, actor, significant, version, note, zone }));
  },
  draft: (call) => change(call, (tx, id) => moveStory(tx, { id, to: 'draft', actor: call.actor })),
  start: (call) => change(call, (tx, id) => moveStory(tx, { id, to: 'in-progress', actor: call.actor })),
  ready: (call) => change(call, (tx, id) => moveStory(tx, { id, to: 'ready', actor: call.actor })),
  schedule: (call) => {
    const at = call.rest[1] === 'never' ? null : momentOf(call, call.rest[1]);
    return change(call, (tx, id) => scheduleStory(tx, { id, at, actor: call.actor }));
  },
  embargo: (call) => {
    const until = call.rest[1] === 'none' ? null : momentOf(call, call.rest[1]);
    return change(call, (tx, id) => embargoStory(tx, { id, until, actor: call.actor }));
  },
  publish: (call) =>
    change(call, (tx, id) => publishStory(tx, { id, actor: call.actor, zone: call.newsroom.config.ZONE })),
  unpublish: (call) => change(call, (tx, id) => unpublishStory(tx, { id, actor: call.actor })),
  correct: (call) => {
    const text = call.rest.slice(1).join(' ');
    return change(call, (tx, id) =>
      correctStory(tx, { id, text, actor: call.actor, zone: call.newsroom.config.ZONE }),
    );
  },
  kill: (call) =>
    change(call, (tx, id) => killStory(tx, { id, reason: call.values.reason ?? '', actor: call.actor })),
  show: async ({ newsroom, io, rest, values }) => {
    const story = await named(newsroom.database, rest[0]);
    if (values.json) return io.out(JSON.stringify(story, null, 2));
    for (const line of describeStory(story, newsroom.config.origin)) io.out(line);
    for (const revision of await listRevisions(newsroom.database.read, story.id)) {
      const { version, at, actor, action, note } = revision;
      io.out(`  ${version}  ${new Date(at).toISOString()}  ${action} by ${actor}${note && `: ${note}`}`);
    }
  },
  list: async ({ newsroom, io, values }) => {
    const state = values.state as StoryState | undefined;
    if (state !== undefined && !states.includes(state)) {
      throw new AppError(
        'story.no-such-state',
        `There is no state ${state}; there are: ${states.join(', ')}.`,
      );
    }
    const stories = await listStoriesInState(newsroom.database.read, { state, limit: 100 });
    for (const { id, state: is, headline, held } of stories) {
      io.out(`${id}  ${is.padEnd(11)}  ${headline}${held ? `  (held: ${held})` : ''}`);
    }
    if (stories.length === 0) io.out('No stories. Begin one with: npx freesheet story create --headline ...');
  },
};

export const command: CliCommand = {
  name: 'story',
  summary: 'write, publish, correct and kill stories',
  usage,
  async run(args, io) {
    const [verb, ...others] = args;
    const work = verb === undefined ? undefined : verbs[verb];
    if (!work) {
      io.err(usage);
      return 2;
    }
    const { positionals: rest, values } = parse(others);
    const actor = values.actor ?? process.env.USER ?? 'command line';
    await inNewsroom(io.config(), (newsroom) => work({ newsroom, io, rest, values, actor }));
    return 0;
  },
};

function run<T>(call: Call, command: (tx: Transaction) => Promise<T>): Promise<T> {
  return call.newsroom.database.write(command);
}

async function change(call: Call, command: (tx: Transaction, id: string) => Promise<Story>): Promise<void> {
  const { id } = await named(call.newsroom.database, call.rest[0]);
  report(call, await run(call, (tx) => command(tx, id)));
}

function report({ io, newsroom }: Call, story: Story): void {
  for (const line of describeStory(story, newsroom.config.origin)) io.out(line);
}

function describeStory(story: Story, origin: string): string[] {
  const lines = [
    `${story.headline}`,
    `  ${story.id}  ${story.state}, version ${story.version}, ${story.words} words`,
  ];
  if (story.state === 'published' && story.path)
    lines.push(`  ${origin}${story.path}`, `  ${origin}/s/${story.code}`);
  if (story.published) lines.push(`  first published ${isoOf(story.published)}`);
  if (story.updated) lines.push(`  updated ${isoOf(story.updated)}`);
  if (story.scheduledAt) lines.push(`  to be published ${new Date(story.scheduledAt).toISOString()}`);
  if (story.embargoUntil) lines.push(`  under embargo until ${new Date(story.embargoUntil).toISOString()}`);
  if (story.held) lines.push(`  held: ${story.held}`);
  if (story.killReason) lines.push(`  killed: ${story.killReason}`);
  return lines;
}

async function named(database: Database, name: string | undefined): Promise<Story> {
  if (!name) throw new AppError('story.which', 'Say which story: its id, short code or address.');
  const path = name.startsWith('http') && URL.canParse(name) ? decodeURI(new URL(name).pathname) : name;
  const story = path.startsWith('/')
    ? await findStoryByPath(database.read, path)
    : ((await findStory(database.read, name)) ?? (await findStoryByCode(database.read, name)));
  if (!story) throw new AppError('story.not-found', `There is no story ${name}.`, { status: 404 });
  return story;
}

function momentOf(call: Call, words: string | undefined): number {
  const time = words && parseTime(words, call.newsroom.config.ZONE);
  if (!time || time.precision !== 'minute') {
    throw new AppError('story.bad-time', `Give a day and a clock time, such as '2026-12-01 09:00'.`);
  }
  return time.at;
}

async function fieldsFrom(file: string | undefined): Promise<Partial<StoryContentInput>> {
  if (file === undefined) return {};
  const source = file === '-' ? await readAll(process.stdin) : readTextFile(file);
  try {
    return JSON.parse(source) as Partial<StoryContentInput>;
  } catch (cause) {
    throw new AppError('story.bad-file', `${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
}

function readTextFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new AppError('story.bad-file', `${file} cannot be read.`, { cause });
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
    fields.byline = values.by.split(',').map((name) => ({ name: name.trim() }));
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
