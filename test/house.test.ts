import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { filesOf, root, sourceFiles, type Import, type SourceFile } from './rig/source.ts';

/** What stands on what: each imports only what stands further right. */
const order =
  'cli main desk pages wire alerts support conversation moderation stories readers site platform'.split(' ');
/** Rooms whose files are imported one by one; of every other, only its index.ts. */
const openRooms = new Set(['platform', 'site']);
/** What of test/ and bench/ a command runs. */
const commandsOfTests = new Set(['src/cli/test.ts', 'src/cli/faults.ts', 'src/cli/bench.ts']);

const source = sourceFiles(['src/**']);
const byPath = new Map(source.map((file) => [file.path, file]));

function roomOf(path: string): string {
  if (path === 'src/main.ts' || path === 'src/migrations.ts') return 'main';
  return path.split('/')[1]!;
}

/** What is wrong, one line each; a test of the house shows all at once. */
function hold(wrong: readonly string[]): void {
  assert.equal(wrong.join('\n'), '');
}

function lines(check: (file: SourceFile, each: Import) => string | undefined): string[] {
  return source.flatMap((file) =>
    file.imports.flatMap((each) => {
      const problem = check(file, each);
      return problem === undefined ? [] : [`${file.path} imports ${each.to}: ${problem}`];
    }),
  );
}

describe('the house: imports', () => {
  it('are read as they are written', () => {
    const main = byPath.get('src/main.ts')!;
    assert.ok(main.imports.some(({ to }) => to === 'src/stories/index.ts'));
    assert.ok(source.length > 150);
    assert.ok(source.flatMap(({ imports }) => imports).length > 800);
  });

  it('go down only', () => {
    const known = new Set(order);
    hold([...new Set(source.map(({ path }) => roomOf(path)))].filter((room) => !known.has(room)));
    hold(
      lines(({ path }, { to, isOurs }) => {
        if (!isOurs || !to.startsWith('src/')) return undefined;
        const [from, target] = [order.indexOf(roomOf(path)), order.indexOf(roomOf(to))];
        return from <= target ? undefined : `${order[target]} stands above ${order[from]}`;
      }),
    );
  });

  it('of a domain go through its index.ts', () => {
    hold(
      lines(({ path, isTest }, { to, isOurs }) => {
        if (!isOurs || !to.startsWith('src/')) return undefined;
        const room = roomOf(to);
        // What tests make of a domain, tests of others make too.
        if (to === `src/${room}/testing.ts` && (isTest || path.endsWith('/testing.ts'))) return undefined;
        if (room === roomOf(path) || room === 'main' || openRooms.has(room)) return undefined;
        // A large domain may have a second door, so that who needs the one does not load the other.
        const isDoor = to === `src/${room}/index.ts` || to === 'src/wire/import/index.ts';
        return isDoor ? undefined : `only ${room}/index.ts is for others`;
      }),
    );
  });

  it('of what is outside src are for tests', () => {
    hold(
      lines((file, { to, isOurs }) => {
        if (!isOurs || to.startsWith('src/')) return undefined;
        return file.isTest || commandsOfTests.has(file.path) ? undefined : 'a server runs without tests';
      }),
    );
    hold(
      lines((file, { to, isOurs, isType }) => {
        const isOfTests = isOurs && (byPath.get(to)?.isTest ?? false);
        return isOfTests && !isType && !file.isTest ? 'only tests use it' : undefined;
      }),
    );
  });

  it('are of files and packages that are there', () => {
    const { dependencies, devDependencies } = readPackage();
    hold(
      lines((file, { to, isOurs, isType }) => {
        if (isOurs)
          return to.startsWith('src/') && to.endsWith('.ts') && !byPath.has(to)
            ? 'there is no such file'
            : undefined;
        if (to.startsWith('node:')) return undefined;
        const name = to
          .split('/')
          .slice(0, to.startsWith('@') ? 2 : 1)
          .join('/');
        if (name in dependencies) return undefined;
        if (!(name in devDependencies)) return 'package.json does not name it';
        const mayUse = file.isTest || file.isForBrowsers || isType || file.path === 'src/cli/build.ts';
        return mayUse ? undefined : 'a server runs without devDependencies';
      }),
    );
  });

  it('of islands and workers hold nothing of the server', () => {
    const wrong: string[] = [];
    for (const island of source.filter(({ isForBrowsers }) => isForBrowsers)) {
      const seen = new Set<string>();
      const waiting = [island];
      for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
        if (seen.has(file.path)) continue;
        seen.add(file.path);
        for (const { to, isOurs, isType } of file.imports) {
          if (isType) continue;
          if (to.startsWith('node:') || to in readPackage().dependencies)
            wrong.push(`${island.path} reaches ${to} through ${file.path}`);
          const next = isOurs ? byPath.get(to) : undefined;
          if (next) waiting.push(next);
        }
      }
    }
    hold(wrong);
  });
});

