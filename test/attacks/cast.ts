import { request, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Updateable } from 'kysely';
import { blockReader, muteReader } from '../../src/conversation/follows/mute-reader.ts';
import { commentsData, followsData, noticesData, type CommentState } from '../../src/conversation/index.ts';
import { setCommentState } from '../../src/conversation/threads/set-comment-state.ts';
import { say } from '../../src/conversation/threads/testing.ts';
import { findTalkStory } from '../../src/conversation/threads/talked-of.ts';
import { moderationData } from '../../src/moderation/index.ts';
import type { Tables } from '../../src/platform/database/tables.ts';
import type { Role } from '../../src/readers/index.ts';
import { eraseReader } from '../../src/readers/privacy/erase-reader.ts';
import { signedInReader, type SignedInReader } from '../../src/readers/testing.ts';
import { saveSection } from '../../src/stories/index.ts';
import { contentOf, type Got, type PublishedStory, type TestSite } from '../rig/site.ts';

const day = 86_400_000;

/** Those who ask. */
export const actors = [
  'anonymous',
  'owner',
  'other',
  'blocked',
  'suspended',
  'banned',
  'leaving',
  'staff',
] as const;
export type Actor = (typeof actors)[number];

/** What may become of a comment. */
export const fates = ['visible', 'held', 'hidden', 'removed', 'deleted'] as const satisfies CommentState[];

export interface SaidComment {
  readonly id: string;
  readonly code: string;
}

/** A reader who has been here for long. */
export async function member(
  { database, origin }: Pick<TestSite, 'database' | 'origin'>,
  name: string,
  roles: readonly Role[] = [],
): Promise<SignedInReader> {
  const signedIn = await signedInReader(database, { origin, handle: name.toLowerCase(), name, roles });
  await database.write(({ db, now }) =>
    db
      .updateTable('reader')
      .set({ created_at: now - 400 * day, days_active: 200 })
      .where('id', '=', signedIn.reader.id)
      .execute(),
  );
  return { ...signedIn, reader: { ...signedIn.reader, createdAt: 0, daysActive: 200 } };
}

/** Readers of whom each will be what the name says. */
export async function openCast(site: TestSite) {
  await site.write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
  const owner = await member(site, 'Owner');
  const other = await member(site, 'Other');
  const blocked = await member(site, 'Blocked');
  const suspended = await member(site, 'Suspended');
  const banned = await member(site, 'Banned');
  const leaving = await member(site, 'Leaving');
  const former = await member(site, 'Former');
  const muted = await member(site, 'Muted');
  const staff = await member(site, 'Staff', ['staff']);
  return { owner, other, blocked, suspended, banned, leaving, former, muted, staff };
}

export type Cast = Awaited<ReturnType<typeof openCast>>;

/** Make each of the cast what the name says; what they wrote before stays. */
export async function meetFates(site: TestSite, cast: Cast, comments: 'delete' | 'keep'): Promise<void> {
  const { owner, suspended, banned, leaving, former, blocked, muted } = cast;
  const set = (who: SignedInReader, values: Partial<Updateable<Tables['reader']>>) =>
    site.write(({ db }) => db.updateTable('reader').set(values).where('id', '=', who.reader.id).execute());
  const later = site.clock.now() + 999 * day;
  await set(suspended, { state: 'suspended', suspended_until: later });
  await set(banned, { state: 'banned' });
  await set(leaving, { state: 'leaving', leaving_at: later, bio: 'Soon away' });
  await site.write((tx) => blockReader(tx, { reader: owner.reader.id, target: blocked.reader.id }));
  await site.write((tx) => muteReader(tx, { reader: owner.reader.id, target: muted.reader.id }));
  const data = [commentsData, followsData, noticesData, moderationData];
  await site.write((tx) => eraseReader(tx, { id: former.reader.id, comments, data }));
}

/** A public story with nothing said under it. */
export const storyOf = (site: TestSite, headline: string): Promise<PublishedStory> =>
  site.publish(contentOf(headline));

/** Post a comment as a reader does, some hours after the one before. */
export async function sayUnder(
  site: TestSite,
  story: PublishedStory,
  who: SignedInReader,
  text: string,
  parent?: SaidComment,
): Promise<SaidComment> {
  site.clock.advance(3 * 3_600_000);
  const talked = await findTalkStory(site.database.read, 'id', story.id);
  const outcome = await say(site.database, talked, who.reader, text, parent && { parent: parent.code });
  if (outcome.kind !== 'posted') throw new Error(`Not posted: ${JSON.stringify(outcome)}`);
  return { id: outcome.id, code: outcome.code };
}

/** Let a comment go the way of moderation. */
export async function become(site: TestSite, { id }: SaidComment, state: CommentState): Promise<void> {
  await site.write(async (tx) => {
    const row = await tx.db.selectFrom('comment').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    await setCommentState(tx, row, state);
  });
}

/** Send bytes with exactly these headers. */
export async function sendRaw(
  { port }: Pick<TestSite, 'port'>,
  path: string,
  sent: {
    readonly method?: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  },
): Promise<Got> {
  const { method = 'POST', headers, body = '' } = sent;
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port,
      path,
      method,
      headers: { ...length, ...headers },
      agent: false as const,
    };
    request(options, resolve).on('error', reject).end(body);
  });
  const bytes = await buffer(response);
  return { status: response.statusCode!, headers: response.headers, body: bytes, text: bytes.toString() };
}
