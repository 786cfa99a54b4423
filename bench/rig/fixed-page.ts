import { writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { browserHeaders } from './load.ts';

/** A page as it is sent, for servers that know nothing else. */
export interface FixedPage {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly bodyFile: string;
  readonly bytes: number;
}

/** What a server writes by itself. */
const own = new Set(['date', 'connection', 'keep-alive']);

/** Ask for a page as a browser does, and keep it in a folder. @returns the file that describes it, and what it says */
export async function fetchPage(
  port: number,
  path: string,
  folder: string,
): Promise<FixedPage & { readonly file: string }> {
  const { rawHeaders, body } = await ask(port, path);
  const pairs = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && !own.has(name.toLowerCase()) ? [[name, rawHeaders[index + 1]!] as const] : [],
  );
  const bodyFile = join(folder, 'page.body');
  writeFileSync(bodyFile, body);
  const page = { headers: pairs, bodyFile, bytes: body.length };
  const file = join(folder, 'page.json');
  writeFileSync(file, JSON.stringify(page));
  return { ...page, file };
}

function ask(port: number, path: string): Promise<{ rawHeaders: string[]; body: Buffer }> {
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', path, headers: browserHeaders }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`${path}: ${response.statusCode}`));
      buffer(response).then((body) => resolve({ rawHeaders: response.rawHeaders, body }), reject);
    }).on('error', reject);
  });
}
