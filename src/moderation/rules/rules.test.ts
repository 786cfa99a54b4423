import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { moderationSettingNames } from '../settings/settings.ts';
import { rules } from './rules.ts';

const rehearsals = ['posting.test.ts', 'looking.test.ts']
  .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
  .join('\n');

it('every rule is rehearsed', () => {
  for (const { name } of rules) assert.match(rehearsals, new RegExp(`^  '?${name}'?: \\{$`, 'm'));
});

it('every setting of a rule is rehearsed', () => {
  // Of trust and reports, and those that no rule reads, are tested where they are used.
  const others = /^(?:outside\.deadline|guidelines|trust\..*|reports\..*)$/;
  for (const name of moderationSettingNames)
    if (!others.test(name)) assert.match(rehearsals, new RegExp(`^      '${name}': \\{`, 'm'), name);
});
