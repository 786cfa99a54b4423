/**
 * Letters of other scripts, and signs, that are drawn as Latin ones are: those of Unicode's list of confusables
 * (UTS #39, section 4) that a keyboard reaches and a face for news shows alike.
 */
const alike: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['a', 'аαɑ'],
    ['b', 'ЬƅᏏ'],
    ['c', 'сϲᴄ'],
    ['d', 'ԁɗ'],
    ['e', 'еєҽε'],
    ['f', 'ſẝƒ'],
    ['g', 'ɡց'],
    ['h', 'һհн'],
    ['i', 'іıɩιӏ|1lǀ'],
    ['j', 'јϳ'],
    ['k', 'кκᴋ'],
    ['m', 'м'],
    ['n', 'пո'],
    ['o', 'оοσօ0ᴏ'],
    ['p', 'рρ'],
    ['q', 'ԛզ'],
    ['r', 'гᴦ'],
    ['s', 'ѕꜱ$5'],
    ['t', 'тτ'],
    ['u', 'υսᴜ'],
    ['v', 'νѵᴠ'],
    ['w', 'ѡԝᴡω'],
    ['x', 'хχ'],
    ['y', 'уγүʏ'],
    ['z', 'ᴢ'],
  ].flatMap(([latin, others]) => [...others!].map((other) => [other, latin!])),
);

/**
 * What a name looks like: two names with one look are taken for each other. Case, accents, spaces and signs do not
 * count, and neither does the script where its letters are drawn alike.
 */
export function lookOf(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const letters = [...plain].map((letter) => alike[letter] ?? letter).join('');
  return letters
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w');
}

/** What a handle looks like. Of i, l and 1 one hardly sees which it is, where one does not expect another. */
export function handleLook(handle: string): string {
  return handle
    .replaceAll(/[-_]/g, '')
    .replaceAll('0', 'o')
    .replaceAll(/[1l]/g, 'i')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w');
}

/** Whether a word is of letters from scripts that nobody mixes, as a forged name is. */
export function isMixed(word: string): boolean {
  const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u];
  return scripts.filter((script) => script.test(word)).length > 1;
}
