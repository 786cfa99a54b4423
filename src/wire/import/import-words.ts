import { keptWords, plainText, type StoryTime } from '../../stories/index.ts';
import { parseDate } from '../dates.ts';
import type { ReadOptions } from './import-item.ts';
import type { LooseBlock, Notes } from './loose-blocks.ts';

/** Names of agencies that stand where an author would. */
const agencies = new Set(
  'ap afp reuters dpa ntb tt anp pa epa efe ansa belga apa xinhua tass kyodo upi bloomberg lusa aap ritzau stt keystone-sda agencies agencias agenturen'.split(
    ' ',
  ),
);

/** True for the name of an agency, such as 'Reuters' or 'dpa'. */
export function isAgency(name: string): boolean {
  return agencies.has(name.toLowerCase().replaceAll(/[.\s]/g, ''));
}

/**
 * Take a byline apart: 'By Ann Lee and Bo Ek, Reuters' is two people and an agency. Commas part names only where
 * each part looks like a name; so 'Ann Lee, political editor' is a person and a role.
 */
export function readByline(words: string): { people: { name: string; role?: string }[]; agency?: string } {
  const line = words
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^(?:written |reporting |story |text )?(?:by|von|av|af|par|por|di|door)[: ]\s*/i, '')
    .replace(/[.;]$/, '');
  const people: { name: string; role?: string }[] = [];
  let agency: string | undefined;
  for (const group of line.split(/\s*(?:;|\||\s&\s|\s(?:and|und|och|og|et|y|e|en)\s)\s*/i)) {
    for (const part of group.split(/\s*,\s*|\s+\/\s+|\/(?=\p{Lu}{2,}\b)/u)) {
      const name = part.trim();
      if (name === '') continue;
      if (isAgency(name)) agency = name;
      else if (people.length > 0 && /^\p{Ll}/u.test(name)) {
        const last = people.at(-1)!;
        people[people.length - 1] = { ...last, role: name };
      } else people.push({ name });
    }
  }
  return { people, ...(agency ? { agency } : {}) };
}

/** Read a date, and note what was guessed or why it was not read. */
export function readDate(
  words: string | undefined,
  what: string,
  options: ReadOptions,
  notes: Notes,
): StoryTime | undefined {
  if (words === undefined || words.trim() === '') return undefined;
  const parsed = parseDate(words, options);
  if (!parsed.time) {
    notes.add(`${what}.${parsed.reason}`, words);
    return undefined;
  }
  for (const guess of parsed.guesses) notes.add(`${what}.${guess}`, words);
  return parsed.time;
}

/** A change that came after the publication, at least a minute; what else is called one says nothing. */
export function laterThan(
  published: StoryTime | undefined,
  changed: StoryTime | undefined,
): StoryTime | undefined {
  if (!published || !changed || changed.at - published.at < 60_000) return undefined;
  return changed;
}

/**
 * Whether an embargo holds a story back. One that cannot be read always does.
 * @returns the reason in words for an editor, and the moment where it is known; nothing for an embargo that is over
 */
export function readEmbargo(
  words: string | undefined,
  options: ReadOptions,
  notes: Notes,
): { held?: string; until?: number } {
  if (words === undefined || /^\s*(?:|no|none|false|0)\s*$/i.test(words)) return {};
  const time = readDate(words, 'embargo', options, notes);
  if (!time) return { held: `It has an embargo that could not be read: ${words.trim().slice(0, 100)}` };
  if (time.at <= options.now) return {};
  return { held: `It is embargoed until ${words.trim().slice(0, 100)}.`, until: time.at };
}

/** Why a story that says it is published cannot be shown with the date it has; undefined if it can. */
export function heldForDate(
  published: StoryTime | undefined,
  words: string | undefined,
  options: ReadOptions,
): string | undefined {
  if (published) return published.at > options.now ? `It is dated in the future: ${words ?? ''}` : undefined;
  return words?.trim()
    ? `Its date could not be read: ${words.trim().slice(0, 100)}`
    : 'It has no date of publication.';
}

