import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

it('every code of the report stands in the guide, and no other', () => {
  const guide = readFileSync(`${root}docs/importing.md`, 'utf8');
  const rows = guide.split('\n').filter((line) => line.startsWith('| `'));
  const told = new Set(
    rows.flatMap((row) =>
      row
        .split('|')[1]!
        .match(/`[^`]+`/g)!
        .map((code) => code.slice(1, -1)),
    ),
  );
  const used = new Set<string>();
  for (const file of globSync('src/wire/import/*.ts', { cwd: root })) {
    if (file.endsWith('.test.ts')) continue;
    const source = readFileSync(`${root}${file}`, 'utf8');
    for (const [, code] of source.matchAll(/(?:otes\.add\(\s*|push\(\{ code: )['`]([^'`]+)['`]/g))
      used.add(code!);
  }
  assert.ok(used.size > 40);
  for (const code of used) {
    // Codes that are put together: ${kind}.missing
    const pattern = new RegExp(
      `^${code.replaceAll('.', '\\.').replaceAll(/\$\{\w+(?:\\\.\w+)*\}/g, '(?:[a-z-]+|\\{what\\}|\\*)')}$`,
    );
    assert.ok(
      [...told].some((each) => pattern.test(each)),
      `docs/importing.md does not tell of ${code}`,
    );
  }
  const sources = [...used];
  const isUsed = (code: string) =>
    sources.some(
      (each) =>
        each === code ||
        new RegExp(`^${each.replaceAll('.', '\\.').replaceAll(/\$\{[^}]+\}/g, '[a-z-]+')}$`).test(code),
    );
  const ghosts = [...told].filter((code) => code.includes('.') && !/[*{]/.test(code) && !isUsed(code));
  assert.deepEqual(ghosts, []);
});
