import {
  figure,
  h,
  keyfacts,
  list,
  p,
  pullquote,
  quote,
  related,
  shot,
  table,
  video,
  type SampleStory,
} from '../writing.ts';

export const wall: SampleStory = {
  slug: 'the-wall-that-was-built-in-a-summer',
  published: '7 d 5 h',
  by: ['huda-rammani'],
  place: 'Halmouth',
  content: {
    section: 'coast',
    kicker: 'Holding the sea, part 1',
    headline: 'The wall that was built in a summer',
    standfirst:
      'After the Tide of 1952 Halmouth raised two and a half miles of wall in 145 days, out of beach sand and old railway. The man who drew it gave it forty years. It has stood for seventy-four.',
    topics: ['flood-defence'],
    series: { slug: 'holding-the-sea', part: 1 },
  },
  lead: shot(
    'wall-builders',
    'Black and white: a line of people with shovels and barrows builds a wall along a shore, a crane behind.',
    'The gang at the fish quay end in July 1952. At the height of the work 2,300 people were on the wall.',
    { focal: [0.5, 0.6] },
  ),
  body: [
    p`Winifred Aske does not call it the wall. She calls it *the job*, as everyone did who was on it. She was seventeen, she
      had a place in the typing room of the Ropeworks, and on the last Monday in April 1952 she put on her brother's boots
      and went down to the fish quay because it was said that they were taking anybody.`,
    p`'They were,' she says. 'I was handed a shovel by a man in a bow tie.'`,
    p`On the night of 11 January that year the sea had come into Halmouth. There was a gale from the north, a spring tide, and
      a pressure so low that the barometer in the Custom House was thought to be broken. At twenty minutes to
      midnight the water stood 4.86 metres above datum, which is to say at the height of the counter in the post
      office. Sixty-three people died, most of them in bungalows at Sandry. By morning 2,900 had no house to go back to.`,
    p`What the city did next is told to children here as a story about courage, and it was that. It was also a
      story about a shortage of steel.`,
    h`The man in the bow tie`,
    p`Harold Stenning was 34, an assistant in the city engineer's office, and had until then designed public
      conveniences. The plan for a sea wall had been asked for by the council in February. It was to be ready in the autumn
      of 1954, when the ministry thought that reinforcing steel might come off the ration. Stenning's notebook, which is
      in the city archive, has under the 3rd of March a single line: *Next spring tide with a northerly: any time
      after 1 October.*`,
    p`So he looked for steel that nobody was using. The harbour branch railway had closed in 1949 and lay rusting from
      Corran to the quay, nineteen miles of it with the sidings. He had the rails lifted and laid into the wall, upright,
      one every metre, like the bones of a fish. For sand he took the beach. For stone he took the houses that had
      fallen down.`,
    quote(
      'You would find a bit of wallpaper on a lump. You looked to see if you knew it, and then in it went.',
      'Winifred Aske',
    ),
    p`Work began on 28 April and ended on 19 September. In 145 days, of which Stenning counted 61 as wet, they made 4,200
      metres of wall, and poured 34,000 cubic metres of concrete, which is eight for every metre. The dockers came when
      there was no ship, the shipyard came on Saturdays, and the schools came in July. Pay was two shillings
      and ninepence an hour, the same for women after the first week, when the women put their shovels down.`,
    figure(
      shot(
        'sea-wall',
        'A long curved concrete sea wall with a wave breaking over its crest, the roofs of a town behind it.',
        'The wall at Promenade West in a northerly, last month. The crest is 5.6 metres above datum.',
        { focal: [0.5, 0.5] },
      ),
      'wide',
    ),
    h`It held`,
    p`The crest was fixed at 5.60 metres, three quarters of a metre above the Tide. In January 1978 the sea rose to 4.61 and
      nobody in the city woke up. In December 2013 it came to 4.98. That was higher than in 1952, and there were ten
      minutes when the spray ran down the inside of the wall in sheets and the police had the doors of three churches
      open. Sixty-two centimetres were left. No one was hurt.`,
    pullquote(
      'Good for forty years. After that they will have had a better idea.',
      "Harold Stenning's notebook, 20 September 1952",
    ),
    p`The reckoning comes now, and it comes from the beach. The sand was never washed. It had salt in it, and for seventy-four
      years the salt has been eating the rails. Last winter the city had 120 cores drilled out of the wall. In the good
      stretches the iron has lost a quarter of its thickness. In the bad ones, around the old boating lake, the drill
      brought up a red paste.`,
    p`Meanwhile the sea has risen by nineteen centimetres, and is doing it faster. It takes a smaller storm each decade to
      make the same tide.`,
    p`Stenning went back to public conveniences. Two of them are listed buildings. He died in 1991, a year short of
      his forty, and is said to have walked the wall every Sunday with a hammer, tapping.`,
    p`Mrs Aske is 91. Her flat is on the fourth floor, well above datum, and looks along the crest from end to end. She has been
      asked what ought to be done, by two councillors and a man with a microphone. She tells all of them the same. 'I
      should ask who has a shovel,' she says. 'It was a great help, that we did not know how long it ought to take.'`,
    related('the-fields-that-would-go-back', 'Part 2: The fields that would go back', 'Holding the sea'),
  ],
};

