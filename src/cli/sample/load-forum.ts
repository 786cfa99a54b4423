import type { Clock } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import type { Database, Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import {
  deleteComment,
  editComment,
  findTalkStory,
  followTarget,
  pickComment,
  postComment,
  prepareComment,
  recountStory,
  setThread,
  type FollowTarget,
  type TalkStory,
} from '../../conversation/index.ts';
import { createReader, findReader, saveProfile, setReaderRoles, type Reader } from '../../readers/index.ts';
import { findAuthor, findImported, findTopic } from '../../stories/index.ts';
import { talks } from './forum/index.ts';
import { readers as sampleReaders, sampleMail, type SampleReader } from './forum/readers.ts';
import { branchOf, type SampleComment, type SampleTalk } from './forum/talk.ts';
import { sampleSource } from './load-sample.ts';

export interface ForumOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly config: Pick<Config, 'ZONE' | 'NAME'>;
}

export interface ForumResult {
  /** Zero where the readers are here already, or none of the stories. */
  readonly readers: number;
  readonly comments: number;
}

const minute = 60_000;
const day = 86_400_000;

/**
 * Let the readers of the sample newsroom have said what they say, as they would: registered, posted and judged, each at
 * its time after the story came out. All of it or nothing; who is here already stays as they are.
 */
export async function loadForum({ database, clock, config }: ForumOptions): Promise<ForumResult> {
  return database.write(async (tx) => {
    const known = await tx.db
      .selectFrom('reader')
      .select('id')
      .where('email', 'like', `%${sampleMail}`)
      .limit(1)
      .executeTakeFirst();
    const stories = known ? [] : await findStories(tx);
    if (stories.length === 0) return { readers: 0, comments: 0 };
    const cast = new Map<string, Reader>();
    for (const one of sampleReaders) cast.set(one.handle, await register(tx, one, config.NAME));
    const forum = new Forum(tx, { cast, now: clock.now(), zone: config.ZONE });
    await forum.hold(stories);
    for (const one of sampleReaders) await forum.follow(one);
    return { readers: cast.size, comments: forum.count };
  });
}

interface Talked {
  readonly talk: SampleTalk;
  readonly story: TalkStory;
}

/** Conversations of stories that are public; an editor may have taken one down. */
async function findStories({ db }: Transaction): Promise<Talked[]> {
  const found: Talked[] = [];
  for (const talk of talks) {
    const story = await findImported(db, sampleSource, talk.story);
    if (story?.state === 'published') found.push({ talk, story: await findTalkStory(db, 'id', story.id) });
  }
  return found;
}

/** The same transaction at another time. */
function at(tx: Transaction, now: number): Transaction {
  return { ...tx, now };
}

async function register(tx: Transaction, one: SampleReader, paper: string): Promise<Reader> {
  const then = at(tx, tx.now - one.since * day);
  const { id } = await createReader(then, { email: one.handle + sampleMail });
  if (one.roles.length > 0) await setReaderRoles(then, { id, roles: one.roles });
  const profile = { reader: id, name: one.name, bio: one.bio, hasSeenGuidelines: true };
  const rules = { paper, takenNames: [], dayOf: String };
  try {
    await saveProfile(then, { ...profile, handle: one.handle }, rules);
  } catch (error) {
    // Somebody here has this handle: one is made from the name.
    if (!(error instanceof AppError && error.fields?.handle)) throw error;
    await saveProfile(then, { ...profile, handle: '' }, rules);
  }
  const lastDay = new Date(tx.now).toISOString().slice(0, 10);
  await tx.db
    .updateTable('reader')
    .set({ days_active: one.daysActive, last_active_day: lastDay })
    .where('id', '=', id)
    .execute();
  return (await findReader(tx.db, id))!;
}

/** A comment with all that is known of its place. */
interface Said {
  readonly comment: SampleComment;
  readonly parent: SampleComment | undefined;
  readonly story: TalkStory;
  /** Milliseconds UTC. */
  readonly time: number;
}

class Forum {
  /** Comments that everyone sees. */
  count = 0;
  readonly #tx: Transaction;
  readonly #cast: ReadonlyMap<string, Reader>;
  readonly #now: number;
  readonly #zone: string;
  readonly #posted = new Map<SampleComment, { readonly id: string; readonly code: string }>();

  constructor(
    tx: Transaction,
    { cast, now, zone }: { cast: ReadonlyMap<string, Reader>; now: number; zone: string },
  ) {
    this.#tx = tx;
    this.#cast = cast;
    this.#now = now;
    this.#zone = zone;
  }

