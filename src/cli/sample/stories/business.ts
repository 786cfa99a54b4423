import { h, keyfacts, list, p, related, shot, type SampleStory } from '../writing.ts';

export const yard: SampleStory = {
  slug: 'turbine-jobs-for-the-old-shipyard',
  published: '1 d 5 h',
  updated: '4 h',
  corrections: [
    {
      ago: '4 h',
      text: "An earlier version of this story said that the yard would bring 1,400 jobs. That is the number of people at work while it is being built; 1,140 permanent jobs are planned once it is running. It also gave the name of the yard's last ship as the Halcyon; it was the Halgavor.",
    },
  ],
  by: ['tobias-renn'],
  place: 'Halmouth',
  content: {
    section: 'business',
    kicker: 'Offshore wind',
    headline: 'Turbine maker chooses the old shipyard, and 1,140 jobs come with it',
    standfirst:
      'Vestrand will build its towers where the last ship was launched in 1987. The cranes, which nobody could afford to take down, turn out to be the right height.',
    topics: ['offshore-wind', 'the-harbour'],
  },
  lead: shot(
    'turbines',
    'Rows of wind turbines stand in the sea below a low sun, with a small boat passing between them.',
    'The first row of the Outer Banks field, eleven miles off the bar.',
    { focal: [0.42, 0.45] },
  ),
  body: [
    p`The optimism that has hung about the Corran shipyard for three years has become a contract.
      Vestrand, which makes towers for offshore turbines, said yesterday that it would take all 62 acres on a
      lease of forty years and begin work in April.`,
    p`The yard is to employ 1,140 people by the end of 2029, two thirds of them welders, fitters and platers.
      The first towers are for the second phase of the Outer Banks field, whose turbines can be seen from the
      yard on a clear day, and for twenty years have been brought past it from somewhere else.`,
    h`The cranes stay`,
    p`Two things decided it, according to Sunniva Dahl, who led the search for a site. One is the depth of the
      fitting-out basin. The other is the pair of hammerhead cranes that the city has tried for three decades
      to have removed. 'We asked what it would cost to build two like that,' she said. 'Then we asked again,
      because we thought that there was a mistake.'`,
    keyfacts(
      'What was agreed',
      'A lease of **40 years** on the whole yard, with the right to end it after 25',
      '**£186m** from Vestrand; **£24m** from the region for the quay wall',
      '**1,140** permanent jobs, of which **210** are apprenticeships',
      'Towers leave by sea; no more than **30 lorries** a day on Corran Road',
    ),
    p`The welders' union has been promised that those who trained at Corran will be interviewed first. The
      youngest of them is now 57. Derrick Shaw, who worked on the *Halgavor*, the last ship to go down the
      slip, said that his hands remembered but that his knees would need persuading.`,
    p`There are doubts. The region's money depends on a quay wall that has not been surveyed since 1996, and
      Halmouth's further education college has places for eighty apprentices a year, in a building with a
      tarpaulin on it.`,
    related('the-last-pilot-of-the-hal', 'The last pilot of the Hal', 'Long read'),
  ],
};

export const ropeworks: SampleStory = {
  slug: 'ropeworks-opens-its-books',
  published: '2 d 9 h',
  by: ['tobias-renn'],
  place: 'Halmouth',
  content: {
    section: 'business',
    kicker: 'In brief',
    headline: 'Ropeworks co-operative puts everyone’s pay on the wall',
    standfirst: 'The city’s oldest employer has published every wage it pays. Two people asked for less.',
    topics: ['the-harbour'],
  },
  body: [
    p`The Halmouth Ropeworks, which has been owned by those who work in it since 1908, has pinned the pay of
      all 134 of them to the board beside the canteen, from the apprentice in the hemp loft (£23,400) to the
      managing director (£71,000).`,
    p`It did so after a vote in September that was carried by four hands. Members were told that they could
      have their own figure removed. Nobody has. Two have asked for it to be lowered, on the ground that they
      had not known what the night shift earned.`,
    p`The Ropeworks made £1.2m last year, chiefly from mooring lines for the wind farms, and will spend most of
      it on a new roof over the rope walk, which at 380 metres is the longest room in the county and the
      coldest.`,
    p`'It was very quiet for a week,' said Agnes Thole, the managing director. 'Then people began to ask each
      other what they did.'`,
  ],
};

export const shorePower: SampleStory = {
  slug: 'ships-to-plug-in-by-june',
  published: '8 d 6 h',
  by: ['tobias-renn', 'amara-dessing'],
  place: 'Halmouth',
  content: {
    section: 'business',
    kicker: 'The port',
    headline: 'Ships to plug in at the grain quay by June, and the street behind it to sleep',
    standfirst: 'Shore power will silence the generators that have hummed under Silo Street since 1961.',
    topics: ['the-harbour', 'offshore-wind'],
  },
  lead: shot(
    'grain-quay',
    'A cargo ship lies at a quay below tall grain silos and a crane, in evening light.',
    'The grain quay from the south mole. A ship at berth burns about four tonnes of fuel a day to keep its lights on.',
    { focal: [0.45, 0.55] },
  ),
  body: [
    p`From June, ships that lie at the grain quay will turn off their engines and take their power from the
      shore. For the port it is a matter of £9.4m and a cable as thick as a leg. For Silo Street it is a matter
      of sleep.`,
    p`A bulk carrier in port runs its generators day and night. The sound that reaches the houses behind the
      quay is not loud, 48 decibels on a still night, but it is low, and it does not stop. 'You do not hear it
      until it goes,' said Lise Amory, who has lived at number 14 since 1979. 'One ship had a breakdown in
      2003. The whole street got up to see what was wrong.'`,
    h`Who pays`,
    list(
      'The port pays for the cable and the substation, and gets the money back through berth fees over twelve years',
      'Shipping lines pay for the current, at a price fixed each quarter',
      'Ships that could plug in and do not will pay a surcharge of £600 a day from 2028',
    ),
    p`About half of the ships that call have the right socket. Most of the others are to be fitted by 2030, when
      the rules of their own insurers change. The power will come by way of the Outer Banks field when there
      is wind, and from the grid when there is none.`,
    p`The port's air was measured in the spring by the university. On days with two ships at the quay, soot in
      Silo Street was three times what it was on days with none. The same instruments will be put up again
      next summer.`,
  ],
};
