import { entryPath, nameOf, shorten, type Notice } from '../../../conversation/index.ts';
import { findReader } from '../../../readers/index.ts';
import { formatDate, fromInstant } from '../../../stories/index.ts';
import type { AlertOwner } from '../../alert.ts';
import { mayBeTold, personalKindOf } from '../../personal/personal-alert.ts';
import { personalText } from '../../personal/text.ts';
import { settingOf } from '../../preferences/settings.ts';
import { letterPage, type LetterPart } from '../letter-page.ts';
import { wayOutPath, wayOutText, type Letter, type Rhythm, type WayOut } from '../letter.ts';
import type { WriterParts } from '../notice-letter.ts';
import { storyPart } from '../story-part.ts';
import { letterText } from '../text.ts';
import { isEmptyBrief, loadBrief, type BriefNews, type BriefTime } from './brief-news.ts';

const words = letterText.brief;
const quoteLength = 280;

/** What a reader asked to hear of once a day or once a week; undefined where nothing happened. */
export async function briefLetter(
  { db, keys, paper, now }: WriterParts,
  asked: BriefTime & { readonly reader: string; readonly rhythm: Rhythm },
): Promise<Letter | undefined> {
  const { rhythm } = asked;
  const reader = await findReader(db, asked.reader);
  if (!reader || reader.email === undefined || !mayBeTold(reader, now)) return undefined;
  const news = await loadBrief(db, asked);
  if (isEmptyBrief(news)) return undefined;
  const owner: AlertOwner = `reader:${reader.id}`;
  const { zone } = await settingOf(db, owner, paper.zone);
  const parts = partsOf(news);
  const first = firstWords(news);
  const wayOut: WayOut = { of: 'brief', reader: reader.id, rhythm };
  return {
    key: `brief:${reader.id}:${rhythm}:${asked.to}`,
    to: reader.email,
    reader: reader.id,
    list: `${rhythm}-brief`,
    wayOut,
    subject: words.subject(rhythm, first, paper.name),
    ...letterPage({
      subject: first,
      preview: parts.flatMap((part) => (part.kind === 'story' ? part.headline : [])).join(' · '),
      title: words.title[rhythm],
      dateline: formatDate({ ...fromInstant(asked.to, zone), precision: 'day' }, paper.language, {
        weekday: true,
      }),
      parts,
      paper,
      foot: {
        why: letterText.why.brief(rhythm, paper.name),
        out: { path: wayOutPath(keys.linkFor(wayOutText(wayOut))), text: letterText.out.brief(rhythm) },
        choose: { path: '/alerts', text: letterText.choose },
      },
    }),
  };
}

function partsOf({ alerts, stories, comments, notices }: BriefNews): LetterPart[] {
  const headed = (text: string, parts: readonly LetterPart[]): LetterPart[] =>
    parts.length === 0 ? [] : [{ kind: 'heading', text }, ...parts];
  return [
    ...headed(
      words.breaking,
      alerts.map(({ title, body, path }): LetterPart => ({
        kind: 'line',
        text: words.alert(title, body),
        path,
      })),
    ),
    ...headed(words.stories, stories.map(storyPart)),
    ...headed(
      words.comments,
      comments.map((entry): LetterPart => ({
        kind: 'comment',
        says: words.says(nameOf(entry.author, entry.originAuthor)),
        text: shorten(entry.text, quoteLength),
        under: letterText.notice.under(entry.story.headline),
        path: entryPath(entry),
      })),
    ),
    ...headed(words.own, [
      ...notices.map((notice): LetterPart => ({
        kind: 'line',
        text: saysOf(notice),
        path: `/inbox/${notice.id}`,
      })),
      ...(notices.length > 0 ? [{ kind: 'line', text: words.inbox, path: '/inbox' } as const] : []),
    ]),
  ];
}

function saysOf(notice: Notice): string {
  const kind = personalKindOf(notice)!;
  const says = personalText.titles[kind](nameOf(notice.actor));
  return notice.comment ? `${says}, ${letterText.notice.under(notice.comment.headline)}` : says;
}

/** What a mail program shows of it: the first thing that it tells. */
function firstWords({ alerts, stories, comments, notices }: BriefNews): string {
  const first =
    alerts[0]?.title ??
    stories[0]?.headline ??
    (comments[0] && words.says(nameOf(comments[0].author, comments[0].originAuthor))) ??
    saysOf(notices[0]!);
  return first.replace(/[\u2066-\u2069]/g, '');
}
