import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/database/tables.ts';
import { findReader } from '../../readers/index.ts';
import { personalAlert } from '../personal/personal-alert.ts';
import type { MailKeys } from './keys.ts';
import { letterPage, type LetterPaper, type LetterPart } from './letter-page.ts';
import { wayOutPath, wayOutText, type Letter, type WayOut } from './letter.ts';
import { letterText as words } from './text.ts';

/** What a letter is written with. */
export interface WriterParts {
  readonly db: Kysely<Tables>;
  readonly keys: MailKeys;
  readonly paper: LetterPaper;
  /** Milliseconds UTC. */
  readonly now: number;
}

/** A mail about one thing that happened to its reader; undefined where it is not to be told by mail, or not any more. */
export async function noticeLetter(
  { db, keys, paper, now }: WriterParts,
  asked: { readonly reader: string; readonly notice: string },
): Promise<Letter | undefined> {
  const alert = await personalAlert(db, { ...asked, now });
  if (alert?.channel !== 'mail') return undefined;
  const email = (await findReader(db, asked.reader))?.email;
  if (email === undefined) return undefined;
  const { kind, title, path, comment } = alert;
  const wayOut: WayOut = { of: 'kind', reader: asked.reader, kind };
  const parts: LetterPart[] = comment
    ? [
        {
          kind: 'comment',
          says: title,
          text: comment.text,
          under: words.notice.under(comment.headline),
          path,
        },
        { kind: 'button', text: words.notice.read, path },
      ]
    : [
        { kind: 'words', text: `${title}.` },
        { kind: 'button', text: words.notice.open, path },
      ];
  // Marks that set words apart help nobody in a subject, where some programs show them as boxes.
  const subject = `${title.replace(/[\u2066-\u2069]/g, '')} | ${paper.name}`;
  return {
    key: `mail:${asked.notice}`,
    to: email,
    reader: asked.reader,
    list: `alerts-${kind}`,
    wayOut,
    subject,
    ...letterPage({
      subject,
      preview: alert.body,
      title: words.notice.heading,
      dateline: '',
      parts,
      paper,
      foot: {
        why: words.why.kind(kind, paper.name),
        out: { path: wayOutPath(keys.linkFor(wayOutText(wayOut))), text: words.out.kind(kind) },
        choose: { path: '/alerts', text: words.choose },
      },
    }),
  };
}
