/** What a sample reader says under a story of the sample newsroom. */
export interface SampleComment {
  /** Handle of a sample reader. */
  readonly by: string;
  /** Minutes after the story appeared. */
  readonly after: number;
  /** As it is typed. */
  readonly text: string;
  readonly recommends: number;
  readonly isPicked: boolean;
  /** What it says since its writer edited it. */
  readonly edited: string | undefined;
  /** Its writer took it back, once it was answered. */
  readonly isDeleted: boolean;
  readonly replies: readonly SampleComment[];
}

/** The conversation under one story. */
export interface SampleTalk {
  /** Slug of the story. */
  readonly story: string;
  readonly comments: readonly SampleComment[];
  /** How the conversation stands once all that was said. */
  readonly stands?: { readonly state: 'premoderated' | 'closed'; readonly note: string };
  /** Said after that. */
  readonly late?: readonly SampleComment[];
}

interface More {
  readonly recommends?: number;
  readonly isPicked?: boolean;
  readonly edited?: string;
  readonly isDeleted?: boolean;
}

/** A comment, with those that answer it. */
export function say(
  by: string,
  after: number,
  text: string,
  ...rest: readonly (More | SampleComment)[]
): SampleComment {
  const replies = rest.filter((each): each is SampleComment => 'by' in each);
  const more: More = rest.find((each) => !('by' in each)) ?? {};
  return {
    by,
    after,
    text,
    recommends: more.recommends ?? 0,
    isPicked: more.isPicked ?? false,
    edited: more.edited,
    isDeleted: more.isDeleted ?? false,
    replies,
  };
}

/** A comment and all below it. */
export function branchOf(comment: SampleComment): SampleComment[] {
  return [comment, ...comment.replies.flatMap(branchOf)];
}
