import {
  findTalkStory,
  loadTalk,
  loadThread,
  postComment,
  prepareComment,
  recountStory,
  talkPart,
  type TalkStory,
} from '../src/conversation/index.ts';
import { systemClock } from '../src/platform/clock.ts';
import { PageStore } from '../src/platform/http/page-store.ts';
import { findReader, type Reader } from '../src/readers/index.ts';
import type { Bench, BenchPart } from './rig/bench.ts';
import { sizeOf } from './rig/bench.ts';
import { Noise } from './rig/noise.ts';
import { spreadCells } from './rig/report.ts';
import { openSite, type OpenSite } from './rig/site.ts';
import { spreadOf } from './rig/statistics.ts';
import { makeReaders, makeTalkStory, makeThread } from './rig/thread.ts';

const writers = 8;
const sizes = [500, 10_000] as const;
const zone = 'Europe/London';

/** One measure, in microseconds of a core each, by round. */
interface Measure {
  readonly name: string;
  readonly often: number;
  work(times: number): unknown;
  readonly costs: number[];
}

export const part: BenchPart = {
  summary:
    'the first page of conversations of 500 and 10,000 comments, and comments posted by eight writers at once',
  async run(bench) {
    const newsroom = await openSite(bench.folder('data'));
    const { database } = newsroom.site;
    const noise = new Noise();
    const rounds = sizeOf(bench, 7, 3);
    const posts = sizeOf(bench, 1500, 200);
    bench.say('Writing readers and threads ...');
    const readers = await makeReaders(database, (rounds + 1) * posts);
    const measures: Measure[] = [];
    for (const [index, size] of sizes.entries()) {
      const id = await makeTalkStory(database, index);
      await makeThread(database, id, size, readers.slice(0, 300));
      const story = await findTalkStory(database.read, 'id', id);
      measures.push(...(await pageMeasures(newsroom, story, size, sizeOf(bench, 200, 40))));
    }
    for (const measure of measures) await run(measure);
    const written = await openPosts(newsroom, readers, posts);
    await written.round();
    const rates: number[] = [];
    const costs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      bench.say(`Round ${round + 1} of ${rounds}`);
      noise.sample();
      for (const measure of measures) measure.costs.push(await run(measure));
      const { rate, cost } = await written.round();
      rates.push(rate);
      costs.push(cost);
    }
    const wrong = await database.write((tx) => recountStory(tx, written.story.id));
    await newsroom.site.close();
    tell(bench, measures, { rates, costs, wrong, noise });
  },
};

/** @returns microseconds of a core each, of all threads of this process */
async function run({ work, often }: Measure): Promise<number> {
  const cpu = process.cpuUsage();
  for (let times = 0; times < often; times += 1) await work(times);
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / often;
}

async function pageMeasures(
  { ask, context }: OpenSite,
  story: TalkStory,
  size: number,
  often: number,
): Promise<Measure[]> {
  const { database } = context;
  const load = async () => {
    const thread = await loadThread(database.read, story, { now: systemClock.now(), zone });
    return loadTalk(context, story, thread, { identity: undefined });
  };
  const view = await load();
  const store = new PageStore({ clock: systemClock, bytes: 64 * 1024 * 1024 });
  const answer = await ask('story', story.path);
  const [year, month, day, slug] = story.path.slice(1).split('/') as [string, string, string, string];
  const params = { year, month, day, slug };
  const name = `${size.toLocaleString('en-GB')} comments`;
  const of = (what: string, work: Measure['work'], times = often): Measure => ({
    name: `${name}: ${what}`,
    often: times,
    work,
    costs: [],
  });
  return [
    of('first page, queries', load),
    of('first page, made from what was read', () => talkPart(context, view).toString(), often * 5),
    of('story page, cold', () => ask('story', story.path)),
    of('story page, stored', () => store.getOrRender('page', async () => answer), often * 20),
    of('by best, cold', () => ask('thread', `${story.path}/comments?sort=best`, params)),
  ];
}

/** Posts by many readers, eight of whom write at the same time; each waits for its answer. */
async function openPosts({ site: { database } }: OpenSite, readers: readonly string[], posts: number) {
  const story = await findTalkStory(database.read, 'id', await makeTalkStory(database, 5));
  let next = 0;
  const recent: string[] = [];
  const words = 'The ferry was late again, and nobody on the quay said *why*. '.repeat(5);
  const post = async () => {
    const number = (next += 1);
    const reader = (await findReader(database.read, readers[number % readers.length]!)) as Reader;
    const prepared = await prepareComment(database.read, `${words} This is number ${number}.`, reader.id);
    const parent = number % 3 === 0 ? undefined : recent[number % recent.length];
    const outcome = await database.write((tx) =>
      postComment(tx, { story, reader, prepared, parent, zone, key: `key-${number}`, isConfirmed: true }),
    );
    if (outcome.kind !== 'posted') throw new Error(`A comment was not posted: ${JSON.stringify(outcome)}`);
    if (recent.length < 200) recent.push(outcome.code);
    else recent[number % 200] = outcome.code;
  };
  return {
    story,
    async round(): Promise<{ rate: number; cost: number }> {
      let left = posts;
      const cpu = process.cpuUsage();
      const started = performance.now();
      const writer = async () => {
        while (left > 0) {
          left -= 1;
          await post();
        }
      };
      await Promise.all(Array.from({ length: writers }, writer));
      const seconds = (performance.now() - started) / 1000;
      const { user, system } = process.cpuUsage(cpu);
      return { rate: posts / seconds, cost: (user + system) / 1000 / posts };
    },
  };
}

function tell(
  { report }: Bench,
  measures: readonly Measure[],
  posted: { rates: readonly number[]; costs: readonly number[]; wrong: number; noise: Noise },
): void {
  const { rates, costs, wrong, noise } = posted;
  report.table(
    ['microseconds of a core each', 'min', 'median', 'max'],
    measures.map((measure) => [measure.name, ...spreadCells(spreadOf(measure.costs))]),
  );
  report.table(
    ['comments, eight writers', 'min', 'median', 'max'],
    [
      ['posted and on disk a second', ...spreadCells(spreadOf(rates))],
      ['ms of a core each', ...spreadCells(spreadOf(costs))],
    ],
  );
  report.line(
    'A comment is rendered, judged by all rules, placed, counted and told of; readers and rules are read each time.',
  );
  report.line(wrong === 0 ? 'All counters were right afterwards.' : `WRONG: ${wrong} counters.`);
  const first = measures.find(({ name }) => name.includes('made from what was read'))!;
  report.budget({
    what: 'first page of 500 comments, made from what was read',
    measured: first.costs.map((each) => each / 1000),
    limit: 0.2,
    is: 'at most',
    unit: ' ms',
  });
  report.budget({
    what: 'comments from eight writers',
    measured: rates,
    limit: 3000,
    is: 'at least',
    unit: '/s',
  });
  report.budget({ what: 'CPU of a comment', measured: costs, limit: 0.3, is: 'at most', unit: ' ms' });
  noise.tell(report);
}
