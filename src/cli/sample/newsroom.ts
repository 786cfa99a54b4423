/** The fictional daily of Halmouth, a port on the equally fictional Marram coast. */

export const sections = [
  { slug: 'city', name: 'City', description: 'The council, the streets and the people of Halmouth.' },
  {
    slug: 'coast',
    name: 'Coast',
    description: 'The harbour, the islands and the shore from Sandry to Orrs Head.',
  },
  { slug: 'business', name: 'Business', description: 'Work, money and what the port moves.' },
  {
    slug: 'science',
    name: 'Science',
    description: 'Findings from the river, the sea, the sky and the university.',
  },
  { slug: 'culture', name: 'Culture', description: 'Stage, music, books, pictures and the food between.' },
  {
    slug: 'sport',
    name: 'Sport',
    description: 'Athletic, the rowers, and everyone who turns out in the rain.',
  },
  {
    slug: 'opinion',
    name: 'Opinion',
    description: 'Leaders, columns and letters. The views are their writers’ own.',
  },
] as const;

export const topics = [
  { slug: 'ferries', name: 'Ferries', description: 'The lifeline boats to the Skerrin islands.' },
  { slug: 'trams', name: 'Trams', description: 'The line across the Hal, and the lines that may follow.' },
  { slug: 'city-council', name: 'City council', description: 'Votes, budgets and the people who cast them.' },
  { slug: 'river-hal', name: 'River Hal', description: 'From the weir at Cold Mill to the bar.' },
  {
    slug: 'offshore-wind',
    name: 'Offshore wind',
    description: 'The Outer Banks field and the yard that serves it.',
  },
  { slug: 'housing', name: 'Housing', description: 'Who lives where, and what it costs.' },
  { slug: 'flood-defence', name: 'Flood defence', description: 'The wall, the marsh and the rising sea.' },
  { slug: 'the-harbour', name: 'The harbour', description: 'Pilots, quays, cargo and tides.' },
  { slug: 'night-sky', name: 'Night sky', description: 'What can be seen when the lamps go down.' },
] as const;

export const series = [
  {
    slug: 'holding-the-sea',
    title: 'Holding the sea',
    description:
      'Halmouth must decide by the spring what becomes of its sea wall. Three reports on how it was built, who would give ground, and what the engineers will say.',
  },
] as const;

export interface SampleAuthor {
  readonly slug: string;
  readonly name: string;
  readonly role: string;
  readonly bio: string;
  readonly portrait?: string;
}

export const authors: readonly SampleAuthor[] = [
  {
    slug: 'nell-arkley',
    name: 'Nell Arkley',
    role: 'Political editor',
    bio: 'Nell Arkley has sat through more meetings of Halmouth city council than most of its members. She came to the paper from the court benches and still writes everything down in shorthand.',
    portrait: 'nell-arkley',
  },
  {
    slug: 'tobias-renn',
    name: 'Tobias Renn',
    role: 'Harbour and business correspondent',
    bio: 'Tobias Renn grew up over a chandler’s shop on Rope Walk. He writes about ships, the firms that own them and the people who tie them up.',
    portrait: 'tobias-renn',
  },
  {
    slug: 'amara-dessing',
    name: 'Amara Dessing',
    role: 'Science editor',
    bio: 'Amara Dessing trained as a marine biologist and left the laboratory for the newsroom because the coffee was better. It was not.',
    portrait: 'amara-dessing',
  },
  {
    slug: 'joss-pellow',
    name: 'Joss Pellow',
    role: 'Sports writer',
    bio: 'Joss Pellow has covered Halmouth Athletic through two promotions, three relegations and one flooded pitch.',
    portrait: 'joss-pellow',
  },
  {
    slug: 'ruth-sandiford',
    name: 'Ruth Sandiford',
    role: 'Culture editor',
    bio: 'Ruth Sandiford writes about theatre, music and pictures, and believes that a review should tell you whether to go.',
    portrait: 'ruth-sandiford',
  },
  {
    slug: 'idris-hallam',
    name: 'Idris Hallam',
    role: 'Columnist',
    bio: 'Idris Hallam taught history at Quayside School for thirty-one years. His column appears every week, and has been late twice.',
    portrait: 'idris-hallam',
  },
  {
    slug: 'mirela-vosk',
    name: 'Mirela Vosk',
    role: 'Data editor',
    bio: 'Mirela Vosk finds stories in records that nobody meant to be read together. She publishes her method with each of them.',
    portrait: 'mirela-vosk',
  },
  {
    slug: 'huda-rammani',
    name: 'Huda Rammani',
    role: 'Reporter',
    bio: 'Huda Rammani reports from the streets behind the harbour, in English and in Arabic.',
    portrait: 'huda-rammani',
  },
];

/** Slugs of the stories that lead the front page of a new sample newsroom, in order. */
export const frontOrder: readonly string[] = [
  'night-ferry-saved-by-one-vote',
  'first-tram-crosses-the-hal',
  'the-eels-came-back',
  'a-ferry-is-a-street',
  'the-last-pilot-of-the-hal',
  'empty-homes-outnumber-waiting-list',
  'athletic-hold-their-nerve-in-the-fog',
  'the-wall-that-was-built-in-a-summer',
];
