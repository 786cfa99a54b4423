import { join } from 'node:path';
import { dist } from '../../src/cli/build.ts';
import { root } from '../../src/cli/root.ts';
import { createSite, type RunningSite } from '../../src/main.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { loadConfig } from '../../src/platform/config.ts';
import type { Answer, Request } from '../../src/platform/http/route-table.ts';
import { silentLog } from '../../src/platform/log.ts';
import type { Context } from '../../src/pages/index.ts';
import { loadSite } from '../../src/site/site.ts';
import { startNode, type Child } from './child.ts';
import { familyOf } from './usage.ts';

/** Settings under which the site is measured, whatever the environment says. */
export function siteSettings(dataDir: string) {
  return {
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    PORT: '0',
    ORIGIN: '',
    DATABASE_URL: '',
    SMTP_URL: '',
    LOG_LEVEL: 'error',
    AVIF: 'off',
    BACKUP_NIGHTLY: 'off',
  };
}

/** The site as an operator starts it, in processes of its own. */
export interface ServedSite extends Pick<Child, 'stop'> {
  readonly port: number;
  /** The process that answers. */
  readonly pid: number;
}

export async function startSite(dataDir: string): Promise<ServedSite> {
  const child = startNode([join(root, 'start.mjs'), 'start', '--empty'], siteSettings(dataDir));
  const [, port] = await child.printed(/127\.0\.0\.1:(\d+)/);
  // The launcher either becomes the server or has it for a child.
  return { port: Number(port), pid: familyOf(child.pid).at(-1)!, stop: child.stop };
}

/** The site within this process: its routes are called as the server calls them, past the page store. */
export interface OpenSite {
  readonly site: RunningSite;
  readonly context: Context;
  /** @param name of the route. @param path with its query */
  ask(name: string, path: string, params?: Readonly<Record<string, string>>): Promise<Answer>;
}

export async function openSite(dataDir: string): Promise<OpenSite> {
  const config = loadConfig(siteSettings(dataDir));
  const site = await createSite({ config, log: silentLog, dist });
  const routes = new Map(site.routes.map((route) => [route.name, route]));
  return {
    site,
    context: {
      config,
      database: site.database,
      clock: systemClock,
      log: silentLog,
      media: site.media,
      site: loadSite(config, dist),
      livePosition: () => 0,
    },
    async ask(name, path, params = {}) {
      const route = routes.get(name);
      if (!route) throw new Error(`There is no route named '${name}'.`);
      return route.handle(requestFor(config.origin, path, params));
    },
  };
}

/** A reader's request for a page. */
export function requestFor(
  origin: string,
  path: string,
  params: Readonly<Record<string, string>> = {},
): Request {
  const url = new URL(path, origin);
  return {
    method: 'GET',
    url,
    target: path,
    params,
    query: url.searchParams,
    headers: {},
    cookies: {},
    identity: undefined,
    body: undefined,
    country: undefined,
    ip: '127.0.0.1',
    saveData: false,
    signal: new AbortController().signal,
  };
}
