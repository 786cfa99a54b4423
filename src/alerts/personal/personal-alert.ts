import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { commentPath, findNotice, nameOf, shorten, type FoundNotice } from '../../conversation/index.ts';
import { findReader, findReaderCards, isSuspended, type Reader } from '../../readers/index.ts';
import type { AlertChannel, PersonalKind } from '../alert.ts';
import { channelFor } from '../preferences/choices.ts';
import { personalText as words } from './text.ts';

/** What a notice in the inbox is told as; what has no place here, such as a count of recommends, stands in the inbox alone. */
const kinds: Readonly<Record<string, PersonalKind>> = {
  reply: 'reply',
  mention: 'mention',
  pick: 'pick',
  follower: 'follower',
  decision: 'decision',
  follow: 'reader',
};

/** As what a notice is told. @param notice.kind of the inbox */
export function personalKindOf(notice: { readonly kind: string }): PersonalKind | undefined {
  return Object.hasOwn(kinds, notice.kind) ? kinds[notice.kind] : undefined;
}

/** Something for one reader, as it stands now. */
export interface PersonalAlert {
  readonly kind: PersonalKind;
  /** How the reader wants to be told of it now. */
  readonly channel: AlertChannel;
  readonly title: string;
  /** What a comment says and where; or what there is to do. */
  readonly body: string;
  /** Where it opens, on this site. */
  readonly path: string;
  /** At most 32 letters of base64url: the same thing, told again, takes its place. */
  readonly tag: string;
  /** Milliseconds UTC. */
  readonly at: number;
  /** The words of the comment and the headline that it stands under. */
  readonly comment: { readonly text: string; readonly headline: string } | undefined;
}

const quoteLength = 180;
/** Longer than any push message. */
const longestQuote = 600;

/**
 * What a notice tells its reader now: undefined once it was read, when what it is of is hidden, removed or from somebody
 * whom the reader does not see, and for an account that is not to be told anything.
 */
export async function personalAlert(
  db: Kysely<Tables>,
  asked: { readonly reader: string; readonly notice: string; readonly now: number },
): Promise<PersonalAlert | undefined> {
  const reader = await findReader(db, asked.reader);
  if (!reader || !mayBeTold(reader, asked.now)) return undefined;
  const notice = await findNotice(db, { reader: reader.id, id: asked.notice });
  const kind = notice && personalKindOf(notice);
  if (!kind || notice.isRead) return undefined;
  const channel = await channelFor(db, {
    reader: reader.id,
    kind,
    target: kind === 'reader' ? (notice.actor ?? '') : '',
  });
  const actor =
    notice.actor === null ? undefined : (await findReaderCards(db, [notice.actor])).get(notice.actor);
  const name = nameOf(actor);
  const { at } = notice;
  const common = { kind, channel, at, title: words.titles[kind](plain(name)) };
  if (kind === 'follower') {
    if (!actor || actor.handle === undefined) return undefined;
    const tag = `f-${tagOf(actor.id)}`;
    return { ...common, body: words.follower, path: `/readers/${actor.handle}`, tag, comment: undefined };
  }
  if (kind === 'decision') {
    const path = `/account/decisions${notice.decision ? `/${notice.decision}` : ''}`;
    const tag = `d-${tagOf(notice.decision ?? asked.notice)}`;
    return { ...common, body: words.decision, path, tag, comment: undefined };
  }
  return commentAlert(common, notice);
}

function commentAlert(
  common: Pick<PersonalAlert, 'kind' | 'channel' | 'at' | 'title'>,
  { code, path, text, headline }: FoundNotice,
): PersonalAlert | undefined {
  if (code === null || path === null) return undefined;
  const comment = { text: shorten(plain(text ?? ''), longestQuote), headline: plain(headline ?? '') };
  return {
    ...common,
    body: words.comment(shorten(comment.text, quoteLength), comment.headline),
    path: commentPath(path, code),
    tag: `c-${code}`,
    comment,
  };
}

/** Whoever cannot take part is told nothing, nor is whoever leaves. */
export function mayBeTold(reader: Reader, now: number): boolean {
  return reader.state === 'active' || (reader.state === 'suspended' && !isSuspended(reader, now));
}

/** A UUID in 22 letters. */
function tagOf(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
}

/** Without the signs by which words turn the order of those around them. */
function plain(text: string): string {
  return text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}
