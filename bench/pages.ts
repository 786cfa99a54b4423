import { browserHeaders, startLoad, type Load } from './rig/load.ts';
import type { Bench, BenchPart } from './rig/bench.ts';
import { sizeOf } from './rig/bench.ts';
import { startScript } from './rig/child.ts';
import { fetchPage } from './rig/fixed-page.ts';
import { openNewsroom, pathsOf } from './rig/newsroom.ts';
import { findNginx, startNginx } from './rig/nginx.ts';
import { numberWords, spreadCells } from './rig/report.ts';
import { startSite } from './rig/site.ts';
import { ratios, spreadOf } from './rig/statistics.ts';
import { canTellUsage, usageOf } from './rig/usage.ts';

const connections = 32;

/** One of the servers that are compared. */
interface Rival {
  readonly name: string;
  start(): Promise<Running>;
  /** By sitting: microseconds of a core for a request, and requests a second. */
  readonly costs: number[];
  readonly rates: number[];
}

interface Running {
  readonly port: number;
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

export const part: BenchPart = {
  summary: "a story's page from the page store against bare node:http and nginx with the same bytes",
  async run(bench) {
    if (!canTellUsage) return bench.report.line('Left out: this system does not tell what a process uses.');
    const folder = bench.folder('servers');
    const newsroom = await openNewsroom(bench, 'data', 40);
    const path = (await pathsOf(newsroom, 1))[0]!;
    await newsroom.site.close();
    const page = await pageOf(newsroom.dataDir, path, folder);
    const nginx = findNginx();
    const rivals = [
      rivalOf('page store', async () => {
        const { port, pid, stop } = await startSite(newsroom.dataDir);
        return { port, pids: [pid], stop };
      }),
      // Twice the same: what differs between them is the machine's.
      rivalOf('bare node:http', () => startBare(page.file)),
      rivalOf('bare node:http again', () => startBare(page.file)),
      ...(nginx ? [rivalOf('nginx, a file', () => startNginx(nginx, page, path, folder))] : []),
    ];
    const encoding = page.headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
    bench.report.line(
      `${numberWords(page.bytes)} bytes (${encoding}), ${connections} connections kept open; ${nginx ? nginx.version : 'nginx is not installed here'}`,
    );
    const load = await startLoad();
    try {
      const sittings = sizeOf(bench, 6, 2);
      let busiest = 0;
      for (let sitting = 0; sitting < sittings; sitting += 1) {
        bench.say(`Sitting ${sitting + 1} of ${sittings}`);
        busiest = Math.max(busiest, await sit(bench, rivals, load, path));
      }
      tell(bench, rivals, busiest);
    } finally {
      await load.stop();
    }
  },
};

function rivalOf(name: string, start: Rival['start']): Rival {
  return { name, start, costs: [], rates: [] };
}

async function pageOf(dataDir: string, path: string, folder: string) {
  const site = await startSite(dataDir);
  try {
    return await fetchPage(site.port, path, folder);
  } finally {
    await site.stop();
  }
}

async function startBare(file: string): Promise<Running> {
  const child = startScript('bare-process.ts', [file]);
  return { port: await child.next<number>('port'), pids: [child.pid], stop: child.stop };
}

/**
 * All servers started anew, as the same program is a few per cent slower or faster each time that it is loaded; then
 * rounds in which each has its turn. @returns how busy the generator was at the most
 */
async function sit(bench: Bench, rivals: readonly Rival[], load: Load, path: string): Promise<number> {
  const running: Running[] = [];
  try {
    for (const rival of rivals) running.push(await rival.start());
    const job = { paths: [path], headers: browserHeaders, connections };
    for (const { port } of running) await load.run({ ...job, port, seconds: sizeOf(bench, 2.5, 1) });
    const sums = running.map(() => ({ cpu: 0, requests: 0, seconds: 0 }));
    let busiest = 0;
    for (let round = 0; round < 3; round += 1) {
      const order = [...running.entries()];
      for (const [at, server] of round % 2 === 0 ? order : order.reverse()) {
        const before = cpuOf(server);
        const result = await load.run({ ...job, port: server.port, seconds: sizeOf(bench, 2, 0.6) });
        sums[at]!.cpu += cpuOf(server) - before;
        sums[at]!.requests += result.requests;
        sums[at]!.seconds += result.seconds;
        busiest = Math.max(busiest, result.busy);
      }
    }
    for (const [at, { cpu, requests, seconds }] of sums.entries()) {
      rivals[at]!.costs.push(cpu / requests);
      rivals[at]!.rates.push(requests / seconds);
    }
    return busiest;
  } finally {
    for (const server of running) await server.stop();
  }
}

/** Microseconds of a core so far. */
function cpuOf({ pids }: Running): number {
  return pids.reduce((sum, pid) => sum + usageOf(pid).cpu, 0);
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
