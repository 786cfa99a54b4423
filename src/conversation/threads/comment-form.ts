import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { Answer, Request } from '../../platform/http/route-table.ts';
import { askOutside, lengthOf, loadRulebook, type JudgementReason } from '../../moderation/index.ts';
import type { Reader } from '../../readers/index.ts';
import type { DomainContext } from '../../site/context.ts';
import { html } from '../../site/html.ts';
import { nameOf } from '../reader-pages/name-part.ts';
import { commentPart } from './comment-part.ts';
import { composerPart } from './composer-part.ts';
import { editComment } from './edit-comment.ts';
import { postComment, type PostOutcome } from './post-comment.ts';
import { mostTyped, prepareComment } from './prepare-comment.ts';
import { canWrite, linePart, nodesOptions } from './talk-part.ts';
import { findTalkStory, type TalkStory } from './talked-of.ts';
import { threadsText as words } from './text.ts';
import { loadThread } from './thread-state.ts';
import { findComments, type ThreadComment } from './threads.ts';

const code = z.string().regex(/^[a-z0-9]{4,20}$/);

/** The form of a new comment, as a browser sends it or as it was kept while its writer signed in. */
export const commentForm = z.object({
  story: code,
  parent: z.union([code, z.literal('').transform(() => undefined)]).optional(),
  text: z.string().max(mostTyped * 4),
  key: z.string().max(100).optional(),
  confirmed: z.literal('1').optional(),
});
export type CommentForm = z.infer<typeof commentForm>;

/** @throws AppError `comment.bad-form` */
export function parse<T>(schema: z.ZodType<T>, given: unknown): T {
  const result = schema.safeParse(given);
  if (!result.success) throw new AppError('comment.bad-form', words.problem.badForm, { status: 422 });
  return result.data;
}

/** What a form is about, as far as everybody may know it. */
export interface FormPlace {
  readonly story: TalkStory;
  readonly parent: ThreadComment | undefined;
}

/** @throws AppError as `findTalkStory` */
export async function placeOf(
  { database }: DomainContext,
  form: Pick<CommentForm, 'story' | 'parent'>,
): Promise<FormPlace> {
  const db = database.read;
  const story = await findTalkStory(db, 'code', form.story);
  const [parent] = form.parent === undefined ? [] : await findComments(db, 'code', [form.parent]);
  return { story, parent: parent?.state === 'visible' && parent.storyId === story.id ? parent : undefined };
}

/** Why a form cannot be sent on to the step in which its writer signs in: what is told now need not be told then. */
export async function problemsBefore(
  context: DomainContext,
  { story }: FormPlace,
  form: CommentForm,
): Promise<readonly JudgementReason[]> {
  const { database, clock, site } = context;
  const [{ settings }, thread] = await Promise.all([
    loadRulebook(database.read),
    loadThread(database.read, story, { now: clock.now(), zone: site.zone }),
  ]);
  const most = settings['length.most'];
  const length = lengthOf(form.text, most + 1);
  if (length > most)
    return [{ code: 'moderation.too-long', message: words.problem.tooLong(most), field: 'text' }];
  if (form.text.trim() === '')
    return [{ code: 'moderation.too-short', message: words.problem.empty, field: 'text' }];
  if (!canWrite(thread)) return [{ code: 'moderation.closed', message: words.state.closed }];
  return [];
}

/** Post what a reader wrote. @throws AppError as `postComment` */
export async function submitComment(
  context: DomainContext,
  reader: Reader,
  place: FormPlace,
  form: CommentForm,
): Promise<PostOutcome> {
  const { database, site, config, log, clock } = context;
  const prepared = await prepareComment(database.read, form.text, reader.id);
  const id = newId(clock.now());
  const { story } = place;
  const opinions = await askOutside(
    { config, database, log },
    {
      id,
      kind: 'comment',
      reader,
      story: { id: story.id, section: story.section, sensitive: story.sensitive },
      parent: place.parent?.id,
      source: prepared.source,
      text: prepared.text,
      links: prepared.links,
      thread: { state: 'open', slowSeconds: 0 },
      isConfirmed: form.confirmed === '1',
    },
  );
  return database.write((tx) =>
    postComment(tx, {
      id,
      story,
      parent: form.parent,
      reader,
      prepared,
      key: form.key || undefined,
      isConfirmed: form.confirmed === '1',
      opinions,
      zone: site.zone,
    }),
  );
}

/** Put other words into a reader's own comment. @throws AppError as `editComment` */
export async function submitEdit(
  context: DomainContext,
  reader: Reader,
  edit: {
    readonly code: string;
    readonly id: string;
    readonly story: TalkStory;
    readonly text: string;
    readonly isConfirmed: boolean;
  },
): Promise<PostOutcome> {
  const { database, site, config, log } = context;
  const { story } = edit;
  const prepared = await prepareComment(database.read, edit.text, reader.id);
  const opinions = await askOutside(
    { config, database, log },
    {
      id: edit.id,
      kind: 'edit',
      reader,
      story: { id: story.id, section: story.section, sensitive: story.sensitive },
      source: prepared.source,
      text: prepared.text,
      links: prepared.links,
      thread: { state: 'open', slowSeconds: 0 },
      isConfirmed: edit.isConfirmed,
    },
  );
  return database.write((tx) => editComment(tx, { ...edit, reader, prepared, opinions, zone: site.zone }));
}

/** A page with the form, whatever it is about and whatever has come of it so far. */
export async function formPage(
  context: DomainContext,
  request: Request,
  form: FormPlace & {
    readonly edits?: ThreadComment;
    readonly text?: string;
    /** Of the form that came; a new one when left out. */
    readonly key?: string | undefined;
    readonly problems?: readonly Pick<JudgementReason, 'code' | 'message'>[];
    readonly isNudge?: boolean;
    readonly preview?: string;
    readonly status?: number;
  },
): Promise<Answer> {
  const { database, clock, site } = context;
  const { story, parent, edits } = form;
  const [{ settings }, thread] = await Promise.all([
    loadRulebook(database.read),
    loadThread(database.read, story, { now: clock.now(), zone: site.zone }),
  ]);
  const title = edits
    ? words.editTitle
    : parent
      ? words.replyTitle(nameOf(parent.author, parent.originAuthor))
      : words.newTitle(story.headline);
  const options = nodesOptions(context, { story, thread, viewer: undefined });
  // Without its buttons: it stands there to be read.
  const answered =
    parent && html`<div class="answered">${commentPart(parent, { ...options, isBare: true })}</div>`;
  const composer = composerPart({
    story,
    parent,
    edits,
    text: form.text ?? '',
    // Signed in or not: this page is made for one browser.
    key: form.key || randomUUID(),
    most: settings['length.most'],
    isSignedIn: request.identity !== undefined,
    problems: form.problems ?? [],
    isNudge: form.isNudge ?? false,
    preview: form.preview,
  });
  const main = html`<div class="wrap step write"><p class="kicker"><a href="${`${story.path}#conversation`}">${story.headline}</a></p><h1 tabindex="-1">${title}</h1>${edits && html`<p class="lede">${words.editNote}</p>`}${linePart(context, thread)}${answered}${composer}<p><a class="text-link" href="${`${story.path}#conversation`}">${words.wholeConversation}</a></p></div>`;
  return context.frame(request, {
    title,
    canonical: `${story.path}/comments`,
    main,
    kind: 'write',
    islands: ['composer'],
    robots: 'noindex',
    noStore: true,
    status: form.status ?? 200,
  });
}
