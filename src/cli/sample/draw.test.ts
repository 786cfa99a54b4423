import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { pictures, seedOf } from './draw.ts';
import { finished } from './drawing/print.ts';

const names = Object.keys(pictures);
const drawn = (name: string) => finished(pictures[name]!(), seedOf(name));

describe('the pictures of the sample newsroom', () => {
  it('are drawn the same each time', () => {
    for (const name of names) assert.equal(drawn(name), drawn(name), name);
  });

  it('name each of their shapes and colours once', () => {
    for (const name of names) {
      const ids = [...drawn(name).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
      const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
      assert.deepEqual(twice, [], name);
    }
  });

  it('hold numbers only where numbers belong', () => {
    for (const name of names) assert.doesNotMatch(drawn(name), /NaN|undefined|Infinity/, name);
  });

  it('are small enough to travel with the code', async () => {
    let sum = 0;
    for (const name of names) {
      const { size } = await stat(fileURLToPath(new URL(`pictures/${name}.webp`, import.meta.url)));
      assert.ok(size < 180_000, `${name} has ${size} bytes`);
      sum += size;
    }
    assert.ok(sum < 3_500_000, `all have ${sum} bytes`);
  });
});