  /** Have all conversations, in the order of time across them: that is how limits on their writers count. */
  async hold(all: readonly Talked[]): Promise<void> {
    const said = all.flatMap(({ talk, story }) => this.#said(talk.comments, story));
    const late = all.flatMap(({ talk, story }) => this.#said(talk.late ?? [], story));
    for (const each of [...said, ...late].sort((a, b) => a.time - b.time)) {
      if (late.includes(each)) await this.#settle(all, each.story);
      await this.#post(each);
    }
    for (const { story } of all) await this.#settle(all, story);
    for (const each of said) await this.#after(each);
    await this.#recommend(said);
    for (const { story } of all) await recountStory(this.#tx, story.id);
  }

  async #settle(all: readonly Talked[], story: TalkStory): Promise<void> {
    const stands = all.find((each) => each.story === story)?.talk.stands;
    if (stands) await setThread(this.#tx, story.id, stands);
  }

  /** All at once, and counted after: hundreds of commands would take longer than all else. */
  async #recommend(said: readonly Said[]): Promise<void> {
    const rows = said.flatMap(({ comment, time }) => {
      const posted = comment.isDeleted ? undefined : this.#posted.get(comment);
      return this.#audience(comment)
        .slice(0, posted ? comment.recommends : 0)
        .map(({ id }) => ({
          comment_id: posted!.id,
          reader_id: id,
          at: Math.min(time + 2 * minute, this.#now),
        }));
    });
    if (rows.length > 0) await this.#tx.db.insertInto('comment_recommend').values(rows).execute();
  }

  async follow({ handle, follows }: SampleReader): Promise<void> {
    const reader = this.#cast.get(handle)!;
    const { readers = [], authors = [], topics = [], stories = [] } = follows;
    const { db } = this.#tx;
    const targets: FollowTarget[] = readers.map((other) => ({
      kind: 'reader',
      target: this.#cast.get(other)!.id,
    }));
    for (const slug of authors)
      if (await findAuthor(db, slug)) targets.push({ kind: 'author', target: slug });
    for (const slug of topics) if (await findTopic(db, slug)) targets.push({ kind: 'topic', target: slug });
    for (const slug of stories) {
      const story = await findImported(db, sampleSource, slug);
      if (story?.state === 'published') targets.push({ kind: 'story', target: story.id });
    }
    for (const target of targets) await followTarget(at(this.#tx, this.#now - day), reader, target);
  }

  #said(comments: readonly SampleComment[], story: TalkStory): Said[] {
    return comments.flatMap(branchOf).map((comment) => ({
      comment,
      parent: comments.flatMap(branchOf).find(({ replies }) => replies.includes(comment)),
      story,
      time: Math.min(story.publishedAt + comment.after * minute, this.#now),
    }));
  }

  async #post({ comment, parent, story, time }: Said): Promise<void> {
    const { db } = this.#tx;
    const reader = this.#cast.get(comment.by)!;
    const answered = parent && this.#posted.get(parent)?.code;
    // The rules of this site may keep one back: nobody answers it then.
    if (parent && answered === undefined) return;
    const outcome = await postComment(at(this.#tx, time), {
      story,
      reader,
      prepared: await prepareComment(db, comment.text, reader.id),
      parent: answered,
      isConfirmed: true,
      zone: this.#zone,
    });
    if (outcome.kind !== 'posted') return;
    this.#posted.set(comment, outcome);
    this.count += 1;
  }

  /** What became of a comment: edited, picked, taken back. */
  async #after({ comment, story, time }: Said): Promise<void> {
    const code = this.#posted.get(comment)?.code;
    if (code === undefined) return;
    const reader = this.#cast.get(comment.by)!;
    const soon = at(this.#tx, Math.min(time + 2 * minute, this.#now));
    if (comment.edited !== undefined) {
      const prepared = await prepareComment(this.#tx.db, comment.edited, reader.id);
      await editComment(soon, { code, story, reader, prepared, isConfirmed: true, zone: this.#zone });
    }
    if (comment.isPicked) await pickComment(soon, { code, isPicked: true });
    if (comment.isDeleted) {
      await deleteComment(this.#tx, { code, reader: reader.id });
      this.count -= 1;
    }
  }

  /** All others, beginning with another one for each comment. */
  #audience({ by, after }: SampleComment): Reader[] {
    const others = sampleReaders.filter(({ handle }) => handle !== by).map(({ handle }) => handle);
    const from = (after * 7) % others.length;
    return [...others.slice(from), ...others.slice(0, from)].map((handle) => this.#cast.get(handle)!);
  }
}
