import type { Story } from '../../stories/index.ts';
import type { WideAlert } from './wide-alert.ts';

/** How an alert looks somewhere, as far as words go. */
export interface AlertPreview {
  /** Such as `Chrome and Edge on Windows`. */
  readonly where: string;
  readonly title: string;
  readonly body: string;
  readonly isTitleCut: boolean;
  readonly isBodyCut: boolean;
  /** Whether its picture is shown. */
  readonly hasPicture: boolean;
}

/**
 * Letters that browsers show before they cut, and whether they show a picture. Systems show the words of most browsers
 * themselves, in letters of different widths: these are what of usual Latin words is sure to be seen.
 */
const places = [
  { where: 'Chrome and Edge on Windows', title: 69, body: 139, picture: true },
  { where: 'Firefox on Windows', title: 54, body: 200, picture: false },
  { where: 'Chrome and Edge on macOS', title: 42, body: 88, picture: false },
  { where: 'Firefox on macOS', title: 42, body: 90, picture: false },
  { where: 'Safari on macOS', title: 49, body: 103, picture: false },
  { where: 'Chrome and Edge on Linux', title: 40, body: 140, picture: false },
  { where: 'Chrome and Samsung Internet on Android, closed', title: 32, body: 45, picture: true },
  { where: 'Chrome and Samsung Internet on Android, opened', title: 48, body: 240, picture: true },
  { where: 'Firefox on Android, closed', title: 32, body: 45, picture: false },
  { where: 'iPhone and iPad, from the home screen', title: 38, body: 118, picture: false },
] as const;

/** An alert as browsers show it, each as long as it does. */
export function previewAlert(
  alert: Pick<WideAlert, 'title' | 'body' | 'picture'>,
  story: Pick<Story, 'language'> | undefined,
): AlertPreview[] {
  return places.map((place) => {
    const [title, body] = [
      cutAt(alert.title, place.title, story?.language),
      cutAt(alert.body, place.body, story?.language),
    ];
    return {
      where: place.where,
      title,
      body,
      isTitleCut: title !== alert.title,
      isBodyCut: body !== alert.body,
      hasPicture: place.picture && alert.picture !== undefined,
    };
  });
}

/** Never within what people take for one letter. */
function cutAt(text: string, most: number, language: string | undefined): string {
  let shown = '';
  let width = 0;
  for (const { segment } of new Intl.Segmenter(language, { granularity: 'grapheme' }).segment(text)) {
    // Letters of East Asia take the room of two.
    width += /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u.test(segment)
      ? 2
      : 1;
    if (width > most) return `${shown.trimEnd()}…`;
    shown += segment;
  }
  return text;
}
