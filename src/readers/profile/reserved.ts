import { handleLook, lookOf } from './look.ts';

/** Words that speak for the paper; a name that is one, or has one of the first row as a word, is refused. */
const offices =
  'admin administrator moderator moderators mod editor editors newsroom webmaster sysadmin'.split(' ');
const spoken =
  'staff support team official system root owner help helpdesk contact anonymous reader readers everyone everybody all here author authors reporter journalist press news desk editorial'.split(
    ' ',
  );
/** Parts of addresses, and words that stand for nobody. */
const addresses =
  'about account accessibility alerts api archive assets comments corrections feed following guidelines health inbox live login logout me media metrics moderation new notices null picture pictures privacy register report robots search security settings sign-in sign-out signin signup sitemap static text topics undefined welcome wire'.split(
    ' ',
  );

const officeLooks = new Set(offices.map(lookOf));
const nameLooks = new Set([...offices, ...spoken].map(lookOf));
const formerLook = lookOf('former reader');
const handleLooks = new Set([...offices, ...spoken, ...addresses, 'former-reader'].map(handleLook));

/** Whether a name would be taken for the paper's own voice. @param paper its name */
export function isReservedName(name: string, paper: string): boolean {
  const look = lookOf(name);
  const paperLook = lookOf(paper);
  if (look === '' || nameLooks.has(look) || look === formerLook) return true;
  if (paperLook.length >= 5 && look.includes(paperLook)) return true;
  return (
    look === paperLook || name.split(/[^\p{L}\p{N}\p{M}]+/u).some((word) => officeLooks.has(lookOf(word)))
  );
}

/** Whether a handle is kept for the paper or its addresses. @param paper its name */
export function isReservedHandle(handle: string, paper: string): boolean {
  const look = handleLook(handle);
  const paperLook = handleLook(plainLetters(paper));
  if (handleLooks.has(look) || (paperLook !== '' && look === paperLook)) return true;
  return handle.split(/[-_]/).some((word) => offices.includes(word));
}

/** Small letters and digits of a text in which accents are left out. */
export function plainLetters(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
}
