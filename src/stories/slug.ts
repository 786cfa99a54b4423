import type { Kysely } from 'kysely';
import type { Tables } from '../platform/database/tables.ts';
import { plainLetters } from '../platform/letters.ts';

const longest = 80;

/**
 * A slug from any words: Latin is folded to a-z, other scripts are kept, and a long one ends at a word.
 * @returns '' when the words hold no letter or digit
 */
export function slugify(words: string): string {
  const folded = words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/['’ʼ`]/g, '')
    // Marks on Latin go; in other scripts they are part of the word.
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .replace(/[ßæœøđðþłħı]/g, (letter) => plainLetters[letter]!)
    .normalize('NFC');
  // A mark belongs to the letter before it; alone it is no part of a word.
  const parts = folded.match(/[\p{Ll}\p{Lo}\p{Lm}\p{N}][\p{Ll}\p{Lo}\p{Lm}\p{N}\p{M}]*/gu) ?? [];
  let slug = '';
  for (const part of parts) {
    if (slug === '') slug = part.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
    else if (slug.length + 1 + part.length <= longest) slug += `-${part}`;
    else break;
  }
  return slug;
}

/** A path below `folder` that no story and no redirect holds: `{folder}/{slug}`, else with -2, -3 ... */
export async function freePath(
  db: Kysely<Tables>,
  folder: string,
  slug: string,
  storyId: string,
): Promise<string> {
  for (let number = 1; ; number += 1) {
    const path = `${folder}/${number === 1 ? slug : `${slug}-${number}`}`;
    const story = await db.selectFrom('story').select('id').where('path', '=', path).executeTakeFirst();
    if (story && story.id !== storyId) continue;
    const redirect = await db
      .selectFrom('redirect')
      .select('story_id')
      .where('path', '=', path)
      .executeTakeFirst();
    if (redirect && redirect.story_id !== storyId) continue;
    return path;
  }
}
