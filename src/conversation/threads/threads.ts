import { sql, type ExpressionBuilder, type Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { AppError } from '../../platform/errors.ts';
import { cardFromRow, type ReaderCard } from '../../readers/index.ts';
import { pathAfter, pathsAbove, type CommentSort, type CommentState } from './comment.ts';

/** A comment as a page of its thread shows it. */
export interface ThreadComment {
  readonly id: string;
  readonly code: string;
  readonly storyId: string;
  readonly parentId: string | undefined;
  readonly rootId: string;
  readonly path: string;
  readonly depth: number;
  readonly state: CommentState;
  /** Safe HTML; empty where readers see a tombstone. */
  readonly html: string;
  readonly text: string;
  /** Milliseconds UTC. */
  readonly createdAt: number;
  readonly editedAt: number | undefined;
  readonly version: number;
  readonly recommends: number;
  readonly replies: number;
  readonly branch: number;
  readonly isPicked: boolean;
  readonly authorId: string | undefined;
  /** Undefined for a tombstone, one from elsewhere and one whose author has left. */
  readonly author: ReaderCard | undefined;
  readonly originAuthor: string | undefined;
}

/** A comment with what is shown below it. */
export interface ThreadNode {
  readonly comment: ThreadComment;
  readonly replies: ThreadNode[];
  /** Visible comments below that this page leaves out; told at the top of a branch. */
  readonly folded: number;
}

/** A page of the top level. */
export interface ThreadPage {
  readonly nodes: readonly ThreadNode[];
  /** Cursor of the next page. */
  readonly next: string | undefined;
}

/** Comments on one page of a thread, replies too. */
export const mostOnPage = 50;
/** Of each branch only so many replies, the first that came, stand on a page of the top level. */
const firstReplies = 5;
/** Comments on one page of a branch. */
const mostOfBranch = 100;

const columns = [
  'comment.id as comment_id',
  'comment.code',
  'comment.story_id',
  'comment.parent_id',
  'comment.root_id',
  'comment.path',
  'comment.depth',
  'comment.state as comment_state',
  'comment.html',
  'comment.text',
  'comment.created_at as posted_at',
  'comment.edited_at',
  'comment.version',
  'comment.recommends',
  'comment.replies',
  'comment.branch',
  'comment.best',
  'comment.picked_at',
  'comment.author_id',
  'comment.origin_author',
  'reader.id as id',
  'reader.handle',
  'reader.name',
  'reader.picture',
  'reader.roles',
  'reader.state as state',
  'reader.created_at as created_at',
] as const;

const rowsOf = (db: Kysely<Tables>) =>
  db.selectFrom('comment').leftJoin('reader', 'reader.id', 'comment.author_id').select(columns);
type Row = Awaited<ReturnType<ReturnType<typeof rowsOf>['execute']>>[number];

/**
 * A page of the comments under a story: the top level in the order asked for, each with the first replies of its
 * branch. Two queries, whatever the size of the conversation.
 * @param list.after `next` of the page before
 * @throws AppError `list.bad-cursor`
 */
export async function listThread(
  db: Kysely<Tables>,
  list: { readonly story: string; readonly sort: CommentSort; readonly after?: string | undefined },
): Promise<ThreadPage> {
  const column = list.sort === 'best' ? 'best' : 'created_at';
  const isDown = list.sort !== 'oldest';
  let query = rowsOf(db)
    .where('comment.story_id', '=', list.story)
    .where('comment.parent_id', 'is', null)
    .where('comment.shown', '=', sql.lit(1));
  if (list.after !== undefined) {
    const { at, id } = readCursor(list.after);
    query = query.where(
      sql<boolean>`(${sql.ref(`comment.${column}`)}, comment.id) ${sql.raw(isDown ? '<' : '>')} (${at}, ${id})`,
    );
  }
  const rows = await query
    .orderBy(`comment.${column}`, isDown ? 'desc' : 'asc')
    .orderBy('comment.id', isDown ? 'desc' : 'asc')
    .limit(mostOnPage + 1)
    .execute();
  const roots: Row[] = [];
  let room = mostOnPage;
  for (const row of rows) {
    room -= 1 + Math.min(row.branch, firstReplies);
    if (roots.length > 0 && room < 0) break;
    roots.push(row);
  }
  const last = roots.at(-1);
  const replies = await firstOfBranches(
    db,
    roots.filter(({ branch }) => branch > 0).map(({ comment_id }) => comment_id),
  );
  const byRoot = Map.groupBy(replies, ({ rootId }) => rootId);
  return {
    nodes: roots.map((row) => nest(fromRow(row), byRoot.get(row.comment_id) ?? [], row.branch)),
    next:
      roots.length < rows.length && last
        ? `${list.sort === 'best' ? last.best : last.posted_at}.${last.comment_id}`
        : undefined,
  };
}

/** The first replies to come of each branch: whatever they answer is among them. */
async function firstOfBranches(db: Kysely<Tables>, roots: readonly string[]): Promise<ThreadComment[]> {
  if (roots.length === 0) return [];
  const rows = await rowsOf(db)
    .where('comment.root_id', 'in', roots)
    .where('comment.seq', '>=', 1)
    .where('comment.seq', '<=', firstReplies)
    .where('comment.shown', '=', sql.lit(1))
    .orderBy('comment.root_id')
    .orderBy('comment.path')
    .execute();
  return rows.map((row) => fromRow(row));
}

/** Put the comments of a branch, in the order of their paths, below each other. */
function nest(root: ThreadComment, below: readonly ThreadComment[], branch: number): ThreadNode {
  const visible = below.reduce((count, { state }) => count + (state === 'visible' ? 1 : 0), 0);
  const top: ThreadNode = { comment: root, replies: [], folded: Math.max(0, branch - visible) };
  const open: ThreadNode[] = [top];
  for (const comment of below) {
    const node: ThreadNode = { comment, replies: [], folded: 0 };
    while (open.length > 1 && !comment.path.startsWith(open.at(-1)!.comment.path)) open.pop();
    open.at(-1)!.replies.push(node);
    open.push(node);
  }
  return top;
}

/** One branch, or the part of it around one comment. */
export interface BranchPage {
  readonly root: ThreadNode;
  /** The comment asked for. */
  readonly target: ThreadComment;
  /** Cursor of what comes after in the branch. */
  readonly next: string | undefined;
  /** Whether the branch holds more than what is shown of it here. */
  readonly isPart: boolean;
}

/**
 * A comment in its place: a first comment with its whole branch, a page at a time; a reply with all that it answers and
 * what answers it. One that readers do not see is not found, one whose tombstone they see is.
 * @param find.after `next` of the page before, on the page of a first comment
 * @returns undefined where there is none
 */
export async function findBranch(
  db: Kysely<Tables>,
  find: {
    readonly story: string;
    readonly code: string;
    readonly after?: string | undefined;
    readonly viewer?: string | undefined;
  },
): Promise<BranchPage | undefined> {
  const row = await rowsOf(db)
    .where('comment.code', '=', find.code)
    .where('comment.story_id', '=', find.story)
    .where(isSeenBy(find.viewer))
    .executeTakeFirst();
  if (!row) return undefined;
  const target = fromRow(row, find.viewer);
  const isRoot = target.parentId === undefined;
  const after = find.after !== undefined && /^\d{1,72}$/.test(find.after) ? find.after : '';
  if (find.after !== undefined && after === '') throw badCursor();
  const below = await rowsOf(db)
    .where('comment.root_id', '=', row.root_id)
    .where(isSeenBy(find.viewer))
    .where((where) => (isRoot ? where('comment.path', '>', after) : around(where, target)))
    .orderBy('comment.path')
    .limit(mostOfBranch + 1)
    .execute();
  const comments = below.slice(0, mostOfBranch).map((each) => fromRow(each, find.viewer));
  const next = isRoot && below.length > mostOfBranch ? comments.at(-1)!.path : undefined;
  // A page further down begins within the branch: those above are told again, for where it is.
  const missing = after === '' ? [] : await namedAbove(db, row.root_id, comments[0]?.path ?? '');
  const all = isRoot ? [...missing, ...comments] : comments;
  const root = isRoot ? target : all.find(({ path }) => path === '')!;
  const others = all.filter(({ path }) => path !== '');
  const node = nest(root, others, root.branch);
  return {
    root: isRoot ? { ...node, folded: 0 } : node,
    target,
    next,
    isPart: !isRoot && (node.folded > 0 || below.length > mostOfBranch),
  };
}

/** What everybody sees, and what waits of the one who looks. */
const isSeenBy = (viewer: string | undefined) =>
  viewer === undefined
    ? sql<boolean>`comment.shown = 1`
    : sql<boolean>`(comment.shown = 1 or (comment.state = 'held' and comment.author_id = ${viewer}))`;

type Where = ExpressionBuilder<Tables & { comment: Tables['comment'] }, 'comment'>;

/** What a reply stands under, itself, and all that answers it; where paths end, what answers it directly. */
function around(where: Where, target: ThreadComment) {
  return where.or([
    where('comment.path', 'in', pathsAbove(target.path)),
    // All that begins with a path lies before the next one of its length.
    where.and([where('comment.path', '>=', target.path), where('comment.path', '<', pathAfter(target.path))]),
    where('comment.parent_id', '=', target.id),
    where('comment.id', '=', target.parentId ?? target.id),
  ]);
}

async function namedAbove(db: Kysely<Tables>, root: string, path: string): Promise<ThreadComment[]> {
  const above = pathsAbove(path).filter((each) => each !== '');
  if (above.length === 0) return [];
  const rows = await rowsOf(db)
    .where('comment.root_id', '=', root)
    .where('comment.path', 'in', above)
    .orderBy('comment.path')
    .execute();
  return rows.map((row) => fromRow(row));
}

/** Comments by their ids or codes as pages show them, those that readers see. */
export async function findComments(
  db: Kysely<Tables>,
  by: 'id' | 'code',
  values: readonly string[],
): Promise<ThreadComment[]> {
  if (values.length === 0) return [];
  const rows = await rowsOf(db)
    .where(`comment.${by}`, 'in', values)
    .where('comment.shown', '=', sql.lit(1))
    .execute();
  return rows.map((row) => fromRow(row));
}

/** One's own comments under a story that wait for moderators, the newest first; nobody else sees them. */
export async function listWaiting(
  db: Kysely<Tables>,
  story: string,
  reader: string,
): Promise<ThreadComment[]> {
  const rows = await rowsOf(db)
    .where('comment.author_id', '=', reader)
    .where('comment.story_id', '=', story)
    .where('comment.state', '=', 'held')
    .orderBy('comment.created_at', 'desc')
    .limit(10)
    .execute();
  return rows.map((row) => fromRow(row, reader));
}

/** Which of some comments a reader recommends. */
export async function recommendedOf(
  db: Kysely<Tables>,
  reader: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('comment_recommend')
    .select('comment_id')
    .where('reader_id', '=', reader)
    .where('comment_id', 'in', ids)
    .execute();
  return new Set(rows.map(({ comment_id }) => comment_id));
}

/** All comments of nodes, in the order in which they are read. */
export function commentsOf(nodes: readonly ThreadNode[]): ThreadComment[] {
  return nodes.flatMap((node) => [node.comment, ...commentsOf(node.replies)]);
}

/** @param viewer id of who looks; one's own comment that waits is seen by its author alone */
function fromRow(row: Row, viewer?: string): ThreadComment {
  // Of what is not visible nothing leaves this place but that it was there.
  const isVisible =
    row.comment_state === 'visible' ||
    (row.comment_state === 'held' && viewer !== undefined && row.author_id === viewer);
  return {
    id: row.comment_id,
    code: row.code,
    storyId: row.story_id,
    parentId: row.parent_id ?? undefined,
    rootId: row.root_id,
    path: row.path,
    depth: row.depth,
    state: row.comment_state as CommentState,
    html: isVisible ? row.html : '',
    text: isVisible ? row.text : '',
    createdAt: row.posted_at,
    editedAt: row.edited_at ?? undefined,
    version: row.version,
    recommends: isVisible ? row.recommends : 0,
    replies: row.replies,
    branch: row.branch,
    isPicked: isVisible && row.picked_at !== null,
    authorId: isVisible ? (row.author_id ?? undefined) : undefined,
    author:
      isVisible && row.id !== null
        ? cardFromRow({
            id: row.id,
            handle: row.handle,
            name: row.name!,
            picture: row.picture,
            roles: row.roles!,
            state: row.state!,
            created_at: row.created_at!,
          })
        : undefined,
    originAuthor: isVisible ? (row.origin_author ?? undefined) : undefined,
  };
}

function readCursor(cursor: string): { at: number; id: string } {
  const match = /^(-?\d{1,16})\.([0-9a-f-]{36})$/.exec(cursor);
  if (!match) throw badCursor();
  return { at: Number(match[1]), id: match[2]! };
}

function badCursor(): AppError {
  return new AppError('list.bad-cursor', 'This page of the list does not exist. Start at its top.');
}
