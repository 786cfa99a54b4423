import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ModerationSettings } from '../settings/settings.ts';
import type { Submission } from '../submission.ts';
import type { Rule } from './rule.ts';
import { ask, said, submissionOf } from './testing.ts';

export interface Case {
  /** What is handed in. */
  readonly of: string;
  readonly submission?: Partial<Submission>;
  readonly given?: Parameters<typeof ask>[2];
  /** As `said` tells it. */
  readonly finds: string;
}

export interface Rehearsal {
  /** What the rule is there for. */
  readonly caught: readonly Case[];
  /** What comes close and is posted. */
  readonly nearMiss: readonly Case[];
  /** Settings that change what it says: with each of them, the case is judged so. */
  readonly settings: Partial<Record<keyof ModerationSettings, Case>>;
}

/** Have a rule judge what it is there for and what comes close. */
export function rehearse(rule: Rule, { caught, nearMiss, settings }: Rehearsal): void {
  describe(`the rule ${rule.name}`, () => {
    const judge = ({ of, submission, given, finds }: Case, what: string) =>
      it(`${what} ${of}`, () => assert.equal(said(ask(rule, submission, given)), finds));
    for (const each of caught) judge(each, 'minds');
    for (const each of nearMiss) judge(each, 'lets pass');
    for (const [name, each] of Object.entries(settings)) {
      judge(each, `by its setting ${name} judges`);
      it(`judges it otherwise when ${name} is left alone`, () => {
        const { [name]: _, ...others } = (each.given?.settings ?? {}) as Record<string, unknown>;
        assert.notEqual(said(ask(rule, each.submission, { ...each.given, settings: others })), each.finds);
      });
    }
    it('has an example of both', () => {
      assert.ok(caught.some(({ finds }) => finds !== 'allow'));
      assert.ok(nearMiss.length > 0);
    });
    it('keeps no word of the writer', () => {
      for (const { submission, given } of caught) {
        const { source } = submissionOf(submission);
        const kept = JSON.stringify(ask(rule, submission, given)?.evidence ?? {});
        for (const word of source.match(/\p{L}{4,}/gu) ?? [])
          if (
            !Object.values(given?.settings ?? {})
              .flat()
              .includes(word)
          )
            assert.ok(!kept.includes(word), kept);
      }
    });
  });
}
