import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Assets } from '../site/site.ts';
import type { CliCommand } from './command.ts';
import { root } from './root.ts';

interface Manifest {
  /** Hash of what it was built from. */
  readonly sources: string;
  readonly assets: Assets;
}

/** Where the built files are. */
export const dist = join(root, 'dist');

export const command: CliCommand = {
  name: 'build',
  summary: 'bundle the stylesheet, the font, the islands and the service worker into dist/',
  usage: 'npm run build     a release brings dist/ with it, so that it needs no build tools',
  async run(_args, io) {
    await buildAssets();
    io.out('Built dist/.');
    return 0;
  },
};

/** Whether dist/ was built from what the source is now. */
export function assetsAreCurrent(): boolean {
  try {
    const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as Manifest;
    return manifest.sources === hashSources();
  } catch {
    return false;
  }
}

/** Whether the tools to build are installed; a release does without, as it brings dist/. */
export function canBuild(): boolean {
  return existsSync(join(root, 'node_modules', 'vite'));
}

const serviceWorker = 'src/alerts/service-worker.worker.ts';

/** What the island of every page needs. */
const sharedByAll =
  /\/site\/browser\/(?:device|flow|live|markup|personal|push-keys)\.ts$|vite\/preload-helper/;

/** What is imported later is imported, and nothing more: with styles of its own it would need Vite's helper, of 1.8 KB. */
const plainImports = {
  name: 'plain-imports',
  enforce: 'pre' as const,
  load: (id: string) =>
    id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined,
};

/** Bundle everything that browsers load; the names of the files change with their content. */
export async function buildAssets(): Promise<void> {
  const { build } = await import('vite');
  const islands = islandFiles();
  const next = join(root, 'dist.next');
  rmSync(next, { recursive: true, force: true });
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    base: '/assets/',
    publicDir: false,
    plugins: [plainImports],
    build: {
      outDir: next,
      emptyOutDir: true,
      assetsDir: '',
      assetsInlineLimit: 0,
      manifest: 'vite.json',
      modulePreload: false,
      cssTarget: ['chrome111', 'firefox114', 'safari16.4'],
      target: ['chrome111', 'firefox114', 'safari16.4'],
      rollupOptions: {
        input: { site: join(root, 'src/site/theme/site.css'), ...islands },
        output: {
          entryFileNames: '[name]-[hash].js',
          chunkFileNames: '[name]-[hash].js',
          assetFileNames: '[name]-[hash][extname]',
          // What every page needs comes as one file.
          codeSplitting: { groups: [{ name: 'browser', test: sharedByAll }] },
        },
      },
    },
  });
  const built = JSON.parse(readFileSync(join(next, 'vite.json'), 'utf8')) as Record<
    string,
    { file: string; name?: string; isEntry?: boolean; assets?: string[] }
  >;
  const files = Object.values(built);
  // The one that every page preloads; the others come when a page has such letters.
  const font = built['src/site/fonts/newsreader.woff2']?.file;
  const stylesheet = files.find(({ file, isEntry }) => isEntry && file.endsWith('.css'));
  if (!font || !stylesheet) throw new Error('The build made no stylesheet or no font.');
  await buildServiceWorker(next);
  const manifest: Manifest = {
    sources: hashSources(),
    assets: {
      stylesheet: `/assets/${stylesheet.file}`,
      font: `/assets/${font}`,
      islands: Object.fromEntries(
        Object.entries(built)
          .filter(([source]) => source.endsWith('.island.ts'))
          .map(([source, { file }]) => [islandName(source), `/assets/${file}`]),
      ),
    },
  };
  rmSync(join(next, 'vite.json'));
  mkdirSync(join(next, 'assets'));
  const inRoot = new Set(['service-worker.js']);
  for (const file of globSync('*.*', { cwd: next }).filter((name) => !inRoot.has(name)))
    renameSync(join(next, file), join(next, 'assets', file));
  writeFileSync(join(next, 'manifest.json'), JSON.stringify(manifest, null, 2));
  rmSync(dist, { recursive: true, force: true });
  renameSync(next, dist);
}

/** One script without imports, as not all browsers take modules there; its address never changes. */
async function buildServiceWorker(outDir: string): Promise<void> {
  const { build } = await import('vite');
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: false,
      modulePreload: false,
      target: ['chrome111', 'firefox114', 'safari16.4'],
      rollupOptions: {
        input: join(root, serviceWorker),
        output: { format: 'iife', entryFileNames: 'service-worker.js' },
      },
    },
  });
}

function islandFiles(): Record<string, string> {
  const files = globSync('src/**/*.island.ts', { cwd: root });
  return Object.fromEntries(files.map((file) => [islandName(file), join(root, file)]));
}

function islandName(file: string): string {
  return basename(file).replace(/\.island\.ts$/, '');
}

function hashSources(): string {
  const hash = createHash('sha256');
  const files = globSync(
    [
      'src/site/theme/*.css',
      'src/site/fonts/*.woff2',
      'src/site/browser/*.ts',
      'src/**/*.island.ts',
      serviceWorker,
      'src/cli/build.ts',
    ],
    { cwd: root },
  ).sort();
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)));
  if (existsSync(join(root, 'package-lock.json'))) hash.update(readFileSync(join(root, 'package-lock.json')));
  return hash.digest('hex');
}
