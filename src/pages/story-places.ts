import type { Request } from '../platform/http/route-table.ts';
import type { Html } from '../site/html.ts';
import type { StoryView } from './story-view.ts';

/** A part that another domain puts into a story's page, made for each story. */
export type StoryPlace = (view: StoryView, request: Request) => Promise<Html | undefined> | Html | undefined;

/** Where the parts of other domains stand on a story's page; `main.ts` says what stands there. */
export interface StoryPlaces {
  /** Beside the byline: the way to the conversation, alerts. */
  readonly top?: readonly StoryPlace[];
  /** Within the text, after a good part of it, and never in a short or a sensitive story. */
  readonly inText?: readonly StoryPlace[];
  /** Under the text, before what to read next: follow, alerts, appeals. */
  readonly end?: readonly StoryPlace[];
  /** Last of the story: the conversation. */
  readonly conversation?: readonly StoryPlace[];
}

/** What stands in one place, in order. */
export async function placed(
  parts: readonly StoryPlace[] | undefined,
  view: StoryView,
  request: Request,
): Promise<readonly (Html | undefined)[]> {
  return Promise.all((parts ?? []).map((part) => part(view, request)));
}
