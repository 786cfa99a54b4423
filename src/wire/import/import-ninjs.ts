import { AppError } from '../../platform/errors.ts';
import { plainText } from '../../stories/index.ts';
import { parseDate } from '../dates.ts';
import { htmlToBlocks } from './html-to-blocks.ts';
import type { IncomingContent, IncomingItem, ReadOptions } from './import-item.ts';
import {
  fitted,
  headlineOf,
  heldForDate,
  laterThan,
  readByline,
  readDate,
  readEmbargo,
  readLanguage,
  readStatus,
  repeatsOpening,
} from './import-words.ts';
import { jsonObjects } from './json-stream.ts';
import {
  fingerprint,
  Notes,
  sourceIdOf,
  type LooseBlock,
  type LooseFile,
  type LoosePicture,
} from './loose-blocks.ts';
import { NinjsView, type NinjsText } from './ninjs-view.ts';
import { looksLikeHtml, textToBlocks } from './text-to-blocks.ts';
import { wordsToBlocks, wordsToLine } from './words-to-blocks.ts';

/**
 * Items of ninjs 1.x, 2.x or 3.x: one object, an array, one a line, or a wrapper with `items`. Pictures, sound and
 * film come as what belongs to a story; on their own, and like events and plans, they are held for an editor.
 */
export async function* readNinjs(
  text: AsyncIterable<string>,
  options: ReadOptions,
): AsyncGenerator<IncomingItem> {
  let position = 0;
  for await (const source of jsonObjects(text)) {
    for (const item of itemsOf(source)) {
      position += 1;
      yield itemFrom(item, position, options);
    }
  }
}

type Parsed = { item: Record<string, unknown>; print: string } | { error: string; source: string };

function itemsOf(source: string): Parsed[] {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(source) as Record<string, unknown>;
  } catch (error) {
    return [{ error: (error as Error).message, source }];
  }
  const list = ['items', 'newsItems', 'results'].map((key) => value[key]).find(Array.isArray);
  if (!list || typeof value.uri === 'string') return [parsed(value)];
  return list.map((entry: unknown) => parsed(isObject(entry) && 'item' in entry ? entry.item : entry));
}

