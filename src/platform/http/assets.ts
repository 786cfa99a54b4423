import { readFile, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { AppError } from '../errors.ts';
import { encodingOf } from './encoding.ts';
import type { Answer, Route } from './route-table.ts';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly br?: Buffer;
  readonly gzip?: Buffer;
}

/** The built files of `dist/assets`, by names that change with their content, kept in memory and compressed once. */
export function assetRoutes(folder: string): Route[] {
  const assets = new Map<string, Promise<Asset | undefined>>();
  const load = async (name: string): Promise<Asset | undefined> => {
    const type = types[extname(name)];
    const names = await readdir(folder).catch((): string[] => []);
    if (type === undefined || !names.includes(name)) return undefined;
    const plain = await readFile(join(folder, name));
    if (type.startsWith('font/')) return { type, plain };
    const [br, zipped] = await Promise.all([
      promisify(brotliCompress)(plain),
      promisify(gzip)(plain, { level: 9 }),
    ]);
    return { type, plain, br, gzip: zipped };
  };
  return [
    {
      method: 'GET',
      path: '/assets/:name',
      name: 'asset',
      who: 'anyone',
      proof: 'none',
      async handle({ params, headers }): Promise<Answer> {
        const name = params.name!;
        const known = assets.get(name) ?? load(name);
        const asset = await known;
        if (!asset) throw new AppError('page.not-found', 'There is no such file.', { status: 404 });
        assets.set(name, known);
        const encoding = encodingOf(headers['accept-encoding']);
        const encoded = encoding === 'identity' ? undefined : asset[encoding];
        return {
          status: 200,
          type: asset.type,
          body: encoded ?? asset.plain,
          headers: {
            'cache-control': 'public, max-age=31536000, immutable',
            vary: 'Accept-Encoding',
            ...(encoded ? { 'content-encoding': encoding } : {}),
          },
        };
      },
    },
  ];
}