describe('the house: one place for one thing', () => {
  it('only platform/database knows a dialect', () => {
    const home = 'src/platform/database/';
    hold(
      lines(({ path, isTest }, { to, names }) => {
        if (path.startsWith(home) || isTest) return undefined;
        const isDriver = to === 'node:sqlite' || to === 'pg' || /(?:sqlite|postgres)[^/]*\.ts$/.test(to);
        if (isDriver) return 'it is of one dialect';
        return names.includes('dialectOf') ? 'it tells dialects apart' : undefined;
      }),
    );
    const wrong: string[] = [];
    for (const file of source.filter(({ path, isTest }) => !path.startsWith(home) && !isTest)) {
      for (const node of file.nodes()) {
        const isCompared =
          node.type === 'BinaryExpression' &&
          /^\W?(?:sqlite|postgres)\W?$/.test(file.words(node.right as typeof node)) &&
          /\bdialect$/.test(file.words(node.left as typeof node));
        if (isCompared) wrong.push(`${file.at(node)} tells dialects apart`);
      }
    }
    hold(wrong);
  });

  it('only platform/http/outbound.ts calls out', () => {
    const home = 'src/platform/http/outbound.ts';
    /** What of these modules opens no connection. */
    const harmless = new Set(
      'createServer STATUS_CODES METHODS isIP isIPv4 isIPv6 BlockList SocketAddress constants'.split(' '),
    );
    const modules = /^(?:node:)?(?:http|https|http2|net|tls|dgram|\?)$/;
    hold(
      lines(({ path, isTest }, { to, isType, names, isDynamic }) => {
        if (path === home || isTest || isType || !modules.test(to)) return undefined;
        const calling = names.filter((name) => !harmless.has(name));
        return isDynamic || calling.length > 0
          ? `${calling.join(', ') || 'all of it'} may call out`
          : undefined;
      }),
    );
    const wrong: string[] = [];
    for (const file of source.filter(({ isTest, isForBrowsers }) => !isTest && !isForBrowsers)) {
      for (const node of file.nodes()) {
        const callee = node.callee as typeof node | undefined;
        const name = callee ? file.words(callee).replace(/^globalThis\./, '') : '';
        if (node.type === 'CallExpression' && name === 'fetch') wrong.push(`${file.at(node)} calls fetch`);
        if (node.type === 'NewExpression' && /^(?:WebSocket|EventSource|XMLHttpRequest)$/.test(name))
          wrong.push(`${file.at(node)} opens a ${name}`);
      }
    }
    hold(wrong);
  });

  it("only the clock says what time it is, and only wire/dates.ts reads others' dates", () => {
    /** How old a file is, how long a command takes, and what stands in browsers. */
    const ownTime = /^src\/(?:platform\/clock\.ts|platform\/media\/|cli\/)/;
    const wrong: string[] = [];
    for (const file of source.filter(({ isTest }) => !isTest)) {
      for (const node of file.nodes()) {
        if (node.type !== 'CallExpression' && node.type !== 'NewExpression') continue;
        const words = file.words(node.callee as typeof node);
        const [first] = node.arguments as (typeof node)[];
        const isNow = words === 'Date.now' || (node.type === 'NewExpression' && words === 'Date' && !first);
        if (isNow && !ownTime.test(file.path) && !file.isForBrowsers)
          wrong.push(`${file.at(node)} takes the time from elsewhere: ask the clock`);
        const isText =
          first !== undefined &&
          (first.type === 'TemplateLiteral' ||
            (first.type === 'Literal' && typeof first.value === 'string') ||
            (first.type === 'BinaryExpression' && /['"`]/.test(file.words(first))) ||
            /^String\(|\bas string$|\.(?:toString|trim|slice|replace|replaceAll|join)\([^]*\)$/.test(
              file.words(first),
            ));
        const isReading =
          words === 'Date.parse' || (node.type === 'NewExpression' && words === 'Date' && isText);
        if (isReading && file.path !== 'src/wire/dates.ts')
          wrong.push(`${file.at(node)} reads a date from text: wire/dates.ts does`);
      }
    }
    hold(wrong);
  });
});

describe('the house: files', () => {
  const written = filesOf([
    '*.{json,md,mjs}',
    '.ci/*',
    '{src,test,bench,docs,deploy}/**/*.{ts,css,mjs,md,txt,json,csv,xml}',
    'deploy/*',
  ]);
  const textOf = (path: string) => readFileSync(join(root, path), 'utf8');

  it('are short enough to be read at once', () => {
    const code = written.filter((path) => /\.(?:ts|css|mjs)$/.test(path));
    assert.ok(code.length > 200);
    hold(
      code
        .map((path) => ({ path, length: textOf(path).split('\n').length - 1 }))
        .filter(({ length }) => length > 400)
        .map(({ path, length }) => `${path} has ${length} lines; 400 are enough`),
    );
  });

  it('leave nothing for later, and name no place but their own', () => {
    // Written in halves, so that this file does not find itself.
    const words = [
      ['TO', 'DO'],
      ['FIX', 'ME'],
      ['XX', 'X'],
      ['HA', 'CK'],
      ['/wo', 'rk/'],
      ['../sha', 'red'],
      ['npm', 'js.org'],
      ['npm', 'js.com'],
      ['registry', '.yarnpkg'],
    ].map((halves) => halves.join(''));
    hold(
      written.flatMap((path) =>
        textOf(path)
          .split('\n')
          .flatMap((line, index) =>
            // A hash of a package may spell any word.
            words
              .filter((word) => !line.includes('"integrity"') && line.includes(word))
              .map((word) => `${path}:${index + 1} says ${word}`),
          ),
      ),
    );
  });
});

describe('the house: packages', () => {
  const { dependencies, devDependencies } = readPackage();
  const all = { ...dependencies, ...devDependencies };

  it('have one exact version', () => {
    hold(
      Object.entries(all)
        .filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[a-z0-9.]+)?$/.test(version))
        .map(([name, version]) => `${name} is ${version}`),
    );
  });

  it('each have their reason in docs/dependencies.md, and nothing else has', () => {
    const told = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');
    const names = [...told.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]!);
    assert.deepEqual(names.sort(), Object.keys(all).sort());
  });

  it('are few in production', () => {
    assert.ok(productionPackages().length > 20);
    assert.ok(productionPackages().length <= 120, `${productionPackages().length} packages`);
  });

  it('take little room', () => {
    // The runtime is a program, and what is only bundled for browsers is no part of a server.
    const installed = productionPackages().filter(
      (path) => path !== 'node_modules/node' && existsSync(join(root, path)),
    );
    assert.ok(installed.length > 20);
    const bytes = installed.map((path) => bytesOf(join(root, path))).reduce((sum, each) => sum + each, 0);
    assert.ok(bytes <= 150e6, `${Math.round(bytes / 1e6)} MB`);
  });
});

/** Paths of what the lock file installs for a server, on whatever system. */
function productionPackages(): string[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev }]) => path !== '' && !dev)
    .map(([path]) => path);
}

/** What lies in a package's folder, without the packages within it. */
function bytesOf(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += entry.name === 'node_modules' ? 0 : bytesOf(path);
    else if (entry.isFile()) bytes += statSync(path).size;
  }
  return bytes;
}

interface PackageFile {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

function readPackage(): PackageFile {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PackageFile;
}