const published = new Set('published publish public live usable active online visible 1 true yes'.split(' '));
const drafts = new Set('draft pending private in-progress auto-draft review ready 0 false no'.split(' '));
const withdrawn = new Set(
  'unpublished withdrawn archived trash trashed deleted removed canceled cancelled'.split(' '),
);

/** What a word for a story's state means here. A word that is not known holds the story. */
export function readStatus(words: string | undefined): {
  state: 'published' | 'draft' | 'unpublished';
  held?: string;
} {
  const word = (words ?? '')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  if (word === '' || published.has(word)) return { state: 'published' };
  if (drafts.has(word)) return { state: 'draft' };
  if (withdrawn.has(word)) return { state: 'unpublished' };
  if (word === 'withheld') return { state: 'draft', held: 'The source withholds it.' };
  if (word === 'scheduled' || word === 'future')
    return { state: 'draft', held: 'The source had it scheduled.' };
  return { state: 'draft', held: `Its status is not known here: ${word.slice(0, 60)}` };
}

/** A BCP 47 tag in its usual form, or undefined with a note. Takes 'en_GB' too. */
export function readLanguage(words: string | undefined, notes: Notes): string | undefined {
  const tag = words?.trim().replaceAll('_', '-');
  if (!tag) return undefined;
  try {
    const [canonical] = Intl.getCanonicalLocales(tag);
    if (canonical && canonical.length >= 2 && canonical.length <= 35) return canonical;
  } catch {
    // Falls through to the note.
  }
  notes.add('language.unknown', tag);
  return undefined;
}

/** Which way a language is written. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  const { language: base, script } = new Intl.Locale(language).maximize();
  if (script) return /^(Arab|Hebr|Thaa|Syrc|Nkoo|Adlm|Rohg)$/.test(script) ? 'rtl' : 'ltr';
  return /^(ar|he|fa|ur|ps|yi|dv|ckb|sd|ug)$/.test(base) ? 'rtl' : 'ltr';
}

/** The words of the first paragraphs, for comparing and for making a headline. */
export function openingOf(blocks: readonly LooseBlock[], length: number): string {
  let text = '';
  for (const block of blocks) {
    if (block.type === 'paragraph' || block.type === 'subheading') text += ` ${plainText(block.text)}`;
    if (text.length > length) break;
  }
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, length);
}

/** True where a standfirst only says what the body begins with. */
export function repeatsOpening(standfirst: string, blocks: readonly LooseBlock[]): boolean {
  const letters = (words: string) => words.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const start = letters(standfirst.replace(/(?:\[…\]|\[\.\.\.\]|…|\.\.\.)\s*$/, '')).slice(0, 120);
  return start.length > 20 && letters(openingOf(blocks, 1000)).startsWith(start);
}

/** The headline of a story, or one made for a story that has none: its first words, else what it is called. */
export function headlineOf(
  given: string,
  blocks: readonly LooseBlock[],
  notes: Notes,
  name = 'Untitled',
): { headline: string; isMade: boolean } {
  const headline = fitted(given, 300, 'headline', notes);
  if (headline !== '') return { headline, isMade: false };
  const made = fitted(firstWords(openingOf(blocks, 200)) || name, 300, 'headline', notes);
  notes.add('headline.made', made);
  return { headline: made, isMade: true };
}

function firstWords(words: string): string {
  const sentence = /^.{20,110}?[.!?](?=\s|$)/.exec(words)?.[0];
  if (sentence) return sentence.replace(/\.$/, '');
  return words.length <= 90 ? words : `${words.slice(0, 90).replace(/\s+\S*$|[\uD800-\uDBFF]$/, '')} …`;
}

/** Words on one line, cut to a limit at a word, which is noted. */
export function fitted(words: string, limit: number, field: string, notes: Notes): string {
  const clean = keptWords(words.replaceAll(/[\s\p{Cc}]+/gu, ' ')).trim();
  if (clean.length <= limit) return clean;
  notes.add(`${field}.cut`, clean);
  // Never half of a surrogate pair.
  return `${clean.slice(0, limit - 2).replace(/\s+\S*$|[\uD800-\uDBFF]$/, '')} …`;
}