function parsed(item: unknown): Parsed {
  if (!isObject(item)) return { error: 'it is no object', source: JSON.stringify(item) };
  try {
    return { item, print: fingerprint(item) };
  } catch {
    // JSON.stringify goes as deep as the stack does.
    return { error: 'it is nested too deeply', source: Object.keys(item).join() };
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function itemFrom(parsed: Parsed, position: number, options: ReadOptions): IncomingItem {
  if ('error' in parsed) {
    const print = fingerprint(parsed.source);
    return {
      position,
      sourceId: print,
      fingerprint: print,
      story: () => {
        throw new AppError('import.json', `The object is not a ninjs item: ${parsed.error}`);
      },
    };
  }
  const view = new NinjsView(parsed.item);
  return {
    position,
    sourceId: sourceIdOf(view.text('uri') ?? parsed.print),
    fingerprint: parsed.print,
    version: versionOf(view, options),
    // A view remembers what was asked of it.
    story: () => contentOf(new NinjsView(parsed.item), options),
  };
}

/** When the version was made, else its number: both rise. */
function versionOf(view: NinjsView, options: ReadOptions): number | undefined {
  const made = view.text('versioncreated');
  const time = made === undefined ? undefined : parseDate(made, options).time;
  if (time) return time.at;
  const number = Number(view.text('version'));
  return Number.isFinite(number) && number > 0 ? Math.trunc(number) : undefined;
}

function contentOf(view: NinjsView, options: ReadOptions): IncomingContent {
  if (!view.text('uri') && view.texts('headline').length === 0 && view.texts('body').length === 0)
    throw new AppError('import.ninjs', 'The object is no ninjs item: it has no uri, headline or body.');
  const notes = new Notes();
  const type = view.text('type') ?? (view.has('eventdetails') ? 'event' : 'text');
  const parts = bodyOf(view, notes);
  const { headline, isMade } = titleOf(view, parts.blocks, notes);
  const blocks = withoutHeadline(parts.blocks, headline);
  const standfirst = standfirstOf(view, blocks, type, notes);
  if (blocks.length === 0 && !standfirst) notes.add('body.empty', '');
  const described = blocks.length === 0 && standfirst !== undefined;
  if (described) notes.add('body.from-description', standfirst);
  const files = filesOf(view, notes);
  const byline = readByline(view.text('by') ?? '');
  const times = timesOf(view, options, notes);
  const status = readStatus(view.written('pubstatus'));
  const embargo = readEmbargo(view.written('embargoeduntil') ?? view.written('embargoed'), options, notes);
  // A notice that takes a story back need not repeat it.
  const isNotice = status.state === 'unpublished' && isMade && blocks.length === 0;
  const held =
    embargo.held ??
    status.held ??
    heldForType(type, view) ??
    (status.state === 'published' ? heldForDate(times.published, times.words, options) : undefined) ??
    (isMade && !isNotice ? 'It has no headline of its own.' : undefined);
  const ednote = view.text('ednote');
  if (ednote) notes.add('ednote.left-out', ednote);
  view.ignore('uri', 'version', 'standard', 'charcount', 'wordcount', 'mimetype');
  if (view.text('title') !== headline) view.forget('title');
  const agency = byline.agency;
  const credit = view.names('infosources')[0] ?? view.text('copyrightholder') ?? agency;
  const subjects = view.named('subjects');
  const topics = subjects.filter((subject) => subject.rel !== 'section').map((subject) => subject.name);
  const [place, language] = [view.text('located'), readLanguage(view.text('language'), notes)];
  for (const name of view.unused()) notes.add('field.unused', name);
  return {
    headline,
    kicker: parts.kicker ?? kickerOf(view, notes),
    standfirst: described ? undefined : standfirst,
    blocks: [...(described ? textToBlocks(standfirst) : blocks), ...files.more],
    lead: files.lead,
    byline: byline.people,
    place,
    agency,
    credit: credit && fitted(credit, 200, 'credit', notes),
    section: subjects.find((subject) => subject.rel === 'section')?.name,
    topics,
    language,
    url: view.altId('canonical'),
    published: times.published,
    updated: times.updated,
    state: status.state,
    held,
    isNotice,
    embargoUntil: embargo.until,
    notes: notes.list(),
  };
}

function timesOf(view: NinjsView, options: ReadOptions, notes: Notes) {
  const [first, version, content] = ['firstcreated', 'versioncreated', 'contentcreated'].map((name) =>
    view.text(name),
  );
  // Ours say as much of the date as is known; the item's own times are always to the second.
  const exact = view.altId('published');
  const words = exact ?? first ?? version ?? content;
  if (!first && !version && content) notes.add('date.content-created', content);
  const published = readDate(words, 'date', options, notes);
  const last = first && version ? readDate(version, 'updated', options, notes) : undefined;
  return { words, published, updated: laterThan(published, last) };
}

function heldForType(type: string, view: NinjsView): string | undefined {
  if (/^(partial|incomplete)$/i.test(view.text('representationtype') ?? ''))
    return 'It is only a part of the item.';
  if (type === 'text' || type === 'composite') return undefined;
  return `It is not a story but: ${type.slice(0, 40)}.`;
}

function kickerOf(view: NinjsView, notes: Notes): string | undefined {
  const text = view.texts('headline').find(({ role }) => role === 'kicker');
  return text && lineOf(text, notes);
}

function titleOf(view: NinjsView, blocks: readonly LooseBlock[], notes: Notes) {
  const all = view.texts('headline');
  const best = all.find((text) => text.role === 'main') ?? all.find((text) => text.role === '') ?? all[0];
  for (const text of all)
    if (text.role !== 'kicker' && !isSameText(text, best)) notes.add('headline.left-out', text.value);
  const given = best ? lineOf(best, notes) : (view.text('title') ?? '');
  return headlineOf(
    given,
    blocks,
    notes,
    given === '' ? (view.text('slugline') ?? view.text('uri')) : undefined,
  );
}

/** A short text on one line; what says it is plain is taken as it stands. */
function lineOf(text: NinjsText, notes: Notes): string {
  return text.type === 'text/plain' ? text.value.replaceAll(/\s+/g, ' ') : wordsToLine(text.value, notes);
}

/** The same words in another form. */
function isSameText(one: NinjsText, other: NinjsText | undefined): boolean {
  const silent = new Notes();
  return other !== undefined && (one === other || lineOf(one, silent) === lineOf(other, silent));
}

function bodyOf(view: NinjsView, notes: Notes): { blocks: LooseBlock[]; kicker?: string } {
  const best = bestBody(view.texts('body'));
  if (!best) return { blocks: [] };
  if (isNitf(best)) {
    const inner = /<body\.content\b[^>]*>([\s\S]*)<\/body\.content>/i.exec(best.value)?.[1] ?? best.value;
    return { blocks: convert(inner, true, notes) };
  }
  if (best.type === 'text/plain') return { blocks: textToBlocks(best.value) };
  if (!isHtml(best)) return { blocks: wordsToBlocks(best.value, undefined, notes) };
  // A Swedish agency's head of the text: subject and source, which are not its first paragraph.
  const kicker = /<span class="vignette">([^<]{1,100})<\/span>/.exec(best.value)?.[1]?.trim();
  const html = best.value.replace(/<div class="dat">(?:\s*<span[^>]*>[^<]*<\/span>)*\s*<\/div>/, '');
  return { blocks: convert(html, false, notes), ...(kicker ? { kicker } : {}) };
}

function convert(html: string, xml: boolean, notes: Notes): LooseBlock[] {
  const converted = htmlToBlocks(html, { xml });
  for (const note of converted.notes) notes.add(note.code, note.detail);
  return converted.blocks;
}

function bestBody(bodies: readonly NinjsText[]): NinjsText | undefined {
  const html = bodies.filter(isHtml);
  // Pictures come with the associations, in sizes and with credits.
  const lean = html.find((body) => !/<img\b/i.test(body.value));
  return (
    lean ??
    html[0] ??
    bodies.find((body) => !isNitf(body) && !isMarkup(body)) ??
    bodies.find(isNitf) ??
    bodies[0]
  );
}

function isHtml(body: NinjsText): boolean {
  if (body.type === 'text/plain' || isNitf(body) || isMarkup(body)) return false;
  return /html/i.test(body.type) || /html/i.test(body.role) || looksLikeHtml(body.value);
}

function isNitf(body: NinjsText): boolean {
  return /nitf/i.test(body.type) || (/nitf/i.test(body.role) && /<nitf\b/.test(body.value));
}

/** XML of a house's own. */
function isMarkup(body: NinjsText): boolean {
  return /^(application|text)\/xml/i.test(body.type) || /^\s*<[A-Z]{3,}>/.test(body.value);
}

function standfirstOf(
  view: NinjsView,
  blocks: readonly LooseBlock[],
  type: string,
  notes: Notes,
): string | undefined {
  const all = view.texts('description');
  const rank = ['lead', 'summary', 'abstract', 'short', 'text', 'caption', ''];
  const best = rank.flatMap((role) => all.filter((text) => text.role === role))[0] ?? all[0];
  for (const text of all) if (!isSameText(text, best)) notes.add('description.left-out', text.value);
  const words = best && lineOf(best, notes);
  if (!words) return undefined;
  if (repeatsOpening(words, blocks)) {
    notes.add('standfirst.repeats-body', words);
    return undefined;
  }
  return blocks.length === 0 || type === 'picture' ? words : fitted(words, 1000, 'standfirst', notes);
}

function withoutHeadline(blocks: LooseBlock[], headline: string): LooseBlock[] {
  const first = blocks[0];
  const isSame =
    (first?.type === 'subheading' || first?.type === 'paragraph') &&
    plainText(first.text).replaceAll(/\s+/g, ' ').trim() === headline;
  return isSame ? blocks.slice(1) : blocks;
}

/** The pictures, sound and film that belong to an item: one leads, the others follow the text. */
function filesOf(view: NinjsView, notes: Notes): { lead?: LoosePicture; more: (LoosePicture | LooseFile)[] } {
  const found: { name: string; file: LoosePicture | LooseFile }[] = [];
  const own = fileOf(view, view.text('type') ?? 'text', notes);
  if (own) found.push({ name: 'main', file: own });
  for (const { name, item } of view.associations()) {
    const type = item.text('type') ?? 'picture';
    const file = fileOf(item, type, notes);
    if (file) found.push({ name, file });
    else notes.add('association.left-out', `${name}: ${type}`);
  }
  const pictures = found.filter((entry) => entry.file.type === 'loose-picture');
  const leading =
    pictures.find((entry) =>
      /^(main|mainpic|lead|featured|featuremedia|hero|photo|a001)/i.test(entry.name),
    ) ??
    pictures.find((entry) => !/logo/i.test(entry.name)) ??
    pictures[0];
  return {
    ...(leading ? { lead: leading.file as LoosePicture } : {}),
    more: found.filter((entry) => entry !== leading).map((entry) => entry.file),
  };
}

const kinds: Readonly<Record<string, 'image' | 'audio' | 'video'>> = {
  picture: 'image',
  graphic: 'image',
  audio: 'audio',
  video: 'video',
};

function fileOf(item: NinjsView, type: string, notes: Notes): LoosePicture | LooseFile | undefined {
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (!kind) return undefined;
  const renditions = item
    .renditions()
    .filter((rendition) => rendition.type === '' || rendition.type.startsWith(`${kind}/`))
    .sort((a, b) => b.width - a.width);
  const addresses = renditions.map((rendition) => rendition.href);
  const uri = item.text('uri');
  if (addresses.length === 0 && uri && /\.(jpe?g|png|webp|avif|mp3|mp4|m4a|webm)$/i.test(uri))
    addresses.push(uri);
  const [src, ...others] = addresses;
  const headline = item.texts('headline')[0];
  const title = fitted(headline ? lineOf(headline, notes) : (item.text('title') ?? ''), 2000, 'title', notes);
  if (!src) {
    notes.add('picture.without-address', title || (uri ?? ''));
    return undefined;
  }
  if (kind !== 'image') return { type: kind === 'audio' ? 'loose-audio' : 'loose-video', src, title };
  const descriptions = item.texts('description');
  const plain = descriptions.find((text) => !looksLikeHtml(text.value)) ?? descriptions[0];
  const caption = plain ? fitted(lineOf(plain, notes), 2000, 'caption', notes) : '';
  const credit = item.text('by') ?? item.text('copyrightholder') ?? item.text('copyrightnotice');
  return {
    type: 'loose-picture',
    src,
    ...(others.length > 0 ? { others } : {}),
    alt: title,
    ...(caption === '' ? {} : { caption: [{ text: caption }] }),
    ...(credit ? { credit: fitted(credit, 2000, 'credit', notes) } : {}),
  };
}
