import { hash } from 'node:crypto';
import { fold, type Folded } from './words/fold.ts';

/** Knows the same words again, however their letters, blanks and signs were changed; tells nothing of them. */
export function fingerprintOf(text: string, folded: Folded = fold(text)): string {
  return hash('sha256', folded.letters.join(''), 'base64url').slice(0, 16);
}
