import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { findReaderCards, type ReaderCard } from '../../readers/index.ts';
import { isUnseen, type Relations } from '../follows/follow.ts';

/** A comment outside its thread, with what it stands under: on the Following page, a reader's page, in the inbox. */
export interface Entry {
  readonly id: string;
  readonly code: string;
  /** Milliseconds UTC. */
  readonly at: number;
  /** Rendered and sanitised when it was written. */
  readonly html: string;
  readonly text: string;
  readonly author: ReaderCard | undefined;
  /** Of one who wrote it elsewhere. */
  readonly originAuthor: string | undefined;
  readonly isEdited: boolean;
  readonly isPicked: boolean;
  readonly recommends: number;
  readonly replies: number;
  readonly story: {
    readonly id: string;
    readonly headline: string;
    readonly path: string;
    readonly language: string;
    readonly direction: 'ltr' | 'rtl';
  };
  /** What it replies to, as far as it may be seen. */
  readonly parent: EntryParent | undefined;
}

export interface EntryParent {
  readonly id: string;
  readonly code: string;
  readonly author: ReaderCard | undefined;
  readonly originAuthor: string | undefined;
  readonly text: string;
  /** False for what was taken away, and for what this reader does not see: only that it is a reply is told. */
  readonly isSeen: boolean;
}

/**
 * Comments with their context by their ids, in two queries; what not everyone can see is left out, and what is written by
 * whom the viewer does not see.
 */
export async function loadEntries(
  db: Kysely<Tables>,
  ids: readonly string[],
  relations: Relations,
): Promise<ReadonlyMap<string, Entry>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('comment')
    .innerJoin('story', 'story.id', 'comment.story_id')
    .leftJoin('comment as parent', 'parent.id', 'comment.parent_id')
    .select([
      'comment.id',
      'comment.code',
      'comment.created_at',
      'comment.edited_at',
      'comment.html',
      'comment.text',
      'comment.author_id',
      'comment.origin_author',
      'comment.picked_at',
      'comment.recommends',
      'comment.replies',
      'story.id as story_id',
      'story.headline',
      'story.path',
      'story.language',
      'story.direction',
      'parent.id as parent_id',
      'parent.code as parent_code',
      'parent.text as parent_text',
      'parent.state as parent_state',
      'parent.author_id as parent_author',
      'parent.origin_author as parent_origin_author',
    ])
    .where('comment.id', 'in', ids)
    .where('comment.state', '=', 'visible')
    .where('story.state', '=', 'published')
    .execute();
  const seen = rows.filter((row) => !isUnseen(relations, row.author_id ?? undefined));
  const cards = await findReaderCards(
    db,
    seen.flatMap((row) => [row.author_id, row.parent_author].flatMap((id) => id ?? [])),
  );
  const cardOf = (id: string | null) => (id === null ? undefined : cards.get(id));
  return new Map(
    seen.map((row) => {
      const isSeen = row.parent_state === 'visible' && !isUnseen(relations, row.parent_author ?? undefined);
      const parent = row.parent_id !== null && {
        id: row.parent_id,
        code: row.parent_code!,
        author: isSeen ? cardOf(row.parent_author) : undefined,
        originAuthor: isSeen ? (row.parent_origin_author ?? undefined) : undefined,
        text: isSeen ? row.parent_text! : '',
        isSeen,
      };
      const entry: Entry = {
        id: row.id,
        code: row.code,
        at: row.created_at,
        html: row.html,
        text: row.text,
        author: cardOf(row.author_id),
        originAuthor: row.origin_author ?? undefined,
        isEdited: row.edited_at !== null,
        isPicked: row.picked_at !== null,
        recommends: row.recommends,
        replies: row.replies,
        story: {
          id: row.story_id,
          headline: row.headline,
          path: row.path!,
          language: row.language,
          direction: row.direction as 'ltr' | 'rtl',
        },
        parent: parent || undefined,
      };
      return [row.id, entry];
    }),
  );
}
