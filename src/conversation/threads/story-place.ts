import type { Identity } from '../../platform/http/route-table.ts';
import type { Context } from '../../site/context.ts';
import { html, type Html } from '../../site/html.ts';
import type { Story } from '../../stories/index.ts';
import { canWrite, commentData, loadTalk, talkPart } from './talk-part.ts';
import type { TalkStory } from './talked-of.ts';
import { threadsText as words } from './text.ts';
import { loadThread, type StoryThread } from './thread-state.ts';
import { talkTags } from './thread-pages.ts';

/** What a conversation puts into the page of its story. */
export interface StoryTalk {
  /** Beside the byline: the way down to it. */
  readonly top: Html | undefined;
  readonly conversation: Html | undefined;
  readonly head: Html | undefined;
  readonly islands: readonly string[];
  readonly tags: readonly string[];
  /** Milliseconds UTC at which it stands otherwise. */
  readonly expiresAt: number | undefined;
}

/** The first page of the comments under a public story, whoever asks. */
export async function storyTalk(
  context: Context,
  story: Story & { readonly path: string; readonly published: { readonly at: number } },
  identity: Identity | undefined,
): Promise<StoryTalk> {
  const { database, clock, site } = context;
  const talked: TalkStory = {
    id: story.id,
    code: story.code,
    path: story.path,
    headline: story.headline,
    language: story.language,
    direction: story.direction,
    section: story.section,
    sensitive: story.sensitive,
    publishedAt: story.published.at,
  };
  const thread = await loadThread(database.read, talked, { now: clock.now(), zone: site.zone });
  const common = { expiresAt: thread.changesAt };
  if (isSilent(thread))
    return {
      ...common,
      tags: talkTags(story.id, []),
      top: undefined,
      conversation: undefined,
      head: undefined,
      islands: [],
    };
  const view = await loadTalk(context, talked, thread, { identity });
  return {
    ...common,
    tags: talkTags(story.id, view.page.nodes),
    top: html`<a class="to-talk" href="#conversation"><span data-total>${words.toConversation(thread.comments)}</span></a>`,
    conversation: talkPart(context, view),
    head: commentData(site.origin, view),
    islands: ['thread', 'composer'],
  };
}

/** A story that began without a conversation, and of which there is nothing to say. */
function isSilent(thread: StoryThread): boolean {
  return !canWrite(thread) && thread.comments === 0 && thread.because === 'sensitive' && thread.note === '';
}
