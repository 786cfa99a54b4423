import { browserHeaders, startLoad, type Load } from './rig/load.ts';
import type { Bench, BenchPart } from './rig/bench.ts';
import { sizeOf } from './rig/bench.ts';
import { startScript } from './rig/child.ts';
import { fetchPage } from './rig/fixed-page.ts';
import { openNewsroom, pathsOf } from './rig/newsroom.ts';
import { startNginx } from './rig/nginx.ts';
import { numberWords, spreadCells } from './rig/report.ts';
import { startSite } from './rig/site.ts';
import { ratios, spreadOf } from './rig/statistics.ts';
import { canTellUsage, usageOf } from './rig/usage.ts';

const connections = 32;

/** One of the servers that are compared. */
interface Rival {
  readonly name: string;
  readonly port: number;
  readonly pids: readonly number[];
  /** By round: microseconds of a core for a request, and requests a second. */
  readonly costs: number[];
  readonly rates: number[];
}

export const part: BenchPart = {
  summary: "a story's page from the page store against bare node:http and nginx with the same bytes",
  async run(bench) {
    if (!canTellUsage) return bench.report.line('Left out: this system does not tell what a process uses.');
    const folder = bench.folder('pages');
    const newsroom = await openNewsroom(bench, 'pages-data', 40);
    const [path] = await pathsOf(newsroom, 1);
    await newsroom.site.close();
    const stops: (() => Promise<void>)[] = [];
    try {
      const site = await startSite(newsroom.dataDir);
      stops.push(site.stop);
      const page = await fetchPage(site.port, path!, folder);
      // Twice the same: what differs between them is the machine's.
      const bare = [startScript('bare-process.ts', [page.file]), startScript('bare-process.ts', [page.file])];
      stops.push(...bare.map(({ stop }) => stop));
      const ports = await Promise.all(bare.map((child) => child.next<number>('port')));
      const nginx = await startNginx(page, path!, folder);
      if (nginx) stops.push(nginx.stop);
      const load = await startLoad();
      stops.push(() => load.stop());
      const rivals = [
        rivalOf('page store', site.port, [site.pid]),
        rivalOf('bare node:http', ports[0]!, [bare[0]!.pid]),
        rivalOf('bare node:http again', ports[1]!, [bare[1]!.pid]),
        ...(nginx ? [rivalOf('nginx, a file', nginx.port, nginx.pids)] : []),
      ];
      const { bytes, headers } = page;
      const encoding = headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
      bench.report.line(
        `${numberWords(bytes)} bytes (${encoding}), ${connections} connections kept open; ${nginx ? nginx.version : 'nginx is not installed here'}`,
      );
      tell(bench, rivals, await compare(bench, rivals, load, path!));
    } finally {
      for (const stop of stops.reverse()) await stop();
    }
  },
};

function rivalOf(name: string, port: number, pids: readonly number[]): Rival {
  return { name, port, pids, costs: [], rates: [] };
}

/** Microseconds of a core so far. */
function cpuOf({ pids }: Rival): number {
  return pids.reduce((sum, pid) => sum + usageOf(pid).cpu, 0);
}

/** Rounds in which each has its turn, forwards and backwards. @returns how busy the generator was at the most */
async function compare(bench: Bench, rivals: readonly Rival[], load: Load, path: string): Promise<number> {
  const rounds = sizeOf(bench, 8, 3);
  const seconds = sizeOf(bench, 4, 0.7);
  const job = { paths: [path], headers: browserHeaders, connections };
  let busiest = 0;
  for (const { port } of rivals) await load.run({ ...job, port, seconds: sizeOf(bench, 4, 1.5) });
  for (let round = 0; round < rounds; round += 1) {
    bench.say(`Round ${round + 1} of ${rounds}`);
    for (const rival of round % 2 === 0 ? rivals : rivals.toReversed()) {
      const before = cpuOf(rival);
      const { requests, seconds: took, busy } = await load.run({ ...job, port: rival.port, seconds });
      rival.costs.push((cpuOf(rival) - before) / requests);
      rival.rates.push(requests / took);
      busiest = Math.max(busiest, busy);
    }
  }
  return busiest;
}

function tell({ report }: Bench, rivals: readonly Rival[], busiest: number): void {
  const [store, bare, again] = rivals as [Rival, Rival, Rival];
  const head = ['server', 'us CPU a request: min', 'median', 'max', 'requests/s: min', 'median', 'max'];
  report.table(
    head,
    rivals.map(({ name, costs, rates }) => [
      name,
      ...spreadCells(spreadOf(costs)),
      ...spreadCells(spreadOf(rates)),
    ]),
  );
  report.line(`The load generator used up to ${numberWords(busiest * 100)} % of a core.`);
  report.budget({
    what: 'pages for the same CPU, against bare node:http',
    measured: ratios(meanOf(bare.costs, again.costs), store.costs),
    limit: 0.95,
    is: 'at least',
  });
  report.noise('bare node:http against itself, CPU', ratios(again.costs, bare.costs));
  report.noise('bare node:http against itself, requests/s', ratios(again.rates, bare.rates));
}

function meanOf(some: readonly number[], others: readonly number[]): number[] {
  return some.map((value, round) => (value + others[round]!) / 2);
}
