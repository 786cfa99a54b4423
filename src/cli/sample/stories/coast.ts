import { h, p, quote, related, shot, divider, type SampleStory } from '../writing.ts';

export const search: SampleStory = {
  slug: 'search-for-skipper-ends',
  published: '2 h 15 min',
  by: ['tobias-renn'],
  place: 'Port Ivel',
  content: {
    section: 'coast',
    kicker: 'Coastguard',
    headline: 'Search for missing skipper ends after four days',
    standfirst:
      'Two men of the crab boat Marigold were brought home alive. The sea search for the third has been called off; the shore will be walked for five more days.',
    topics: ['the-harbour'],
    sensitive: true,
  },
  lead: shot(
    'search',
    'An orange lifeboat alone on a grey, heavy sea under low cloud.',
    'The Port Ivel lifeboat covered nearly four hundred square miles in four days.',
    { focal: [0.49, 0.66] },
  ),
  body: [
    p`The coastguard has ended its search at sea for Aldous Wray, the skipper of the crab boat *Marigold*, which
      capsized off Orrs Head four days ago in a rising north-easterly.`,
    p`Mr Wray, 58, had fished from Port Ivel since he was sixteen. His two crew were found on the upturned hull
      after eleven hours in the water and on it. Both have left hospital. They told the lifeboat's coxswain
      that he had cut the life raft free and passed it to them.`,
    p`'We look for as long as there is a chance, and then for longer,' said Hanne Orrick, who led the search.
      'Yesterday evening I went to see the family before I decided anything. They knew before I spoke.'`,
    p`Three lifeboats, a helicopter and more than twenty fishing vessels took part. Boats came from as far as
      Sandry without being asked. The shore from Orrs Head to the mouth of the Hal will be walked at each low
      water for the next five days; the coastguard asks people who want to help to go to the Port Ivel boathouse first
      and not to set out alone.`,
    h`A harbour that stayed in`,
    p`No boat left Port Ivel yesterday, though the wind had dropped and the price of crab had risen. At noon
      the engines were started along the quay and run for a minute, which is what is done there.`,
    p`The marine accident office has begun to look into what happened. Its first notice to other vessels is
      expected within a month. It does not apportion blame, and its inspectors have asked that others
      should not do so either.`,
    p`The Fishermen's Rest in Port Ivel is open day and night to anyone who would rather not be by themselves.`,
  ],
};

export const bell: SampleStory = {
  slug: 'sandry-storm-bell-to-ring-again',
  published: '6 d 3 h',
  by: ['huda-rammani'],
  place: 'Sandry',
  content: {
    section: 'coast',
    kicker: 'Sandry',
    headline: 'Sandry’s storm bell will ring again, and the school has the rope',
    standfirst:
      'Silent since 1974, the bell on the dune was hung this week with a new headstock and one old crack.',
    topics: ['flood-defence'],
  },
  lead: shot(
    'storm-bell',
    'A bell in a wooden frame on a grassy dune above a wide beach, with gulls over the sea.',
    'The bell on its new frame above Sandry sands.',
    { focal: [0.4, 0.45] },
  ),
  body: [
    p`The storm bell at Sandry has two notes: the one it was cast with, and the one it has had since a boy
      named Job Farthing hit it with a mallet in 1891 to see what would happen. Both will be heard on Sunday
      for the first time in fifty-two years.`,
    p`The bell was taken down when the coast got sirens, and spent half a century in a barn under seed
      potatoes. The sirens were switched off in 2019. Since then the village has been warned of high water by
      text message, if the mast on the hill is working, which in a storm it usually is not.`,
    p`'A bell has very few settings,' said Josephine Mott, the head teacher, whose pupils wrote the letters
      that raised £7,300 for its frame. The rope comes down into the school yard because the school is the
      highest building in Sandry and because there is always somebody in it who wants to pull a rope.`,
    p`There is a rota, and a rule. One stroke every ten seconds means: look at the sea. Continuous ringing
      means: come up to the school and bring the neighbours. On any other occasion the rope is tied to a hook
      at a height that was determined by experiment.`,
    quote(
      'We asked if it could also be rung for birthdays. We were told no. We have asked again.',
      'The pupils’ council',
    ),
    related('the-wall-that-was-built-in-a-summer', 'The wall that was built in a summer', 'Holding the sea'),
  ],
};

export const oldLight: SampleStory = {
  slug: 'old-light-goes-dark-after-151-years',
  published: { year: 2009, month: 7, day: 28 },
  by: [],
  place: 'Orrs Head',
  agency: 'Seaboard Wire',
  content: {
    section: 'coast',
    kicker: 'Orrs Head',
    headline: 'Old light on Orrs Head goes dark after 151 years',
    standfirst:
      'A lamp on a pole has taken over from the tower that brought four generations of ships to the Hal.',
    topics: ['the-harbour'],
    credit: 'Seaboard Wire',
  },
  lead: shot(
    'old-light',
    'A lighthouse and a small keeper’s house on a rock, in black and white.',
    'The tower on Orrs Head, which will be kept as a landmark by day.',
    { credit: 'Illustration: Seaboard Wire', focal: [0.6, 0.45] },
  ),
  body: [
    p`The lighthouse on Orrs Head was switched off at sunrise on Tuesday, 151 years after it was first lit, and
      a solar-powered lamp on a steel pole forty metres away began to flash in its place.`,
    p`The new lamp is visible for nine miles; the old one could be seen at nineteen. The lights authority says
      that ships no longer need the difference, since they find their way by satellite, and that the tower's
      lens, which weighs two tonnes and floats in a bath of mercury, could not be kept safely by a crew that
      visits twice a year.`,
    p`The last keeper, Wilfred Danes, left in 1988 when the light was made automatic. He came back on Tuesday to
      turn the switch. 'It was always going out in the morning,' he said. 'I shall try to think of it like
      that.'`,
    p`Fishermen in Port Ivel had collected 2,100 names against the change. Their spokesman said that small
      boats do not all have satellites, that satellites do not all have batteries, and that a light is the one
      thing on a coast that tells you where you are without being asked.`,
    divider,
    p`The tower will be painted every five years as a mark for daylight. Its lens is to go to the museum in
      Halmouth, if a floor can be found that will bear it.`,
  ],
};
