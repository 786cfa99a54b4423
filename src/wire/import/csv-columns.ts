import { AppError } from '../../platform/errors.ts';
import type { ColumnUse } from './import-item.ts';

/** Fields that a column can hold, and the names under which tables are known to have them, the surest first. */
const names = {
  id: 'id guid uuid uri storyid articleid postid nid',
  url: 'url link permalink address href pageurl webaddress',
  oldUrl: 'oldurl oldurls oldpath path redirect redirects alias formerurl',
  headline: 'headline title heading name posttitle titel titre titulo titolo überschrift rubrik',
  kicker: 'kicker overline eyebrow strap supertitle',
  standfirst:
    'standfirst summary description excerpt dek deck subtitle subheading intro lead lede abstract teaser postexcerpt',
  body: 'body text content article html fulltext bodytext bodyhtml contenthtml articletext postcontent maintext story',
  date: 'datepublished publishedat publishedon firstpublished publishdate publicationdate pubdate postdate date published datetime datum fecha timestamp time created createdat',
  updated: 'updated modified updatedat modifiedat lastmodified lastupdated datemodified postmodified',
  byline:
    'byline author authors by writer writers creator reporter reporters journalist postauthor autor autores auteur',
  section: 'section category categories desk channel department rubric ressort seccion sektion',
  topics: 'topics topic tags tag keywords keyword subjects subject labels',
  series: 'series',
  place: 'place location dateline city',
  credit: 'credit source agency provider sourcename',
  language: 'language lang locale',
  image: 'image picture photo imageurl pictureurl photourl leadimage featuredimage thumbnail thumbnailurl',
  imageAlt: 'imagealt alt alttext picturealt',
  imageCaption: 'imagecaption caption picturecaption photocaption',
  imageCredit: 'imagecredit picturecredit photocredit photographer',
  slug: 'slug postname',
  status: 'status state poststatus pubstatus',
  embargo: 'embargo embargoed embargoeduntil embargountil',
  sensitive: 'sensitive',
} as const;
export type CsvField = keyof typeof names;

/** By the name of a column: its field, and how sure that is, from 0. */
const known = new Map<string, { field: CsvField; rank: number }>(
  Object.entries(names).flatMap(([field, list]) =>
    list.split(' ').map((name, rank) => [name, { field: field as CsvField, rank }] as const),
  ),
);
/** Fields that several columns may fill together. */
const joined = new Set<CsvField>(['topics', 'byline', 'oldUrl']);

/** All fields, for messages. */
export const csvFields = Object.keys(names) as CsvField[];

/**
 * How the columns of a table are used: as `map` says, else by their names.
 * @throws AppError `import.columns` naming what to write
 */
export function columnUses(
  header: readonly string[],
  map: ReadonlyMap<string, string> = new Map(),
): ColumnUse[] {
  const columns = header.map((name) => name.replace(/^\uFEFF/, '').trim());
  for (const [column, field] of map) {
    if (!columns.includes(column))
      throw new AppError(
        'import.columns',
        `There is no column '${column}'. The columns are: ${columns.join(', ')}.`,
      );
    if (field !== '-' && !Object.hasOwn(names, field))
      throw new AppError(
        'import.columns',
        `There is no field '${field}'. The fields are: ${csvFields.join(', ')}.`,
      );
  }
  const guesses = columns.map((column) =>
    map.has(column) ? undefined : known.get(column.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')),
  );
  const told = new Set<string>(map.values());
  const isTaken = (guess: { field: CsvField; rank: number }, index: number) =>
    told.has(guess.field) ||
    guesses.some(
      (other, at) =>
        other?.field === guess.field &&
        (other.rank < guess.rank || (other.rank === guess.rank && at < index)),
    );
  const uses = columns.map((column, index): ColumnUse => {
    const named = map.get(column);
    if (named !== undefined) return { column, field: named === '-' ? undefined : named, isGuess: false };
    const guess = guesses[index];
    if (!guess || (!joined.has(guess.field) && isTaken(guess, index)))
      return { column, field: undefined, isGuess: true };
    return { column, field: guess.field, isGuess: true };
  });
  if (!uses.some((use) => use.field === 'headline'))
    throw new AppError(
      'import.columns',
      `No column seems to hold the headlines. Say which: --map COLUMN=headline. The columns are: ${columns.join(', ')}.`,
    );
  return uses;
}