export const fields: SampleStory = {
  slug: 'the-fields-that-would-go-back',
  published: '4 d 8 h',
  by: ['nell-arkley', 'huda-rammani'],
  place: 'Sandry Marsh',
  content: {
    section: 'coast',
    kicker: 'Holding the sea, part 2',
    headline: 'The fields that would go back',
    standfirst:
      'One plan to save the city gives the sea 212 hectares at Sandry. Three farms, 38 households and a cricket square have been asked what they would take for them.',
    topics: ['flood-defence', 'housing'],
    series: { slug: 'holding-the-sea', part: 2 },
  },
  lead: shot(
    'marsh',
    'A salt marsh with winding creeks at low water, a farm and some cattle behind a low grass bank, a wide sky.',
    'The bank at Sandry. Everything to the right of it was sea until 1934.',
    { focal: [0.6, 0.5] },
  ),
  body: [
    p`Colm Prewett can show you where the sea would stop. He has put in a row of hazel sticks, across the barley and
      the lane and the far corner of the cricket field, and on the last of them his daughter has hung a life-belt.`,
    p`The sticks follow a line on sheet 7 of the council's plans. If it is adopted, a new bank will be raised along them, 900
      metres inland of the old one. Then the old one will be cut in two places, each 80 metres wide, on a quiet day at
      the bottom of a small tide, and the water will be let in.`,
    p`'They were very particular that it would be a quiet day,' Mr Prewett says.`,
    h`What a marsh does`,
    p`The case for it is not sentimental. A wave that has to cross a kilometre of salt marsh arrives tired. In the
      university's tank the marsh took a third off the height of the waves that reached the city, which is worth as much
      as half a metre of concrete and, over fifty years, costs £51m less. It would also be home to a good many
      redshank, but nobody on the council has dared to say so in Sandry.`,
    p`The land was marsh before. Mr Prewett's grandfather, with a loan from the county and eleven men, shut out the sea
      in 1934. It has given wheat, barley and beans since then, except in 1952 and the two years after it.`,
    keyfacts(
      'What would go',
      '**212 hectares** of arable land on three farms, the largest of them 96',
      '**38** houses in Marsh Lane, built between 1961 and 1974',
      'A caravan site with **90** pitches, a cricket square and 1.4 miles of the coast path',
      'Nothing before **2030**: the new bank has to settle for two winters first',
    ),
    h`Marsh Lane`,
    p`The farmers have lawyers, and will be paid. It is different in Marsh Lane. Denise Okafor, who is 44 and looks after old
      people in their homes, bought number 11 in 2019 for £164,000. She is offered its value as though no plan had
      ever been made, with a tenth on top and the removal. By the city's own reckoning that comes to £209,000. The
      cheapest house on the market in Sandry last week was £245,000.`,
    quote(
      'They say I am being made whole. I would like whoever says it to come and look for somewhere with me, on a Saturday, on the bus.',
      'Denise Okafor, Marsh Lane',
    ),
    p`In October the council asked the 38 households what they wanted. Twenty-one were against, twelve were for, and five
      have not replied. The twelve are mostly the oldest. Len and Barbara Tuck, who are both 83, were children in
      the bungalows in 1952. They were carried out over a roof. 'We have had the loan of it,' Mrs Tuck said.`,
    p`Those five silences may decide the matter. The council has said that it would not use its powers of purchase without
      'clear support in the lane', and has declined to say what number is clear.`,
    h`Who is asked`,
    p`There is another list, which is longer. Behind the wall in the city live 31,000 people who would be dry because Sandry
      was wet. They have not been asked whether they would pay more so that it need not be. Oswin Pike, who speaks for the
      opposition, has proposed that they should be: £16 from each household in Halmouth, once, would close the gap
      between the offer and a house for everyone in the lane. It went to a committee in September and has not been seen since.`,
    p`Mr Prewett has stopped arguing with the sticks. He has moved two of them, where he thinks that the surveyor had the
      sun in his eyes. He is 58, and his daughter Orla, who has been to agricultural college, has been reading about samphire
      and about cattle that live on marshes, and which fetch, she says, more than barley.`,
    p`'My grandfather took it from the sea with a loan,' he said, at the gate. 'I always wondered when they would
      want it back.'`,
    related('three-ways-to-hold-a-sea', 'Part 3: Three ways to hold a sea', 'Holding the sea'),
  ],
};

