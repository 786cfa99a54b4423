import { athletic, cafe, eels, ferry, homes, ribs } from './conversations.ts';
import type { SampleTalk } from './talk.ts';
import { tram } from './tram.ts';

/** All conversations of the sample newsroom. */
export const talks: readonly SampleTalk[] = [tram, ferry, homes, eels, ribs, cafe, athletic];
