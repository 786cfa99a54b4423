import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { statSync } from 'node:fs';
import type { Bench, BenchPart } from './rig/bench.ts';
import { sizeOf } from './rig/bench.ts';
import { startScript } from './rig/child.ts';
import { Noise } from './rig/noise.ts';
import { makeStory } from './rig/paper.ts';
import { canTellUsage, usageOf } from './rig/usage.ts';

interface Format {
  readonly name: string;
  readonly file: string;
  readonly head: string;
  line(index: number, count: number, newest: number): string;
}

const formats: readonly Format[] = [
  {
    name: 'CSV',
    file: 'stories.csv',
    head: 'id,headline,standfirst,body,author,section,tags,published\n',
    line(index, count, newest) {
      const { content, paragraphs, at } = makeStory(index, count, newest);
      const { headline, standfirst, section, topics = [], byline = [] } = content;
      const body = paragraphs.map((text) => `<p>${text}</p>`).join('\n');
      const cells = [`s${index}`, headline, standfirst, body, byline[0]!.name, section!, topics.join('; ')];
      return `${[...cells, new Date(at).toISOString()].map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;
    },
  },
  {
    name: 'ninjs',
    file: 'stories.ninjs',
    head: '',
    line(index, count, newest) {
      const { content, paragraphs, at } = makeStory(index, count, newest);
      const { headline, standfirst, section, topics = [], byline = [] } = content;
      const time = new Date(at).toISOString();
      const body = paragraphs.map((text) => `<p>${text}</p>`).join('\n');
      return `${JSON.stringify({
        uri: `urn:bench:${index}`,
        standard: { name: 'ninjs', version: '3.1' },
        type: 'text',
        version: '1',
        firstCreated: time,
        versionCreated: time,
        pubStatus: 'usable',
        language: 'en',
        headlines: [{ role: 'main', contentType: 'text/plain', value: headline }],
        descriptions: [{ role: 'summary', contentType: 'text/plain', value: standfirst }],
        bodies: [{ role: 'main', contentType: 'text/html', value: body }],
        by: byline[0]!.name,
        subjects: [section!, ...topics].map((name) => ({ name })),
      })}\n`;
    },
  },
];

export const part: BenchPart = {
  summary: 'records a second and memory of npx freesheet import, from the first record to the last commit',
  async run(bench) {
    const sizes = sizeOf(bench, [4000, 20_000], [300, 1200]);
    const noise = new Noise();
    const rows: (string | number)[][] = [];
    for (const format of formats) {
      const peaks: number[] = [];
      for (const count of sizes) {
        const file = await writeFile(bench, format, count);
        const dataDir = bench.folder(`${format.name}-${count}`);
        for (const what of ['new', 'the same again']) {
          noise.sample();
          bench.say(`${format.name}, ${count} records, ${what} ...`);
          const { seconds, cpu, peak } = await importFile(file, dataDir);
          rows.push([
            `${format.name}, ${what}`,
            count,
            statSync(file).size / 1e6,
            count / seconds,
            (cpu / count) * 1000,
            peak / 2 ** 20,
          ]);
          if (what === 'new') peaks.push(peak);
        }
      }
      const growth = peaks[1]! / peaks[0]!;
      rows.push([
        `${format.name}, memory for ${sizes[1]! / sizes[0]!} times as many`,
        '',
        '',
        '',
        '',
        growth,
      ]);
    }
    bench.report.table(['', 'records', 'MB', 'records/s', 'ms CPU each', 'peak MiB, or ratio'], rows);
    noise.tell(bench.report);
  },
};

async function writeFile(bench: Bench, format: Format, count: number): Promise<string> {
  const path = join(bench.folder(`file-${count}`), format.file);
  const out = createWriteStream(path);
  const newest = Date.now();
  out.write(format.head);
  for (let index = 0; index < count; index += 1)
    if (!out.write(format.line(index, count, newest))) await once(out, 'drain');
  out.end();
  await once(out, 'close');
  return path;
}

async function importFile(
  file: string,
  dataDir: string,
): Promise<{ seconds: number; cpu: number; peak: number }> {
  const child = startScript('import-process.ts', [file], {
    DATA_DIR: dataDir,
    DATABASE_URL: '',
    LOG_LEVEL: 'error',
  });
  try {
    const { seconds } = await child.next<{ seconds: number }>('imported');
    if (!canTellUsage) return { seconds, cpu: Number.NaN, peak: Number.NaN };
    const { cpu, peak } = usageOf(child.pid);
    return { seconds, cpu: cpu / 1e6, peak };
  } finally {
    await child.stop();
  }
}