export const options: SampleStory = {
  slug: 'three-ways-to-hold-a-sea',
  published: '1 d 7 h',
  by: ['amara-dessing', 'mirela-vosk'],
  place: 'Halmouth',
  content: {
    section: 'science',
    kicker: 'Holding the sea, part 3',
    headline: 'Three ways to hold a sea, and the price of each',
    standfirst:
      'The engineers’ report goes to the council in a fortnight. We have read all 340 pages, and stood in the tank.',
    topics: ['flood-defence', 'city-council'],
    series: { slug: 'holding-the-sea', part: 3 },
  },
  lead: shot(
    'wave-tank',
    'In a hall, two people lean over a long water tank in which a small model of a harbour and its wall stands among waves.',
    'Halmouth at one to 150 in the hydraulics hall of the university. The Custom House is as tall as a mug.',
    { focal: [0.5, 0.6] },
  ),
  body: [
    p`The worst storm in the history of Halmouth takes four minutes and can be stopped with a red button. It happens most
      afternoons in a shed behind the university, where the city stands, 150 times smaller than life, at the end of a tank
      of water. A paddle the width of a tennis court leans back and forth. The sea comes up the tank, finds
      the wall, and goes over it.`,
    p`'There,' says Ravi Thornbury. He has run the same tide 611 times since February, and still says it.`,
    p`Professor Thornbury and his eleven colleagues were asked what becomes of the wall that was
      [built in a summer](story:the-wall-that-was-built-in-a-summer). Their answer is that there are three things to do
      and one not to, and that the one not to do is what the city is doing now.`,
    video('surge.webm', {
      title: 'Three tides at the wall: 1952, 2013, and the storm of 2013 on the sea of 2060',
      poster: 'surge',
      captions: 'surge.vtt',
      caption:
        'The wall in section. The blue is the sea at the top of each tide, and the line above it is the crest.',
      credit: 'Animation: The Lantern',
    }),
    h`The choice`,
    table(
      'What the report compares. The chance is that of water coming over in any one year, for the sea expected in 2060',
      'Plan | Cost over 50 years | Ready in | Chance in a year',
      'Mend as now | £27m | now | 1 in 9',
      'Raise the wall by 1.1 metres | £148m | 2034 | 1 in 200',
      'Raise it by 0.6, and give back the marsh | £97m | 2033 | 1 in 180',
      'A barrier across the Hal, and the wall raised by 0.6 | £390m | 2038 | 1 in 500',
    ),
    p`Today the chance is about 1 in 70, which does not sound like much. Over the twenty-five years of a mortgage it comes to
      three in ten. One would not throw a die for that.`,
    list(
      '**Raise it.** The old wall is cased in new concrete and made 1.1 metres higher. From the promenade a person of average height would see the sky.',
      '**Give ground.** The wall grows by about the height of a table, and the sea is let in [at Sandry](story:the-fields-that-would-go-back), where it wears itself out on a marsh.',
      '**Shut the door.** Four gates, each as wide as the fish quay is long, lie on the bed of the river and are raised when a surge is forecast, perhaps five times a year.',
    ),
    h`What the tank cannot say`,
    p`Models have manners. The waves in the shed arrive one behind the other from the direction in which they were sent. In
      2013 two seas met off Orrs Head and came up the Hal crosswise, and the tide gauge at the Custom House drew
      a shape that Professor Thornbury keeps framed over his desk, because he has never been able to make it.`,
    p`Nor can a tank say how fast the sea will rise. The report takes 31 centimetres between now and 2060, and shows what
      happens at 20 and at 50. At 20 all three plans are good for a century. At 50 the second one fails first, since a marsh
      needs time to grow and drowns if it is hurried. Only the gates do not mind.`,
    pullquote(
      'Every one of these is a bet. The only one that is sure to lose is not to place it.',
      'Ravi Thornbury',
    ),
    p`The third plan has another opponent in the river itself. Every [eel](story:the-eels-came-back) of the Hal would have to
      pass the gates, and so would every ship. The pilots, when there were more of them, asked for 90 metres between the
      piers. The drawing has 78.`,
    h`Who pays`,
    keyfacts(
      'The money',
      'The national fund pays **65%** of plans with a chance of 1 in 100 or better; of mending it pays nothing',
      'That leaves the city **£52m** for the higher wall, **£34m** with the marsh and **£137m** for the gates',
      'Over thirty years, for each of 84,600 homes: about **£20**, **£13** or **£54** a year before interest',
      'The vote is due by the end of **March**; the fund closes its list in April',
    ),
    p`The engineers were not asked which of them they would choose, and the report, with some effort, does not say.
      Over the tank, at the end of the afternoon, we asked. Two of the twelve would build the gates. Three would raise the
      wall. Seven would give ground.`,
    p`'But I would want to know the name of everybody on it,' said one of the seven, and went to put the cover on the sea.`,
    related(
      'the-wall-that-was-built-in-a-summer',
      'Part 1: The wall that was built in a summer',
      'Holding the sea',
    ),
  ],
};
