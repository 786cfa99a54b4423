import {
  correctStory,
  createStory,
  publishStory,
  saveAuthor,
  saveSection,
  saveSeries,
  saveTopic,
  type StoryContentInput,
} from '../../src/stories/index.ts';
import type { TestMedia } from '../rig/full-story.ts';
import { actor, zone, type PublishedStory, type TestSite } from '../rig/site.ts';

/** A story that holds the same words in every field that takes words, with names of its own that hold them too. */
export async function publishHostile(
  site: TestSite,
  media: TestMedia,
  words: string,
  number: number,
): Promise<PublishedStory> {
  const slug = `n${number}`;
  const story = await site.write(async (tx) => {
    await saveSection(tx, { slug: 'news', name: words, description: words });
    await saveTopic(tx, { slug, name: words, description: words });
    await saveAuthor(tx, { slug, name: words, role: words, bio: words });
    await saveSeries(tx, { slug, title: words, description: words });
    const { id } = await createStory(tx, { content: hostileContent(media, words, slug), actor });
    await publishStory(tx, { id, actor, zone });
    return correctStory(tx, { id, text: words, actor, zone });
  });
  return story as PublishedStory;
}

function hostileContent(media: TestMedia, words: string, slug: string): StoryContentInput {
  const text = [
    { text: words, lang: words.slice(0, 35) },
    { text: words, marks: ['strong' as const] },
  ];
  const picture = { media: media.picture, alt: words, caption: text, credit: words };
  return {
    kicker: words,
    headline: words,
    standfirst: words,
    byline: [{ author: slug, name: words, role: words.slice(0, 100) }, { name: words }],
    dateline: { place: words, agency: words.slice(0, 100) },
    credit: words,
    section: 'news',
    topics: [slug],
    series: { slug },
    slug,
    lead: picture,
    body: [
      { type: 'paragraph', text },
      { type: 'subheading', text },
      { type: 'list', items: [text] },
      { type: 'quote', text, cite: words, source: `https://source.example/?${words}` },
      { type: 'pullquote', text, cite: words },
      { type: 'picture', ...picture },
      { type: 'picture', ...picture, media: 'none' },
      { type: 'gallery', title: words, pictures: [picture] },
      { type: 'audio', media: media.audio, title: words, transcript: text, credit: words },
      { type: 'video', media: media.video, title: words, caption: text, credit: words },
      { type: 'video', media: 'none', title: words },
      { type: 'table', caption: words, head: [text], rows: [[text]], rowHeads: true },
      { type: 'embed', url: 'https://vimeo.com/12345678', provider: words, title: words },
      {
        type: 'embed',
        url: `https://x.example/${encodeURIComponent(words.toWellFormed())}`,
        provider: words,
        title: words,
      },
      { type: 'related', title: words, href: `/?${words}`, kicker: words },
      { type: 'code', code: words, language: words.slice(0, 40) },
      { type: 'keyfacts', title: words, items: [text] },
    ],
  };
}
