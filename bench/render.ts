import { PageStore } from '../src/platform/http/page-store.ts';
import { systemClock } from '../src/platform/clock.ts';
import { loadFront } from '../src/pages/front-page.ts';
import { mediaOfCards } from '../src/pages/frame.ts';
import { loadList } from '../src/pages/lists.ts';
import { loadStory } from '../src/pages/story-view.ts';
import { html } from '../src/site/html.ts';
import { listSections } from '../src/stories/index.ts';
import type { BenchPart } from './rig/bench.ts';
import { sizeOf } from './rig/bench.ts';
import { openNewsroom, pathsOf } from './rig/newsroom.ts';
import { Noise } from './rig/noise.ts';
import { makeStory, sections } from './rig/paper.ts';
import { spreadCells } from './rig/report.ts';
import { requestFor, type OpenSite } from './rig/site.ts';
import { spreadOf } from './rig/statistics.ts';

const stories = 400;
const notes = 100;

/** Something that is done over and over. @param times counts from 0 */
interface Step {
  readonly name: string;
  work(times: number): unknown;
  /** How often in one round. */
  readonly often: number;
}

export const part: BenchPart = {
  summary: 'pages made without the page store, what they ask of the database, and the html tag alone',
  async run(bench) {
    const newsroom = await openNewsroom(bench, 'data', stories);
    const often = sizeOf(bench, 400, 60);
    const steps = [
      ...(await pageSteps(newsroom, often)),
      ...(await storeSteps(newsroom, Math.ceil(often / 4))),
      ...tagSteps(often),
    ];
    const noise = new Noise();
    const times = new Map(steps.map(({ name }) => [name, [] as number[]]));
    for (const step of steps) await run(step);
    for (let round = 0; round < sizeOf(bench, 9, 3); round += 1) {
      noise.sample();
      for (const step of steps) times.get(step.name)!.push(await run(step));
    }
    await newsroom.site.close();
    // Of a difference the least of both is told: what came in between only ever adds.
    const least = (name: string) => spreadOf(times.get(name)!).min;
    bench.report.table(
      ['microseconds each', 'min', 'median', 'max'],
      steps.map(({ name }) => [name, ...spreadCells(spreadOf(times.get(name)!))]),
    );
    for (const page of ['story', 'front', 'list of 25'])
      bench.report.line(
        `${page}: ${Math.round(least(`${page}, queries`))} us for queries, ${Math.round(least(page) - least(`${page}, queries`))} us for the rest, at the least`,
      );
    const { tag, plain } = notesBy;
    const bytes = Buffer.byteLength(tag());
    const rate = bytes / least(tagName);
    bench.report.line(
      `html tag: ${Math.round(rate)} MB/s; ${(least(tagName) / least(plainName)).toFixed(2)} times what joining the same ${bytes} bytes by hand takes (${plain().length === tag().length ? 'same length' : 'NOT the same length'})`,
    );
    noise.tell(bench.report);
  },
};

/** @returns microseconds each */
async function run({ work, often }: Step): Promise<number> {
  const started = performance.now();
  for (let times = 0; times < often; times += 1) await work(times);
  return ((performance.now() - started) * 1000) / often;
}

async function pageSteps(newsroom: OpenSite, often: number): Promise<Step[]> {
  const { ask, context } = newsroom;
  const { read } = context.database;
  const paths = await pathsOf(newsroom, stories);
  const pathAt = (times: number) => paths[times % paths.length]!;
  const section = (times: number) => sections[times % sections.length]!;
  return [
    { name: 'story', often, work: (times) => ask('story', pathAt(times)) },
    {
      name: 'story, queries',
      often,
      work: (times) => Promise.all([loadStory(context, pathAt(times)), listSections(read)]),
    },
    { name: 'front', often, work: () => ask('front', '/') },
    {
      name: 'front, queries',
      often,
      async work() {
        const { top, bands } = await loadFront(context);
        await mediaOfCards(context, [...top, ...bands.flatMap(({ cards }) => cards)]);
        await listSections(read);
      },
    },
    {
      name: 'list of 25',
      often,
      work: (times) => ask('section', `/${section(times)}`, { section: section(times) }),
    },
    {
      name: 'list of 25, queries',
      often,
      async work(times) {
        const request = requestFor(context.site.origin, `/${section(times)}`);
        const { cards } = await loadList(context, 'section', section(times), request);
        await mediaOfCards(context, cards);
        await listSections(read);
      },
    },
  ];
}

/** What the page store adds to a page that it keeps: Brotli, gzip and a hash, in threads beside. */
async function storeSteps(newsroom: OpenSite, often: number): Promise<Step[]> {
  const [path] = await pathsOf(newsroom, 1);
  const answer = await newsroom.ask('story', path!);
  const store = new PageStore({ clock: systemClock, bytes: 64 * 1024 * 1024 });
  let kept = 0;
  return [
    {
      name: 'story, compressed and kept',
      often,
      work: () => store.getOrRender(`page ${(kept += 1)}`, async () => answer),
    },
  ];
}

const tagName = `html tag, ${notes} notes`;
const plainName = `joined by hand, ${notes} notes`;

/** The same markup by the tag and by hand: what a page under a story repeats most. */
const notesBy = (() => {
  const list = Array.from({ length: notes }, (_, index) => {
    const { content, paragraphs } = makeStory(index, notes, 0);
    return { id: `n${index}`, name: content.headline, words: `${paragraphs[0]!} "&" <b>`, count: index };
  });
  return {
    tag: () =>
      html`<ol>${list.map(({ id, name, words, count }) => html`<li id="${id}"><p class="by"><a href="/readers/${id}">${name}</a></p><p>${words}</p><p class="meta">${count}</p></li>`)}</ol>`.toString(),
    plain: () =>
      `<ol>${list.map(({ id, name, words, count }) => `<li id="${escaped(id)}"><p class="by"><a href="/readers/${escaped(encodeURIComponent(id))}">${escaped(name)}</a></p><p>${escaped(words)}</p><p class="meta">${count}</p></li>`).join('')}</ol>`,
  };
})();

function tagSteps(often: number): Step[] {
  return [
    { name: tagName, often, work: notesBy.tag },
    { name: plainName, often, work: notesBy.plain },
  ];
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (sign) => entities[sign]!) : text;
}
