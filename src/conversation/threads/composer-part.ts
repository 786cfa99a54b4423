import type { JudgementReason } from '../../moderation/index.ts';
import { attributes, html, raw, type Html } from '../../site/html.ts';
import { nameOf } from '../reader-pages/name-part.ts';
import type { TalkStory } from './talked-of.ts';
import type { ThreadComment } from './threads.ts';
import { threadsText as words } from './text.ts';

export interface ComposerOptions {
  readonly story: Pick<TalkStory, 'id' | 'code'>;
  /** What is answered; undefined at the top level. */
  readonly parent?: Pick<ThreadComment, 'id' | 'code' | 'author' | 'originAuthor'> | undefined;
  /** What is changed, instead of writing anew. */
  readonly edits?: Pick<ThreadComment, 'id' | 'code'> | undefined;
  readonly text?: string;
  /** The same for each time that this form is sent; '' on a page that is the same for everyone. */
  readonly key: string;
  /** Most characters that a comment may have. */
  readonly most: number;
  readonly isSignedIn: boolean;
  /** Why it was not posted. */
  readonly problems?: readonly Pick<JudgementReason, 'code' | 'message'>[];
  /** The problems are such that it can be posted all the same. */
  readonly isNudge?: boolean;
  /** Safe HTML of a comment, shown above. */
  readonly preview?: string | undefined;
}

/** Where a comment is written, answered or changed; it comes back with what was typed and what is wrong with it. */
export function composerPart(options: ComposerOptions): Html {
  const { story, parent, edits, text = '', key, most, problems = [], isNudge } = options;
  const id = `write-${edits?.code ?? parent?.code ?? story.code}`;
  const place = `${story.id}:${edits ? `edit-${edits.id}` : (parent?.id ?? '')}`;
  const label = parent ? words.yourReply(nameOf(parent.author, parent.originAuthor)) : words.yourComment;
  const said =
    problems.length > 0 &&
    html`<div class="problem" id="${`${id}-problem`}" role="alert"><b>${isNudge ? words.nudgeTitle : words.problemTitle}</b>${problems.map(({ code, message }) => html`<p data-code="${code}">${message}</p>`)}</div>`;
  const preview =
    options.preview !== undefined &&
    html`<div class="preview" data-result><p class="meta">${words.previewTitle}</p><div class="comment-text" dir="auto">${options.preview === '' ? html`<p>${words.emptyPreview}</p>` : raw(options.preview)}</div></div>`;
  const hidden = edits
    ? undefined
    : html`<input type="hidden" name="story" value="${story.code}">${parent && html`<input type="hidden" name="parent" value="${parent.code}">`}<input type="hidden" name="key" value="${key}">`;
  const send = edits ? words.save : parent ? words.postReply : words.post;
  const action = edits ? `/comments/${edits.code}/edit` : '/comments';
  return html`<comment-composer class="composer" data-flow data-draft="${place}" data-find="/comments/mentions" data-choices="${words.mentionChoices}">${preview}<form action="${action}" method="post" data-inline>${hidden}<label for="${id}">${label}</label><textarea id="${id}" name="text" rows="4" dir="auto"${attributes({ required: true, 'aria-describedby': said ? `${id}-problem ${id}-help` : `${id}-help`, 'aria-invalid': said && !isNudge && 'true' })}>${text}</textarea>${said}<p class="help" id="${`${id}-help`}">${words.marks}</p><div class="composer-end"><span class="meta" data-length="${most}">${words.length(most)}</span>${!options.isSignedIn && html`<span class="meta">${words.signInNote}</span>`}<a href="/guidelines">${words.guidelines}</a><button class="pill" formaction="/comments/preview"${attributes({ name: edits && 'edits', value: edits?.code })}>${words.preview}</button>${isNudge && html`<button class="pill" name="confirmed" value="1">${words.postAsItStands}</button>`}<button class="pill main">${send}</button></div></form></comment-composer>`;
}
