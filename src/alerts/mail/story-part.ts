import type { StoryCard } from '../../stories/index.ts';
import type { LetterPart } from './letter-page.ts';

/** A story as letters show it. */
export function storyPart(card: StoryCard): Extract<LetterPart, { kind: 'story' }> {
  return {
    kind: 'story',
    kicker: card.kicker || (card.section?.name ?? ''),
    headline: card.headline,
    standfirst: card.standfirst,
    path: card.path,
    language: card.language,
    direction: card.direction,
  };
}
