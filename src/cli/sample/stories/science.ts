import { figure, h, inline, p, pullquote, quote, shot, steps, type SampleStory } from '../writing.ts';

export const eels: SampleStory = {
  slug: 'the-eels-came-back',
  published: '5 h 20 min',
  by: ['amara-dessing'],
  place: 'Cold Mill',
  content: {
    section: 'science',
    kicker: 'River Hal',
    headline: 'The eels came back, and nobody can say from where',
    standfirst:
      'For eleven years a counter at Cold Mill weir recorded almost nothing. This autumn it recorded 40,312, most of them in six nights.',
    topics: ['river-hal'],
  },
  lead: shot(
    'eels',
    'Eels wind through green water weed towards moonlight above a weir.',
    'Silver eels leave the river on dark nights, after rain, with the moon behind cloud.',
    { focal: [0.5, 0.5] },
  ),
  body: [
    p`The instrument that counts the eels of the Hal is a steel box the size of a piano, and for eleven autumns
      Priya Lindholm has driven to Cold Mill on the first of November to read it. In 2015 it said 212. In 2021
      it said 9. This year she thought that it was broken.`,
    p`It said 40,312.`,
    p`'I did what anyone does,' said Dr Lindholm, who studies fish at the University of Halmouth. 'I turned it
      off and on again.' Then she watched the film. The counter takes a picture each time something passes,
      and there they were, by the hundred, dark-backed and silver below, going over the weir to the sea.`,
    {
      type: 'audio',
      media: 'weir-at-night.wav',
      title: 'Cold Mill weir at a quarter past two in the morning: water, and the counter ticking',
      credit: 'Sound: The Lantern',
      transcript: inline(
        'Twelve seconds of water falling over a weir. Eight short electronic clicks, each of them one eel passing the counter.',
      ),
    },
    h`Grown, not born`,
    p`Eels are not born in rivers. They hatch in mid-ocean, drift for two years, and climb into fresh water as
      slips of glass no longer than a finger. What leaves the Hal this autumn came up it some time between
      2008 and 2018, in years when the same surveys found almost nothing going up.`,
    p`So either the surveys were wrong, or the eels got into the river by a way that nobody was watching. Dr
      Lindholm's team has three ideas, and does not much like any of them.`,
    steps(
      '**They were in the docks.** The wet dock has been linked to the upper river by a culvert since 1871. Nobody has ever sampled it, because nobody can get in.',
      '**They came over land.** Eels do, on wet nights, for short distances. Forty thousand of them is not a short distance.',
      '**They were put there.** Somebody upstream would have had to buy a tonne of glass eels and keep it quiet.',
    ),
    pullquote(
      'We have the best question of my working life. I am in no hurry to spoil it.',
      'Priya Lindholm',
    ),
    figure(
      shot(
        'weir',
        'A stone mill stands beside a weir on a river, with willow trees and hills behind.',
        'Cold Mill, where the counter has stood since 2015.',
        { focal: [0.6, 0.55] },
      ),
    ),
    h`What the bones will say`,
    p`An answer may come from the ears. Eels carry a small stone in each, the otolith, that grows a ring a year
      and takes up the chemistry of the water it grew in. Sixty fish that died at a pumping station in October
      have been kept in the freezer of the geology department, and their stones will be read in the spring.`,
    quote(
      'If they say docks, I shall need a very small boat. If they say somewhere I have not thought of, I shall need a bigger freezer.',
    ),
    p`The findings have been shared with the five other rivers on the coast that have counters. Two of them, it
      turns out, had thought that theirs were broken too.`,
  ],
};

export const observatory: SampleStory = {
  slug: 'observatory-asks-for-nine-dark-nights',
  published: '1 d 9 h',
  by: ['amara-dessing'],
  place: 'Beacon Hill',
  content: {
    section: 'science',
    kicker: 'Night sky',
    headline: 'Observatory asks the seafront to go dark for nine nights',
    standfirst:
      'A faint comet passes in January. It will not be back for 3,900 years, and the lamps on the promenade are in the way.',
    topics: ['night-sky', 'city-council'],
  },
  lead: shot(
    'observatory',
    'The open dome of an observatory on a hill under a sky full of stars and a comet.',
    'The dome on Beacon Hill, built in 1894 for a sky that was darker.',
    { focal: [0.42, 0.5] },
  ),
  body: [
    p`The astronomers on Beacon Hill have asked the city to turn off the lamps on the seafront for nine nights
      in January, so that a comet can be seen that no one alive will see again.`,
    p`The comet was found in March by a telescope in the southern hemisphere and has a catalogue number in place
      of a name. It will be at its best between the 11th and the 19th, low in the west after sunset, which in
      Halmouth is exactly above the promenade's 214 lamps.`,
    p`'We are not asking for the city to be dark,' said Bettany Crewe, who directs the observatory. 'We are asking
      for one street to be dark, in one direction, for about two hours, in the week of the year when the fewest
      people walk on it.'`,
    h`A matter of two magnitudes`,
    p`From the hill on an ordinary night about 900 stars can be seen without a glass. On the night of the power
      cut in 2013, a member of the staff counted 2,600 before the lights came back. The comet will be somewhere
      between those numbers: plain without the lamps, and with them a smudge that one has to be told about.`,
    p`The lighting department has no objection in principle. The police have asked for stewards at the harbour
      steps. The promenade's three hotels have asked whether they may sell hot chocolate.`,
    p`The council decides on Thursday week. If it says no, the observatory will open its own terrace, which holds
      sixty, and hold a ballot for the other hundred and ninety thousand.`,
  ],
};
