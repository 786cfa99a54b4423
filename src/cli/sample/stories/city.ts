import { embed, figure, h, keyfacts, list, p, quote, related, shot, type SampleStory } from '../writing.ts';

export const ferry: SampleStory = {
  slug: 'night-ferry-saved-by-one-vote',
  published: '38 min',
  by: ['nell-arkley', 'tobias-renn'],
  place: 'Halmouth',
  content: {
    section: 'city',
    kicker: 'Skerrin islands',
    headline: 'Night ferry saved by one vote after a councillor changes her mind',
    standfirst:
      'The 23.10 will sail until at least the spring of 2029. Islanders get their last boat home; they will pay a third more to be on it.',
    topics: ['ferries', 'city-council'],
  },
  lead: shot(
    'night-ferry',
    'A lit passenger ferry passes a striped lighthouse at dusk, its windows reflected in the water.',
    'The 23.10 passes the harbour light. It carries an average of 41 people a night, and on some nights four.',
    { focal: [0.5, 0.62] },
  ),
  body: [
    p`The last boat home has been saved. After six hours of debate and a defection that nobody in the
      public gallery had foreseen, Halmouth city council voted by 23 to 22 last night to keep paying for the 23.10 ferry to the Skerrin islands.`,
    p`The boat will now run every night until at least the end of March 2029. In exchange, the single fare
      after nine in the evening rises from £6.20 to £8.30, and the last sailing on Sundays moves forward by
      forty minutes.`,
    p`The vote turned on Maud Tressilian, who represents Upper Rope Walk, a ward with no view of the sea.
      She had signed the motion to end the service in October. Last night she stood up at ten to nine, said
      that she had taken the boat four times since, and sat down on the other side of the chamber.`,
    quote(
      'I went to see how empty it was. On the second night there was a girl asleep against a cello, and a man with his dinner in a tin. I could not find the waste.',
      'Maud Tressilian, councillor for Upper Rope Walk',
    ),
    h`What it costs`,
    p`The night boat loses about £412,000 a year, a little more than the city spends on hanging baskets and
      less than half of what it spends on resurfacing the ring road. The finance committee had proposed to
      replace it with a charter boat that could be booked until six in the evening.`,
    p`That plan failed on a detail. A charter cannot carry stretchers, and the islands' one doctor told the
      council in a letter that she had sent eleven patients across on the 23.10 since January. 'I am not
      able to book them by six,' she wrote.`,
    keyfacts(
      'The 23.10 in figures',
      '**41** passengers on an average night, **118** on the Friday before Christmas',
      '**52 minutes** from the Custom House steps to Inner Skerrin',
      '**£8.30** single after nine in the evening from 4 January; children still travel free',
      '**23 to 22**, with one member absent: he was on the islands, and missed the boat',
    ),
    h`Relief, and a bill`,
    p`On Inner Skerrin the result was read out in the bar of the Turnstone at twenty past ten. Ewan Garrick,
      who fishes for crab and has two daughters at college in the city, said that he would pay the new fare
      and complain about it. 'That is what a fare is for,' he said.`,
    p`Not everyone was content. Oswin Pike, who led the opposition to the subsidy, said that the council had
      'voted for a feeling'. He will ask for the figures to be published every month, and the motion that
      passed requires exactly that.`,
    p`The operator, Skerrin Lines, has until the new year to decide whether it will put the older of its two
      boats into dry dock. If it does, the night service will run with the smaller *Dunlin*, which has no
      café but does have a heater.`,
    related('a-ferry-is-a-street', 'A ferry is a street', 'Leader'),
  ],
};

export const tram: SampleStory = {
  slug: 'first-tram-crosses-the-hal',
  published: '3 h 10 min',
  updated: '55 min',
  by: ['nell-arkley'],
  place: 'Halmouth',
  content: {
    section: 'city',
    kicker: 'Transport',
    headline: 'First tram in 61 years crosses the Hal, eleven minutes late and full',
    standfirst:
      'Four hundred people stood in the rain for the 7.02 from Cold Mill. By noon the line had carried more passengers than its planners expected in a day.',
    topics: ['trams', 'city-council'],
  },
  lead: shot(
    'tram-bridge',
    'A red and cream tram crosses an arched stone bridge over a river, with the roofs of a town behind.',
    'Car 3 on the Long Bridge, the first tram to cross the river since 1965.',
    { focal: [0.52, 0.5] },
  ),
  body: [
    p`At thirteen minutes past seven yesterday morning a tram came over the Long Bridge with its bell
      ringing, and people who had told each other that they would not cry did so.`,
    p`Line 1 runs from Cold Mill to the fish quay in nineteen minutes, with nine stops. It opened two years
      late, £31m over its first estimate and, after the final redrawing, one stop short. There is no longer
      a halt at the infirmary, which is four minutes' walk from the nearest platform and uphill.`,
    p`None of that was being discussed on car 3. Ines Abara, aged 84, had a ticket from the last day of the
      old trams in her purse. The conductor declined to clip it. 'He said it was out of date,' she said. 'I
      told him so was the bridge.'`,
    h`By the numbers at noon`,
    list(
      '**9,140** passengers by twelve o’clock, against 8,600 forecast for the whole day',
      '**Eleven minutes** late on the first run, because a delivery van had stopped on the rails in Tanner Street',
      '**Three** trams in service out of five; the other two are waiting for door sensors',
    ),
    p`The van had gone by ten past seven. Its driver, who asked not to be named, said that he had parked in
      the same place every morning for nine years and that nobody had told him about the tram. There have
      been forty-one letters, eleven public meetings and a brass band.`,
    figure(
      shot(
        'tram-stop',
        'People with umbrellas wait at a lit tram stop in the rain.',
        'The queue at Cold Mill, a quarter of an hour before the first departure.',
        { focal: [0.5, 0.6] },
      ),
    ),
    p`In the depot at Cold Mill a silent film ran on the wall all day, taken from the front of a cable car in San
      Francisco in April 1906. Nobody in it stops for anything. Several of yesterday's passengers watched it
      twice.`,
    embed(
      'https://archive.org/details/TripDown1905',
      'the Internet Archive',
      'A Trip Down Market Street, 1906, 13 minutes, silent',
    ),
    h`What comes next`,
    p`Fares are free until Sunday. From then a single costs £1.90, and a bus ticket is good for the tram and
      the other way round. The council will decide in February whether to build Line 2 along the ridge to
      the university, for which it has half of the money and all of the arguments.`,
    p`**Update:** This story has been updated with the operator's
      answer about the two trams that are not running.`,
  ],
};

