import { h, p, related, shot, steps, table, type SampleStory } from '../writing.ts';

export const athletic: SampleStory = {
  slug: 'athletic-hold-their-nerve-in-the-fog',
  published: '16 h',
  by: ['joss-pellow'],
  place: 'Chain Road',
  content: {
    section: 'sport',
    kicker: 'Halmouth Athletic 1 Estermouth Town 0',
    headline: 'Athletic hold their nerve in the fog, and the goalkeeper finds the ball',
    standfirst:
      'A goal that a third of the ground saw, a sending-off that nobody disputes, and a penalty saved in the 94th minute by a man who says that he heard it.',
    topics: [],
  },
  lead: shot(
    'football-fog',
    'A football pitch in fog: floodlights as pale glows, a few players as silhouettes, the goal just seen.',
    'Chain Road after the break. From the Rope End the far goal could be seen for eleven of the last forty-five minutes.',
    { focal: [0.5, 0.6] },
  ),
  body: [
    p`It is possible to describe the goal, because a steward was standing beside it. Dele Oyeniran took a
      corner on the left in the 34th minute, Callum Voss met it with his forehead at the near post, and the
      Halmouth end of the ground heard about it from the people in front.`,
    p`By then the fog had come up the river as far as the halfway line. At half-time the referee, Miriam Stoll, walked
      to each goal, turned round, and satisfied herself that she could make out the other one. She asked for the
      orange ball. A crowd of 3,112 gave the orange ball the warmest reception of the season.`,
    p`Estermouth, who had lost once since August, had much the better of what could be seen afterwards. Twice they
      were denied by a post whose position they had misjudged. In the 71st minute Sam Okell, who had been booked
      for a late tackle, made a later one, and Athletic played the rest with ten.`,
    h`The penalty`,
    p`The handball came in added time and was given by the assistant, who was four yards from it. Rory Lind put the
      ball on the spot, stepped back, and for a moment vanished. Tomas Beck stayed on his feet until he heard the
      boot, went to his right, and held it.`,
    p`'You cannot read a man's eyes in that,' Beck said. 'So I thought, well, listen.' He is 37, works in the
      mornings at the fish market, and has now saved four penalties out of five this season, two of them in
      daylight.`,
    p`Athletic stay second, two points behind the side that they have just beaten. Anke Brandt, who has managed them
      since they went down for the third time, was asked what had pleased her most. She said that she would tell us
      when she had seen it.`,
    table(
      'Northern Counties League, top four',
      'Club | Played | Won | Drawn | Lost | Points',
      'Estermouth Town | 17 | 11 | 3 | 3 | 36',
      'Halmouth Athletic | 17 | 10 | 4 | 3 | 34',
      'Saltby Rovers | 17 | 10 | 3 | 4 | 33',
      'Wexcombe | 16 | 9 | 3 | 4 | 30',
    ),
    p`Halmouth (4-4-2): Beck; Farrow, Adeyemi, Marsh, Quill; Oyeniran, Okell, Tamm, Hirst; Voss (Dunne, 80), Lacey
      (Pryce, 74). Booked: Okell, Marsh. Sent off: Okell (71).`,
  ],
};

export const rowers: SampleStory = {
  slug: 'the-oldest-eight-on-the-river',
  published: '3 d 2 h',
  by: ['joss-pellow'],
  place: 'Long Bridge',
  content: {
    section: 'sport',
    kicker: 'Rowing',
    headline: 'The oldest eight on the river has an average age of 66, and a grievance',
    standfirst:
      'They learned to row in the spring. In the Hal Head they beat the university’s second boat, and would have beaten its first but for a swan.',
    topics: ['river-hal'],
  },
  lead: shot(
    'rowers',
    'An eight-oared rowing boat on a misty river at sunrise, below an arched stone bridge.',
    'The *Marjorie* below the Long Bridge on a training morning.',
    { focal: [0.5, 0.6] },
  ),
  body: [
    p`The eight women in the *Marjorie* have 528 years between them, nine new joints and one cox, who is nineteen and is
      not counted. They had none of them held an oar until April. On the morning of the Hal Head they passed
      thirteen boats in four and a half kilometres and finished 31st of 44.`,
    p`The crew was put together by Bridget Sale, who used to run the bus station, from a notice in the library that
      said *No experience, no hurry*. Twenty-three answered it. The eight who stayed have been on the water at
      six every morning but Christmas, though they have not had a Christmas yet.`,
    p`'We are not strong,' said Mrs Sale, who is 71 and rows at stroke. 'We are together. The young ones pull as hard
      as they can. We pull when she says.' The cox, Ottoline Reyes, confirmed that this was so.`,
    h`The matter of the swan`,
    p`The grievance concerns the reach below Cold Mill, where a swan held the middle of the river for what the crew
      gives as twenty seconds and the umpire as eight. They finished eleven seconds behind the university's first
      novice boat. An appeal was made, heard over tea, and dismissed with cake.`,
    p`They will be back in March for the sprints. The *Marjorie*, which was built in 1978, is to have a new rudder, paid
      for by a sponsor. It is the hospital's department of orthopaedics.`,
  ],
};

export const sands: SampleStory = {
  slug: 'a-mile-between-two-tides',
  published: '5 d 3 h',
  by: ['joss-pellow'],
  place: 'Sandry',
  content: {
    section: 'sport',
    kicker: 'Running',
    headline: 'A mile between two tides goes to a postman who knows the ground',
    standfirst: 'The Sandry Sand Mile is run at low water, whenever that is. This year it was at ten to six.',
    topics: [],
  },
  body: [
    p`The Sandry Sand Mile has no fixed date and no fixed course. It is run on the lowest tide of November, from the
      wreck to the groyne, and it is a mile because the rules say so.`,
    p`This year the sea was out furthest at ten minutes to six in the morning, and 186 people followed it by the light
      of their own lamps. Ruben Castle, who has carried the post in Sandry for twelve years, kept to the ribs of hard
      sand that he crosses every day and won by nineteen seconds. Second was Fenna Wickes, aged 16, who runs for
      the county and had been told about the ribs by her grandmother, but not which ones.`,
    steps(
      'Ruben Castle (Sandry) 5 min 41 s',
      'Fenna Wickes (Halmouth Harriers) 6 min 0 s, first woman',
      'Isaac Lowe (Halmouth Harriers) 6 min 4 s',
      'Pavel Dorn (Port Ivel) 6 min 11 s',
      'Grace Mott (Sandry School) 6 min 30 s, first under 14',
    ),
    p`All but two finished. One stopped to look at a starfish. The other was the starter, who had joined in and
      remembered at the halfway mark that nobody was holding the watch at the line; the times are those of the
      school's pupils, who had brought their own.`,
    related('the-oldest-eight-on-the-river', 'The oldest eight on the river', 'Rowing'),
  ],
};
