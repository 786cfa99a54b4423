import { AppError } from '../../platform/errors.ts';
import type { PreparedMedia } from '../../platform/media/item.ts';
import { slugify, storyContent, type StoryContent } from '../../stories/index.ts';
import type { ImportFiles } from './import-files.ts';
import type { IncomingContent } from './import-item.ts';
import { directionOf, fitted } from './import-words.ts';
import { Notes, type ImportNote } from './loose-blocks.ts';

/** A story ready to be written, and what must be there before it. */
export interface ReadyStory {
  readonly content: StoryContent;
  readonly media: readonly PreparedMedia[];
  /** Slug and name of what it belongs to; made where it is not there yet. */
  readonly section?: { readonly slug: string; readonly name: string };
  readonly topics: readonly { readonly slug: string; readonly name: string }[];
  readonly series?: { readonly slug: string; readonly title: string };
  readonly oldPaths: readonly string[];
  /** A file that it names was not found: it is looked for again in the next run. */
  readonly isIncomplete: boolean;
  readonly notes: readonly ImportNote[];
}

export interface ContentOptions {
  /** Language of texts that do not say theirs. */
  readonly language: string;
  /** Public address of this site. */
  readonly origin: string;
  /** The stories were this paper's own, under another address: that one does not stay the one to cite. */
  readonly isOwn: boolean;
  readonly files: ImportFiles;
}

const mostBlocks = 5000;
const mostNames = 50;
/** Sections may not take the site's own addresses, or numbers. */
const reservedEnding = '-news';

/**
 * Bring an incoming story under our rules. What does not fit is cut or left out, and noted.
 * @throws AppError `import.invalid` where it still cannot be a story
 */
export async function readyStory(incoming: IncomingContent, options: ContentOptions): Promise<ReadyStory> {
  const notes = new Notes();
  for (const note of incoming.notes) notes.add(note.code, note.detail);
  const media: PreparedMedia[] = [];
  const lead = incoming.lead && (await options.files.picture(incoming.lead, media, notes));
  const body = await options.files.settle(incoming.blocks, media, notes);
  // The lead picture often stands in the text once more.
  const repeated = lead
    ? body.findIndex((block) => block.type === 'picture' && block.media === lead.media)
    : -1;
  if (repeated >= 0) body.splice(repeated, 1);
  if (body.length > mostBlocks) {
    notes.add('body.too-long', `${body.length} blocks`);
    body.length = mostBlocks;
  }

  const language = incoming.language ?? options.language;
  const section = namedSlug(incoming.section, 'section', notes);
  const topics = topicsOf(incoming.topics, notes);
  const series = incoming.series && namedSlug(incoming.series.title, 'series', notes);
  const line = (words: string | undefined, limit: number, field: string) =>
    words === undefined ? undefined : fitted(words, limit, field, notes);
  const result = storyContent.safeParse({
    headline: fitted(incoming.headline, 300, 'headline', notes),
    kicker: line(incoming.kicker, 120, 'kicker'),
    standfirst: line(incoming.standfirst, 1000, 'standfirst'),
    body,
    byline: bylineOf(incoming.byline, notes),
    dateline: {
      ...(incoming.place ? { place: fitted(incoming.place, 200, 'place', notes) } : {}),
      ...(incoming.agency ? { agency: fitted(incoming.agency, 100, 'agency', notes) } : {}),
    },
    credit: line(incoming.credit, 200, 'credit'),
    section: section?.slug,
    topics: topics.map((topic) => topic.slug),
    ...(series ? { series: { slug: series.slug, part: incoming.series?.part } } : {}),
    lead,
    language,
    direction: directionOf(language),
    slug: slugOf(incoming.slug, notes),
    canonical: canonicalOf(incoming.url, options, notes),
    sensitive: incoming.sensitive,
  });
  if (!result.success) {
    const first = result.error.issues[0]!;
    throw new AppError('import.invalid', `${first.path.join('.')}: ${first.message}`);
  }
  const codes = notes.list();
  return {
    content: result.data,
    media,
    section,
    topics,
    ...(series ? { series: { slug: series.slug, title: series.name } } : {}),
    oldPaths: oldPathsOf(incoming, notes),
    isIncomplete: codes.some((note) =>
      /^(picture|audio|video|captions)\.missing$|^file\.refused$/.test(note.code),
    ),
    notes: notes.list(),
  };
}

function bylineOf(names: IncomingContent['byline'], notes: Notes): StoryContent['byline'] {
  for (const left of names.slice(mostNames)) notes.add('byline.cut', left.name);
  return names.slice(0, mostNames).flatMap(({ name: written, role }) => {
    const name = fitted(written, 200, 'byline', notes);
    const author = slugify(name);
    return name === ''
      ? []
      : [
          {
            name,
            ...(author === '' ? {} : { author }),
            ...(role ? { role: fitted(role, 100, 'role', notes) } : {}),
          },
        ];
  });
}

function namedSlug(
  name: string | undefined,
  field: string,
  notes: Notes,
): { slug: string; name: string } | undefined {
  const words = name?.replaceAll(/\s+/g, ' ').trim();
  if (!words) return undefined;
  const slug = slugify(words);
  if (slug === '') {
    notes.add(`${field}.no-name`, words);
    return undefined;
  }
  return { slug, name: fitted(words, 120, field, notes) };
}

/** The slug of a section that cannot have its own. */
export function otherSectionSlug(slug: string): string {
  return `${slug}${reservedEnding}`;
}

function topicsOf(names: readonly string[], notes: Notes): { slug: string; name: string }[] {
  const bySlug = new Map<string, { slug: string; name: string }>();
  for (const name of names) {
    const topic = namedSlug(name, 'topic', notes);
    if (topic && !bySlug.has(topic.slug)) bySlug.set(topic.slug, topic);
  }
  const topics = [...bySlug.values()];
  for (const left of topics.slice(50)) notes.add('topics.cut', left.name);
  return topics.slice(0, 50);
}

function slugOf(given: string | undefined, notes: Notes): string | undefined {
  if (!given) return undefined;
  const slug = slugify(decodedOnce(given));
  if (slug !== given) notes.add('slug.changed', given);
  return slug === '' ? undefined : slug;
}

function canonicalOf(url: string | undefined, options: ContentOptions, notes: Notes): string | undefined {
  if (!url || options.isOwn || !URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  if (!/^https?:$/.test(parsed.protocol)) return undefined;
  if (hostOf(parsed) === hostOf(new URL(options.origin))) return undefined;
  notes.add('canonical.guessed', url);
  return parsed.href;
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^www\./, '');
}

/** Paths that are to lead here, as a browser asks for them. The root, and what could be another site, never. */
function oldPathsOf(incoming: IncomingContent, notes: Notes): string[] {
  const paths = new Set<string>();
  for (const address of [incoming.url, ...(incoming.oldUrls ?? [])]) {
    if (!address) continue;
    const isPath = address.startsWith('/');
    if (!isPath && !/^https?:/i.test(address)) continue;
    const url = URL.parse(isPath ? address.replace(/^\/+/, '/') : address, 'https://site.invalid');
    if (!url) continue;
    const path = `${url.pathname.replace(/^\/+/, '/')}${url.search}`;
    if (/^\/$|^\/(index\.\w+)?$|[\s\\#]/.test(path) || path.length > 2048) {
      if (path !== '/') notes.add('address.dropped', address);
    } else paths.add(path);
  }
  return [...paths];
}

function decodedOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
