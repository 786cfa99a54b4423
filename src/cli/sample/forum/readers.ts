import type { Role } from '../../../readers/index.ts';

/** Mail addresses of sample readers end with it; nobody else's can (RFC 2606, section 2). */
export const sampleMail = '@readers.lantern.example';

export interface SampleReader {
  readonly handle: string;
  readonly name: string;
  readonly bio: string;
  /** Days ago on which the account was made. */
  readonly since: number;
  /** Days on which the reader came. */
  readonly daysActive: number;
  readonly roles: readonly Role[];
  readonly follows: Readonly<
    Partial<Record<'readers' | 'authors' | 'topics' | 'stories', readonly string[]>>
  >;
}

/** Readers of The Lantern, and two who work there. Nobody of them exists. */
export const readers: readonly SampleReader[] = [
  {
    handle: 'nell-arkley',
    name: 'Nell Arkley',
    bio: 'Political editor. I read what you write here, usually on the tram now.',
    since: 900,
    daysActive: 700,
    roles: ['staff', 'author'],
    follows: { readers: ['wilma-crake', 'tomasz-gray'], topics: ['trams'] },
  },
  {
    handle: 'jonah-creed',
    name: 'Jonah Creed',
    bio: 'I look after the conversation at The Lantern. Tea, no sugar.',
    since: 880,
    daysActive: 690,
    roles: ['staff', 'moderator'],
    follows: { readers: ['perpetua', 'sunniva'] },
  },
  {
    handle: 'wilma-crake',
    name: 'Wilma Crake',
    bio: 'Signalwoman at Cold Mill, 1974 to 2011. I remember which lever was which.',
    since: 640,
    daysActive: 410,
    roles: [],
    follows: {
      readers: ['lars-ekwall', 'nell-arkley'],
      topics: ['trams', 'the-harbour'],
      authors: ['nell-arkley'],
    },
  },
  {
    handle: 'tomasz-gray',
    name: 'Tomasz Gray',
    bio: 'I drive the 14. Somebody has to.',
    since: 420,
    daysActive: 233,
    roles: [],
    follows: { readers: ['wilma-crake'], topics: ['trams'] },
  },
  {
    handle: 'odile',
    name: 'Odile Fenn',
    bio: 'Architect, mostly of other people’s extensions.',
    since: 510,
    daysActive: 298,
    roles: ['supporter'],
    follows: { authors: ['mirela-vosk'], topics: ['housing', 'city-council'] },
  },
  {
    handle: 'rashid-noor',
    name: 'Rashid Noor',
    bio: 'Baker in Tanner Street. Up before you.',
    since: 365,
    daysActive: 190,
    roles: [],
    follows: { readers: ['bea'], topics: ['trams'], stories: ['first-tram-crosses-the-hal'] },
  },
  {
    handle: 'bea',
    name: 'Bea Thornhill',
    bio: 'Two under four, one double pram.',
    since: 130,
    daysActive: 61,
    roles: [],
    follows: { readers: ['sunniva'], authors: ['huda-rammani'] },
  },
  {
    handle: 'pettifer',
    name: 'G. Pettifer',
    bio: 'Ratepayer.',
    since: 700,
    daysActive: 512,
    roles: [],
    follows: { topics: ['city-council'] },
  },
  {
    handle: 'lars-ekwall',
    name: 'Lars Ekwall',
    bio: 'Civil engineer, retired. Bridges before trams, and water before bridges.',
    since: 460,
    daysActive: 270,
    roles: ['supporter'],
    follows: { readers: ['wilma-crake', 'odile'], topics: ['flood-defence', 'trams'] },
  },
  {
    handle: 'dot-hargreave',
    name: 'Dot Hargreave',
    bio: 'Inner Skerrin. If I do not answer, the boat is in.',
    since: 300,
    daysActive: 144,
    roles: [],
    follows: { topics: ['ferries'], authors: ['tobias-renn'] },
  },
  {
    handle: 'rope-end',
    name: 'Callum Reeve',
    bio: 'Chain Road, Rope End, row F, in all weathers.',
    since: 210,
    daysActive: 120,
    roles: [],
    follows: { authors: ['joss-pellow'] },
  },
  {
    handle: 'sunniva',
    name: 'Sunniva Dale',
    bio: 'Night nurse at the infirmary.',
    since: 190,
    daysActive: 88,
    roles: [],
    follows: { readers: ['bea', 'wilma-crake'], topics: ['ferries', 'trams'] },
  },
  {
    handle: 'perpetua',
    name: 'Perpetua Lamb',
    bio: 'I teach sums to nine-year-olds. They are better at it than the council.',
    since: 330,
    daysActive: 170,
    roles: ['supporter'],
    follows: { readers: ['odile'], authors: ['ruth-sandiford', 'amara-dessing'] },
  },
  {
    handle: 'kit-marlin',
    name: 'Kit Marlin',
    bio: 'Third year, fish biology. Will explain otoliths if not stopped.',
    since: 75,
    daysActive: 40,
    roles: [],
    follows: { authors: ['amara-dessing'], topics: ['river-hal', 'night-sky'] },
  },
  {
    handle: 'mona-sharif',
    name: 'منى الشريف',
    bio: 'معلّمة لغة عربية، بنت الميناء.',
    since: 260,
    daysActive: 133,
    roles: [],
    follows: { readers: ['yusuf-hadi'], authors: ['huda-rammani'], topics: ['the-harbour'] },
  },
  {
    handle: 'yusuf-hadi',
    name: 'يوسف هادي',
    bio: 'عملتُ على الرصيف ثلاثين عامًا.',
    since: 240,
    daysActive: 97,
    roles: [],
    follows: { readers: ['mona-sharif'], authors: ['huda-rammani'] },
  },
];
