import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ReaderCard } from '../../readers/index.ts';
import { namePart } from './name-part.ts';

const card: ReaderCard = {
  id: 'reader',
  handle: 'mona-sharif',
  name: 'منى الشريف',
  picture: undefined,
  roles: [],
  state: 'active',
  createdAt: 0,
};

it('sets a name apart from the direction of what stands around it', () => {
  assert.equal(
    String(namePart(card)),
    '<a class="name" href="/readers/mona-sharif" dir="auto">منى الشريف</a>',
  );
  assert.equal(String(namePart({ ...card, state: 'leaving' })), '<b dir="auto">منى الشريف</b>');
  assert.equal(String(namePart(undefined, 'Ann <b>')), '<b dir="auto">Ann &lt;b&gt;</b>');
});
