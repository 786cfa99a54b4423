import { z } from 'zod';
import type { Config } from '../platform/config.ts';
import { splitList } from '../platform/config.ts';
import type { Database } from '../platform/database/database.ts';
import { messageOf } from '../platform/errors.ts';
import { Outbound } from '../platform/http/outbound.ts';
import type { Log } from '../platform/log.ts';
import type { Opinion, Opinions } from './opinions.ts';
import { loadRulebook } from './settings/rulebook.ts';
import type { Submission } from './submission.ts';

export interface OutsideParts {
  readonly config: Pick<Config, 'MODERATION_URL' | 'MODERATION_TOKEN' | 'OUTBOUND_ALLOW' | 'origin'>;
  readonly database: Pick<Database, 'read'>;
  readonly log: Log;
  /** The filter that learns from decisions, where there is one. */
  readonly filter?: (submission: Submission) => Promise<Opinion | undefined>;
}

const answered = z.object({
  verdict: z.enum(['allow', 'hold', 'reject']).optional(),
  score: z.number().min(0).max(1).optional(),
  labels: z.array(z.string().max(100)).max(50).default([]),
});

/**
 * Ask those who are not rules what they hold of a submission; before the transaction, as it may take its time. Nothing
 * is asked where nothing is set up, and nothing here throws: what does not answer in time has failed, and a setting
 * says what that leads to. The service is told the words and the links, and nothing of who wrote them.
 */
export async function askOutside(parts: OutsideParts, submission: Submission): Promise<Opinions> {
  const [outside, filter] = await Promise.all([askService(parts, submission), askFilter(parts, submission)]);
  return { outside, filter };
}

async function askFilter(
  { filter, log }: OutsideParts,
  submission: Submission,
): Promise<Opinion | undefined> {
  try {
    return await filter?.(submission);
  } catch (error) {
    log.error({ error: messageOf(error) }, 'the learning filter failed');
    return undefined;
  }
}

async function askService(
  { config, database, log }: OutsideParts,
  submission: Submission,
): Promise<Opinion | 'failed' | undefined> {
  if (config.MODERATION_URL === undefined) return undefined;
  try {
    const { settings } = await loadRulebook(database.read);
    const outbound = new Outbound({
      allow: splitList(config.OUTBOUND_ALLOW),
      userAgent: `Freesheet (+${config.origin})`,
    });
    const token = config.MODERATION_TOKEN;
    const { status, body } = await outbound.request(config.MODERATION_URL, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ kind: submission.kind, text: submission.text, links: submission.links }),
      deadline: settings['outside.deadline'],
      maxBytes: 100_000,
      redirects: 0,
    });
    if (status !== 200) throw new Error(`it answered with status ${status}`);
    return answered.parse(JSON.parse(body.toString()));
  } catch (error) {
    // Not the whole error: what a service answers may repeat what was asked.
    const reason =
      error instanceof z.ZodError || error instanceof SyntaxError
        ? 'its answer cannot be read'
        : messageOf(error);
    log.warn({ error: reason }, 'the outside service did not judge a comment');
    return 'failed';
  }
}
