import { code, figure, h, keyfacts, p, shot, steps, table, type SampleStory } from '../writing.ts';

export const homes: SampleStory = {
  slug: 'empty-homes-outnumber-waiting-list',
  published: '9 h 15 min',
  by: ['mirela-vosk', 'nell-arkley'],
  place: 'Halmouth',
  content: {
    section: 'city',
    kicker: 'Housing',
    headline: 'Halmouth has more empty homes than families waiting for one',
    standfirst:
      'The council counts 1,388. Its own water meters say 2,317. We put two lists beside each other that had never met.',
    topics: ['housing', 'city-council'],
  },
  lead: shot(
    'empty-homes',
    'A terrace of narrow town houses at dusk; only one window is lit.',
    'Eight houses in Quayside. In seven of them no water has run since the spring.',
    { focal: [0.5, 0.5] },
  ),
  body: [
    p`In 2,317 homes in Halmouth less than a bath a month has been drawn from the taps since the spring. The families on
      the council's waiting list number 1,904. Until now nobody has been able to say so, because the council does not
      count the first figure, and the list that would have told it belongs to the department two doors down.`,
    p`The council's register of empty homes is made by asking the owners. It has 1,388 addresses on it. Owners have a
      reason not to answer: after a year the tax on an empty home doubles.`,
    p`The city's waterworks has no interest in the matter, and reads every meter twice a year. Under the public records
      rules we asked for the readings of all 84,600 homes without names, and set them beside the register. The two
      agree on 1,196 addresses. A further 1,121 have stood dry for six months without being on any list, and 192 that
      are listed as empty are using as much water as a family of three.`,
    table(
      'Homes without water use for six months, by ward',
      'Ward | Homes | Empty | Share',
      'Upper Rope Walk | 9,840 | 212 | 2.2%',
      'Lower Rope Walk | 10,210 | 388 | 3.8%',
      'Quayside | 8,120 | 541 | 6.7%',
      'Cold Mill | 11,360 | 176 | 1.5%',
      'Market | 9,470 | 463 | 4.9%',
      'Corran | 12,050 | 297 | 2.5%',
      'Beacon Hill | 10,930 | 88 | 0.8%',
      'Infirmary | 12,620 | 152 | 1.2%',
      '**Halmouth** | **84,600** | **2,317** | **2.7%**',
    ),
    h`Who owns them`,
    p`Three in five belong to private people, most of whom own one other home. 'I am not a speculator,' said a man with a flat in Quayside
      that was his mother's. 'I am somebody who has not emptied a wardrobe.' He has meant to since 2021.`,
    keyfacts(
      'The owners of 2,317 empty homes',
      '**1,402** belong to private people, most of them in the city',
      '**561** belong to companies; **74** of these to one, Harrow & Tide Estates',
      '**166** belong to someone who has died, or whom nobody can find',
      '**121** belong to the city itself, and **67** to housing associations',
    ),
    p`Harrow & Tide said that its flats, all in two blocks on the wool quay, were 'between phases'. They have been
      between phases since 2019.`,
    p`The city's 121 are mostly waiting for new boilers. Leonie Marsh, who answers for housing, was shown the figures
      last week and did not dispute them. She has asked for the two lists to be compared every quarter from January.
      'It is embarrassing,' she said. 'It is also the cheapest two thousand homes that I shall ever be offered.'`,
    figure(
      shot(
        'grain-quay',
        'A cargo ship lies at a quay below tall grain silos and a crane, in evening light.',
        'The wool quay lies behind the silos. A third of its flats are dark.',
        { focal: [0.45, 0.55] },
      ),
      'side',
    ),
    h`How we counted`,
    steps(
      'We took homes whose meters showed less than one cubic metre in at least 182 days. A dripping tap uses more.',
      'We left out the 640 that are registered as second homes, which are used in summer.',
      'We called at sixty of the rest, chosen by lot. In 57 no one lived. In one the meter was broken, and in two we were given tea.',
    ),
    p`All of it comes down to one question. This is how it was put to the database:`,
    code(
      'sql',
      `select home.ward,
       count(*) as homes,
       count(*) filter (
         where meter.cubic_metres < 1
           and meter.days >= 182
           and second_home.id is null
       ) as empty
  from home
  join meter on meter.home = home.id
  left join second_home on second_home.id = home.id
 group by home.ward
 order by empty desc;`,
    ),
    p`Sixty visits cannot prove two thousand doors. If the share holds, between 2,000 and 2,280 of the homes are empty in
      the plain sense of the word. Even the lower figure is longer than the list. We say so because the register has
      no such line.`,
  ],
};
