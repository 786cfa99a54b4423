import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { bestOf, mostPathDepth, pathAfter, pathsAbove, replyPath } from './comment.ts';

/** A branch as it grows: for each reply which of those before it is answered. */
const growths = fc.array(fc.nat(), { minLength: 1, maxLength: 60 });

interface Grown {
  readonly path: string;
  readonly depth: number;
  readonly children: Grown[];
}

function grow(choices: readonly number[]): Grown[] {
  const root: Grown = { path: '', depth: 0, children: [] };
  const all = [root];
  for (const [index, choice] of choices.entries()) {
    const parent = all[choice % all.length]!;
    const reply = { path: replyPath(parent.path, index + 1), depth: parent.depth + 1, children: [] };
    parent.children.push(reply);
    all.push(reply);
  }
  return all;
}

const walked = (node: Grown): string[] => [node.path, ...node.children.flatMap(walked)];

it('sorts a branch by its paths in the order in which it is read', () => {
  fc.assert(
    fc.property(growths, (choices) => {
      const all = grow(choices).filter(({ depth }) => depth <= mostPathDepth);
      const [root] = all;
      const cut = (node: Grown): Grown => ({
        ...node,
        children: node.children.filter(({ depth }) => depth <= mostPathDepth).map(cut),
      });
      assert.deepEqual(all.map(({ path }) => path).toSorted(), walked(cut(root!)));
    }),
  );
});

it('gives every reply a path of its own, however deep it is, and none without end', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 80 }), (depth) => {
      const all = grow(Array.from({ length: depth }, (_, index) => index));
      assert.equal(new Set(all.map(({ path }) => path)).size, all.length);
      assert.ok(all.every(({ path }) => path.length <= mostPathDepth * 6));
    }),
  );
});

it('knows what stands above a path, and where what is below it ends', () => {
  fc.assert(
    fc.property(growths, (choices) => {
      const all = grow(choices).filter(({ depth }) => depth < mostPathDepth);
      for (const { path } of all) {
        const above = all
          .map((other) => other.path)
          .filter((other) => other !== path && path.startsWith(other));
        assert.deepEqual(pathsAbove(path), above.toSorted());
        if (path === '') continue;
        for (const other of all)
          assert.equal(other.path >= path && other.path < pathAfter(path), other.path.startsWith(path));
      }
    }),
  );
});

it('holds best what most who took a stand recommend', () => {
  assert.equal(bestOf(0, 0), 0);
  assert.equal(bestOf(0, 50), 0);
  // Wilson's lower bound of 1 of 1, and of 9 of 10 (95 %).
  assert.equal(bestOf(1, 0), 206_549);
  assert.equal(bestOf(9, 1), 595_850);
  assert.ok(bestOf(10, 0) > bestOf(5, 0), 'the more the better');
  assert.ok(bestOf(10, 0) > bestOf(10, 20), 'what many answer and few recommend is less good');
  fc.assert(
    fc.property(fc.nat({ max: 100_000 }), fc.nat({ max: 100_000 }), (recommends, replies) => {
      const best = bestOf(recommends, replies);
      assert.ok(Number.isInteger(best) && best >= 0 && best <= 1_000_000);
      assert.ok(bestOf(recommends + 1, replies) >= best);
      assert.ok(bestOf(recommends, replies + 1) <= best);
    }),
  );
});
