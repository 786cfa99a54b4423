import type { SampleStory } from '../writing.ts';
import * as business from './business.ts';
import * as city from './city.ts';
import * as coast from './coast.ts';
import * as culture from './culture.ts';
import * as homes from './homes.ts';
import * as opinion from './opinion.ts';
import * as pilot from './pilot.ts';
import * as science from './science.ts';
import * as sport from './sport.ts';
import * as wall from './wall.ts';

/** All stories of the sample newsroom. */
export const stories: readonly SampleStory[] = [
  city,
  homes,
  coast,
  pilot,
  wall,
  business,
  science,
  culture,
  sport,
  opinion,
].flatMap((file) => Object.values<SampleStory>(file));
