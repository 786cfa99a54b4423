import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import { redirect } from '../../platform/http/answers.ts';
import type { Answer, Identity, Request } from '../../platform/http/route-table.ts';
import { askForName, askToSignIn, returnPath, type IntentHandler } from '../../readers/index.ts';
import type { DomainContext } from '../../site/context.ts';
import { html } from '../../site/html.ts';
import { nameOf } from '../reader-pages/name-part.ts';
import {
  commentForm,
  formPage,
  parse,
  placeOf,
  problemsBefore,
  submitComment,
  submitEdit,
  type CommentForm,
} from './comment-form.ts';
import { commentPath } from './comment.ts';
import { recommendPart } from './comment-part.ts';
import { deleteComment } from './delete-comment.ts';
import { isEditable, noComment, ownComment } from './own-comment.ts';
import { pickComment } from './pick-comment.ts';
import { mayPick } from './policy.ts';
import { prepareComment } from './prepare-comment.ts';
import { recommendComment } from './recommend-comment.ts';
import { findStoryOf, findTalkStory } from './talked-of.ts';
import { threadsText as words } from './text.ts';
import { findComments, recommendedOf, type ThreadComment } from './threads.ts';

/** `POST /comments`: posts, or asks whoever is not signed in to do so first; the comment is posted then. */
export async function answerPost(context: DomainContext, request: Request): Promise<Answer> {
  const form = parse(commentForm, request.body);
  const { identity } = request;
  if (identity?.reader.handle !== undefined) return post(context, request, identity, form);
  const place = await placeOf(context, form);
  const problems = await problemsBefore(context, place, form);
  if (problems.length > 0)
    return formPage(context, request, { ...place, text: form.text, key: form.key, problems, status: 422 });
  const { story, parent, text } = form;
  const key = form.key || crypto.randomUUID();
  const intent = { kind: 'comment', data: { story, parent, text, key }, needsName: true };
  const ask = { intent, to: `${place.story.path}#conversation` };
  return identity ? askForName(context, request, ask) : askToSignIn(context, request, ask);
}

/** Posts what somebody wrote before signing in. */
export function commentIntent(context: DomainContext): IntentHandler {
  return async (request, identity, { data }) => {
    const form = parse(commentForm, data);
    const answer = await post(context, { ...request, identity }, identity, form);
    const to = answer.status === 303 ? answer.headers?.location : undefined;
    return to === undefined ? { answer } : { to };
  };
}

async function post(
  context: DomainContext,
  request: Request,
  { reader }: Identity,
  form: CommentForm,
): Promise<Answer> {
  const place = await placeOf(context, form);
  const again = { ...place, text: form.text, key: form.key };
  try {
    const outcome = await submitComment(context, reader, place, form);
    if (outcome.kind === 'posted' || outcome.kind === 'held')
      return redirect(commentPath(place.story.path, outcome.code), 303, { noStore: true });
    const { reasons, kind } = outcome;
    return await formPage(context, request, {
      ...again,
      problems: reasons,
      isNudge: kind === 'nudge',
      status: 422,
    });
  } catch (error) {
    // What was typed is not lost by what became of the comment that it answers.
    if (!(error instanceof AppError)) throw error;
    const { code, message, status } = error;
    return formPage(context, request, { ...again, problems: [{ code, message }], status });
  }
}

/** `/comments/new`: the form by itself, for a comment or a reply. */
export async function newPage(context: DomainContext, request: Request): Promise<Answer> {
  const { query } = request;
  const parentCode = query.get('parent') ?? undefined;
  const [parent] =
    parentCode === undefined ? [] : await findComments(context.database.read, 'code', [parentCode]);
  if (parentCode !== undefined && parent?.state !== 'visible') throw noComment();
  const db = context.database.read;
  const story = parent
    ? await findStoryOf(db, parent.storyId)
    : await findTalkStory(db, 'code', query.get('story') ?? '');
  const text = parent && query.get('quote') === '1' ? quoteOf(parent.text) : '';
  return formPage(context, request, { story, parent, text });
}

