import type { Route } from '../../src/platform/http/route-table.ts';
import type { Got, TestSite } from './site.ts';

/**
 * Values for what routes name in their paths, by the part before it and the name: `topics/:slug`, `:day/:slug`,
 * `/:section`.
 */
export type RouteValues = Readonly<Record<string, readonly string[]>>;

/**
 * An address for each GET route of the table.
 * @throws Error for a route with a parameter that has no value: whoever adds one says what may stand there
 */
export function addressesOf(routes: readonly Route[], values: RouteValues): string[] {
  return routes.filter(({ method }) => method === 'GET').flatMap(({ path }) => fill(path, values));
}

function fill(path: string, values: RouteValues): string[] {
  let filled = [''];
  let before = '';
  for (const part of path.slice(1).split('/')) {
    const name = /^:\w+/.exec(part)?.[0];
    const key = `${before}/${name}`;
    const known = name === undefined ? [part] : values[key];
    if (known === undefined)
      throw new Error(`The route ${path} needs an example for ${key}: add it to the test.`);
    filled = filled.flatMap((head) => known.map((each) => `${head}/${each}`));
    before = name ?? part;
  }
  return filled;
}

export interface Asked {
  readonly path: string;
  readonly got: Got;
}

type Headers = Readonly<Record<string, string>>;

const readers: readonly Headers[] = [{}, { 'save-data': 'on' }, { accept: 'application/json' }];

/** Ask for every address, a few at once. @param as headers of different readers, each of whom asks for all */
export async function askAll(
  site: TestSite,
  paths: readonly string[],
  as: readonly Headers[] = readers,
): Promise<Asked[]> {
  const requests = paths.flatMap((path) => as.map((headers) => ({ path, headers }))).values();
  const asked: Asked[] = [];
  const ask = async () => {
    for (const { path, headers } of requests) asked.push({ path, got: await site.get(path, headers) });
  };
  await Promise.all([1, 2, 3, 4].map(ask));
  return asked;
}

/** Which words stand in which answers, in their text or their headers; those that the request itself held do not count. */
export function wordsFound(asked: readonly Asked[], words: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { path, got } of asked) {
    const answer = `${got.text}\n${decode(JSON.stringify(got.headers))}`.toLowerCase();
    const request = decode(path).toLowerCase();
    for (const word of words) {
      if (!answer.includes(word) || request.includes(word)) continue;
      found.set(word, [...(found.get(word) ?? []), path]);
    }
  }
  return found;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