export const market: SampleStory = {
  slug: 'night-market-moves-under-the-viaduct',
  published: '1 d 2 h',
  by: ['huda-rammani'],
  place: 'Halmouth',
  content: {
    section: 'city',
    kicker: 'Markets',
    headline: 'Night market to move under the viaduct after traders vote for a roof',
    standfirst:
      'Ninety-three stalls will leave Chandlers’ Square in March. The dumpling queue is to be consulted.',
    topics: ['city-council'],
  },
  lead: shot(
    'night-market',
    'Market stalls with striped awnings and strings of lamps under the tall arches of a viaduct at night.',
    'The arches of the old goods viaduct, as they were lit for a trial night in September.',
    { focal: [0.5, 0.68] },
  ),
  body: [
    p`Halmouth's night market will leave the square where it began and move under the arches of the goods
      viaduct, after its traders voted by 71 to 22 for the thing they have asked for since the first wet
      Friday in 2011: a roof.`,
    p`The market draws about six thousand people a week in summer and, in a bad November, six. 'In the
      square you look at the sky at four o'clock and you decide whether you are a business,' said Soraya
      Tehn, who sells dumplings from the third stall on the left and chairs the traders' association.`,
    p`The eleven arches belong to the city, which used them to store salt. The traders will pay £14 a night
      for a pitch, two pounds more than now, and the city will put in water, drains and lamps. A trial in
      September took more money in one evening than any night in the market's history. It also rained.`,
    h`The case for the square`,
    p`Those who voted against have a point, and Soraya Tehn repeats it for them: nobody passes the viaduct
      by accident. The square has four bus stops and a church whose steps seat two hundred. The arches have
      a bicycle shop.`,
    p`'People do not come to us because they are hungry,' said Bram Ockley, who has sold second-hand records
      beside the fountain for fourteen years. 'They come because they were going somewhere else.' He will
      move with the others, and has asked for the arch with the worst echo.`,
    p`The last night in Chandlers' Square is Friday 26 February. There will be a band, on the steps, unless
      it rains.`,
  ],
};

export const crossing: SampleStory = {
  slug: 'nine-year-olds-win-a-crossing',
  published: '10 d 4 h',
  by: ['nell-arkley'],
  place: 'Halmouth',
  content: {
    section: 'city',
    kicker: 'Schools',
    headline: 'A class of nine-year-olds counted 1,204 cars, and got their crossing',
    standfirst: 'Their survey was better than the city’s own. An engineer has asked to borrow the method.',
    topics: ['city-council'],
  },
  lead: shot(
    'crossing',
    'Children in bright coats walk over a striped crossing between old houses.',
    'Class 4 cross Mill Lane, for the moment with the help of a lollipop.',
    { focal: [0.5, 0.66] },
  ),
  body: [
    p`Mill Lane will have a pedestrian crossing by Easter because twenty-six children stood beside it for
      five mornings and wrote down what they saw.`,
    p`Class 4 of Quayside School counted 1,204 vehicles between eight and nine o'clock, noted that 311 of
      them were faster than the class's own reckoning of 'too fast', and timed how long a person of average
      height for the age of nine must wait to get over. The answer was three minutes and forty seconds.`,
    p`They sent the council a report of eleven pages with a bar chart, a map and a drawing of a hedgehog. The
      city's own count, made by a rubber tube across the road in the second week of August, had found that
      a crossing was not justified.`,
    quote(
      'There is no school in August. We did think that they would know that.',
      'From the report of Class 4',
    ),
    p`Petra Lund, the engineer who read both, told the transport committee that the children's was the better
      survey. They had written down the weather, repeated the count on a market day and described how they
      had settled disagreements, 'which we do not always do'. The committee approved £38,000 without a vote.`,
    p`The hedgehog is not on the plans. 'We have asked about it,' said Class 4's spokesperson, who is nine and
      has to be home by six.`,
  ],
};