function quoteOf(text: string): string {
  const lines = text.split('\n').map((line) => `> ${line}`.trimEnd());
  return `${lines.join('\n')}\n\n`;
}

const previewForm = commentForm.partial({ story: true }).extend({ edits: z.string().max(20).optional() });

/** `POST /comments/preview`: the form again, with how it will look. */
export async function answerPreview(context: DomainContext, request: Request): Promise<Answer> {
  const form = parse(previewForm, request.body);
  const { identity } = request;
  const prepared = await prepareComment(context.database.read, form.text, identity?.id);
  const common = { text: form.text, key: form.key, preview: prepared.html };
  if (form.edits !== undefined) {
    if (!identity) throw noComment();
    const { edits, story } = await ownPlace(context, form.edits, identity);
    return formPage(context, request, { story, parent: undefined, edits, ...common });
  }
  const place = await placeOf(context, parse(commentForm, request.body));
  return formPage(context, request, { ...place, ...common });
}

async function ownPlace(context: DomainContext, code: string, { id, reader }: Identity) {
  const db = context.database.read;
  const comment = await ownComment(db, code, id);
  const story = await findStoryOf(db, comment.story_id);
  const edits: Pick<ThreadComment, 'id' | 'code'> = { id: comment.id, code };
  return { comment, story, edits: edits as ThreadComment, reader };
}

/** `/comments/{code}/edit` */
export async function editPage(context: DomainContext, request: Request): Promise<Answer> {
  const { comment, story, edits } = await ownPlace(context, request.params.code!, request.identity!);
  const isLate = !isEditable(comment, request.identity!.id, context.clock.now());
  if (isLate) throw new AppError('comment.too-late-to-edit', words.problem.tooLateToEdit, { status: 409 });
  return formPage(context, request, { story, parent: undefined, edits, text: comment.source });
}

const editForm = z.object({ text: commentForm.shape.text, confirmed: z.literal('1').optional() });

