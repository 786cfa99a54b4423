import assert from 'node:assert/strict';
import { it } from 'node:test';
import { mayPick } from './policy.ts';

it('lets the newsroom pick, also once a suspension is over', () => {
  const now = 1000;
  const staff = { roles: ['staff'], state: 'active', suspendedUntil: undefined } as const;
  assert.ok(mayPick(staff, now));
  assert.ok(mayPick({ ...staff, roles: ['moderator'] }, now));
  assert.ok(!mayPick({ ...staff, roles: ['supporter', 'author'] }, now));
  const suspended = { ...staff, state: 'suspended', suspendedUntil: 1001 } as const;
  assert.ok(!mayPick(suspended, now));
  assert.ok(mayPick(suspended, 1001));
  assert.ok(!mayPick({ ...staff, state: 'banned' }, now));
  assert.ok(!mayPick({ ...staff, state: 'leaving' }, now));
});
