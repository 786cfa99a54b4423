/** A language (BCP 47) and which way it is written. */
export interface Written {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
}

/** Attributes for words in one language where another is around them. */
export interface LanguageAttributes {
  readonly lang?: string;
  readonly dir?: 'ltr' | 'rtl';
}

/** Which way a language (BCP 47) is written. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return new Intl.Locale(language).getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr';
}

/** How the words of a page in this language are written. */
export function writtenIn(language: string): Written {
  return { language, direction: directionOf(language) };
}

/** What is to be said of words within others; nothing where both are written alike. */
export function within(words: Written, around: Written): LanguageAttributes {
  return {
    ...(words.language !== around.language && { lang: words.language }),
    ...(words.direction !== around.direction && { dir: words.direction }),
  };
}