/** `POST /comments/{code}/edit` */
export async function answerEdit(context: DomainContext, request: Request): Promise<Answer> {
  const form = parse(editForm, request.body);
  const { comment, story, edits, reader } = await ownPlace(context, request.params.code!, request.identity!);
  const again = { story, parent: undefined, edits, text: form.text };
  try {
    const outcome = await submitEdit(context, reader, {
      code: comment.code,
      id: comment.id,
      story,
      text: form.text,
      isConfirmed: form.confirmed === '1',
    });
    if (outcome.kind === 'posted' || outcome.kind === 'held')
      return redirect(commentPath(story.path, comment.code), 303, { noStore: true });
    return await formPage(context, request, {
      ...again,
      problems: outcome.reasons,
      isNudge: outcome.kind === 'nudge',
      status: 422,
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.status === 404) throw error;
    const { code, message, status } = error;
    return formPage(context, request, { ...again, problems: [{ code, message }], status });
  }
}

/** `/comments/{code}/delete`: asks once more, as it cannot be undone. */
export async function deletePage(context: DomainContext, request: Request): Promise<Answer> {
  const { comment, story } = await ownPlace(context, request.params.code!, request.identity!);
  const back = commentPath(story.path, comment.code);
  return context.frame(request, {
    title: words.deleteTitle,
    canonical: `/comments/${comment.code}/delete`,
    main: html`<div class="wrap step" data-flow><h1 tabindex="-1">${words.deleteTitle}</h1><blockquote class="reported">${comment.text}</blockquote><p class="lede">${words.deleteNote}</p><form class="actions" method="post" action="/comments/${comment.code}/delete"><button class="pill main grave">${words.deleteNow}</button><a class="pill" href="${back}">${words.keepIt}</a></form></div>`,
    kind: 'write',
    robots: 'noindex',
    noStore: true,
  });
}

/** `POST /comments/{code}/delete` */
export async function answerDelete(context: DomainContext, request: Request): Promise<Answer> {
  const { code } = request.params;
  const { story } = await ownPlace(context, code!, request.identity!);
  await context.database.write((tx) => deleteComment(tx, { code: code!, reader: request.identity!.id }));
  return redirect(`${story.path}#conversation`, 303, { noStore: true });
}

const recommendForm = z.object({ act: z.enum(['recommend', 'withdraw']) });

/** `POST /comments/{code}/recommend`; whoever is not signed in does so first. */
export async function answerRecommend(context: DomainContext, request: Request): Promise<Answer> {
  const { act } = parse(recommendForm, request.body);
  const code = request.params.code!;
  const [comment] = await findComments(context.database.read, 'code', [code]);
  if (comment?.state !== 'visible') throw noComment();
  const story = await findStoryOf(context.database.read, comment.storyId);
  const { identity } = request;
  const to = backTo(context, request, code, commentPath(story.path, code));
  if (!identity)
    return askToSignIn(context, request, { intent: { kind: 'recommend', data: { code, to } }, to });
  await context.database.write((tx) =>
    recommendComment(tx, { code, reader: identity.reader, isOn: act === 'recommend' }),
  );
  const isScript = request.headers['sec-fetch-dest'] === 'empty';
  return redirect(isScript ? `/comments/${code}/recommend` : to, 303, { noStore: true });
}

/** The page from which a button was pressed, at the comment. */
function backTo({ config }: DomainContext, { headers }: Request, code: string, other: string): string {
  const { referer } = headers;
  if (typeof referer !== 'string' || !referer.startsWith(`${config.origin}/`)) return other;
  const { pathname, search } = new URL(referer);
  const isOurs = /\/comments\/|^\/\d{4}\//.test(pathname);
  return isOurs ? returnPath(config.origin, `${pathname}${search}#comment-${code}`) : other;
}

/** Recommends what somebody wanted to before signing in. */
export function recommendIntent(context: DomainContext): IntentHandler {
  return async (_request, { reader }, { data }) => {
    const { code, to } = parse(z.object({ code: z.string().max(20), to: z.string().max(2000) }), data);
    try {
      await context.database.write((tx) => recommendComment(tx, { code, reader, isOn: true }));
    } catch (error) {
      // Who signed in to recommend their own, or one that is gone meanwhile, is signed in all the same.
      if (!(error instanceof AppError)) throw error;
    }
    return { to: returnPath(context.config.origin, to) };
  };
}

/** `/comments/{code}/recommend`: the button by itself, as it stands for whoever asks. */
export async function recommendPage(context: DomainContext, request: Request): Promise<Answer> {
  const db = context.database.read;
  const [comment] = await findComments(db, 'code', [request.params.code!]);
  if (comment?.state !== 'visible') throw noComment();
  const story = await findStoryOf(db, comment.storyId);
  const { identity } = request;
  const recommended = identity ? await recommendedOf(db, identity.id, [comment.id]) : new Set();
  const part = recommendPart(comment, {
    name: nameOf(comment.author, comment.originAuthor),
    isMine: identity !== undefined && comment.authorId === identity.id,
    isOn: recommended.has(comment.id),
  });
  return context.frame(request, {
    title: words.recommendTitle,
    canonical: `/comments/${comment.code}/recommend`,
    main: html`<div class="wrap step"><h1 tabindex="-1">${words.recommendTitle}</h1>${part}<p><a class="text-link" href="${commentPath(story.path, comment.code)}">${words.seeIt}</a></p></div>`,
    kind: 'write',
    robots: 'noindex',
    noStore: true,
  });
}

const pickForm = z.object({ act: z.enum(['pick', 'unpick']) });

/** `POST /comments/{code}/pick`; to others than the newsroom there is no such thing. */
export async function answerPick(context: DomainContext, request: Request): Promise<Answer> {
  if (!mayPick(request.identity!.reader, context.clock.now())) throw noComment();
  const { act } = parse(pickForm, request.body);
  const code = request.params.code!;
  const [comment] = await findComments(context.database.read, 'code', [code]);
  if (!comment) throw noComment();
  const story = await findStoryOf(context.database.read, comment.storyId);
  await context.database.write((tx) => pickComment(tx, { code, isPicked: act === 'pick' }));
  return redirect(backTo(context, request, code, commentPath(story.path, code)), 303, { noStore: true });
}
