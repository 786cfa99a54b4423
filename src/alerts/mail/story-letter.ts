import { findReader } from '../../readers/index.ts';
import { mayBeTold } from '../personal/personal-alert.ts';
import { mailedFor, newsNotice } from '../personal/news-notice.ts';
import { letterPage, type LetterPart } from './letter-page.ts';
import { wayOutPath, wayOutText, type Letter, type WayOut } from './letter.ts';
import type { WriterParts } from './notice-letter.ts';
import { storyPart } from './story-part.ts';
import { letterText as words } from './text.ts';

/** A mail about one story or one alert that its reader asked to hear of at once; undefined where it is not to be told any more. */
export async function storyLetter(
  { db, keys, paper, now }: WriterParts,
  asked: { readonly reader: string; readonly notice: string },
): Promise<Letter | undefined> {
  const reader = await findReader(db, asked.reader);
  if (!reader || reader.email === undefined || !mayBeTold(reader, now)) return undefined;
  const row = await db
    .selectFrom('notice')
    .select(['key', 'story_id'])
    .where('id', '=', asked.notice)
    .where('reader_id', '=', reader.id)
    .where('read_at', 'is', null)
    .executeTakeFirst();
  if (!row || row.story_id === null) return undefined;
  const news = await newsNotice(db, { key: row.key, story: row.story_id });
  const thing = news && (await mailedFor(db, news, [reader.id])).get(reader.id);
  if (!thing) return undefined;
  const { story, alert } = news;
  const wayOut: WayOut = { of: 'kind', reader: reader.id, kind: thing.kind };
  const title = alert?.title ?? story.headline;
  const parts: LetterPart[] = alert
    ? [
        { ...storyPart(story), kicker: '', headline: alert.title, standfirst: alert.body },
        { kind: 'button', text: words.story.read, path: story.path },
      ]
    : [storyPart(story), { kind: 'button', text: words.story.read, path: story.path }];
  return {
    key: `mail:${asked.notice}`,
    to: reader.email,
    reader: reader.id,
    list: `alerts-${thing.kind}`,
    wayOut,
    subject: `${title} | ${paper.name}`,
    ...letterPage({
      subject: title,
      preview: alert?.body ?? story.standfirst,
      title: thing.kind === 'breaking' ? words.story.breaking : words.story.heading,
      dateline: '',
      parts,
      paper,
      foot: {
        why: words.why.kind(thing.kind, paper.name),
        out: { path: wayOutPath(keys.linkFor(wayOutText(wayOut))), text: words.out.kind(thing.kind) },
        choose: { path: '/alerts', text: words.choose },
      },
    }),
  };
}
