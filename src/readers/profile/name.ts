import { isMixed } from './look.ts';
import { isReservedName } from './reserved.ts';
import { profileText as words } from './text.ts';

/** Letters, in characters as people count them. */
export const longestName = 50;
export const longestBio = 300;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** As people count. */
export function lengthOf(text: string): number {
  return text.length <= 1 ? text.length : [...graphemes.segment(text)].length;
}

/** A name as it is kept: composed, with single spaces. */
export function tidyName(given: string): string {
  return given.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
}

/**
 * What is wrong with a name, in words for its owner; undefined when nothing is.
 * @param name as `tidyName` gives it
 * @param paper name of the paper
 */
export function nameProblem(name: string, paper: string): string | undefined {
  if (name === '') return words.nameMissing;
  const length = lengthOf(name);
  if (length < 2) return words.nameShort;
  if (length > longestName || name.length > 4 * longestName) return words.nameLong(longestName);
  // Letters of Persian and of Indian scripts need the joiners to be written right.
  if (!/^(?:[\p{L}\p{M}\p{N} .'’‘ʼ·・,()-]|(?<=[\p{L}\p{M}])[\u200c\u200d](?=[\p{L}\p{M}]))+$/u.test(name))
    return words.nameSigns;
  if (!/\p{L}/u.test(name) || /\p{M}{4}/u.test(name) || /[a-z][\u200c\u200d]/i.test(name))
    return words.nameSigns;
  if (/\p{L}\.\p{L}{2}/u.test(name)) return words.nameAddress;
  if (name.split(' ').some(isMixed)) return words.nameMixed;
  return isReservedName(name, paper) ? words.nameReserved : undefined;
}

/** A line about oneself as it is kept: without what only changes how other text is shown. */
export function tidyBio(given: string): string {
  return given
    .normalize('NFC')
    .replaceAll('\r\n', '\n')
    .replaceAll(/[^\P{C}\n\u200c\u200d]/gu, '')
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** What is wrong with it; undefined when nothing is. */
export function bioProblem(bio: string): string | undefined {
  if (lengthOf(bio) > longestBio || bio.length > 8 * longestBio) return words.bioLong(longestBio);
  return /\p{M}{4}/u.test(bio) ? words.bioSigns : undefined;
}
