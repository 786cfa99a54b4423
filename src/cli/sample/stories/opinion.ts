import { divider, h, h3, list, p, related, type SampleStory } from '../writing.ts';

export const leader: SampleStory = {
  slug: 'a-ferry-is-a-street',
  published: '2 h 5 min',
  by: [],
  content: {
    section: 'opinion',
    kicker: 'Leader',
    headline: 'A ferry is a street',
    standfirst:
      'The council has kept the night boat by a single vote. It should not have to find another one in 2029.',
    topics: ['ferries', 'city-council'],
  },
  body: [
    p`Nobody has ever proposed to close Tanner Street because it was empty at midnight. It costs money to light,
      to sweep and to mend, and for some hours of every night it serves a few cats and whoever is coming off the
      late shift. It stays open because a street that is shut at night is not a street. It is a yard with a gate.`,
    p`The boat to the Skerrin islands is a street eleven miles long, and last night the council kept it open by
      [one vote](story:night-ferry-saved-by-one-vote). We are glad of it, and we do not think that those who
      voted the other way were fools. The night boat loses £412,000 a year. It carries forty-one people. Divide
      the one by the other and each of them costs the rest of us about £27.50, every time, in both weathers.`,
    p`Those figures are right, and they measure the wrong thing. The fire engine at Cold Mill was called out on 112
      nights last year and stood in its shed on 253. No one has divided its cost by the fires. We do not pay
      for it to be used. We pay for it to be there.`,
    p`There are 850 people on the two islands. Take away their evening and they will not leave in equal parts. The
      first to go will be those who work late, then those who study, then those who are ill or expect to be. What
      remains after that is a view, and the city already has several.`,
    h`A reprieve is not a timetable`,
    p`What was saved last night is two years and four months. Nobody signs a lease, takes a job or buys a share in a
      boat on the strength of that. Three things would turn a reprieve into a service, and none of them needs a
      councillor to change her mind.`,
    list(
      'Put the 23.10 into the transport plan, beside the trams, so that it is counted as a route and not as a grant',
      'Publish its figures every month, as the motion requires, and publish those of the ring road on the same page',
      'Ask Skerrin Lines what it would charge for ten years instead of three, and let the public see the answer',
    ),
    p`Oswin Pike says that the council voted for a feeling. So did the council that built the Long Bridge, which
      took forty years to pay for itself and was called a monument to sentiment by a man who lived on the right
      side of the river.`,
    p`Maud Tressilian did something that is rarer than changing her mind. She went to look. The boat lies at the
      Custom House steps at ten past eleven. There is usually room.`,
  ],
};

export const clock: SampleStory = {
  slug: 'leave-the-clock-alone',
  published: '1 d 14 h',
  by: ['idris-hallam'],
  content: {
    section: 'opinion',
    kicker: 'Idris Hallam',
    headline: 'The Custom House clock is four minutes slow. Leave it alone',
    standfirst: 'It is the only public instrument we have that still tells us where we are.',
    topics: ['city-council', 'the-harbour'],
  },
  body: [
    p`The clock on the Custom House is four minutes slow, and the council has found £1,900 to put it right. I
      should like to ask for the money to be spent on something that is wrong.`,
    p`I taught within sight of that clock for thirty-one years, and I can report that it never made anybody late.
      People who live here take off four minutes without thinking, as they take off a wet coat. Visitors miss a
      train now and then. There is a bar opposite the station, and they are looked after.`,
    p`It is not even slow. Noon comes to Halmouth when the sun stands over the Custom House, and that happens four
      minutes after it has stood over Greenwich, because we lie one degree further west and the earth has not been
      told about railways. Until 1852 every clock in the city said so. Then the line was opened, London's time
      arrived in a guard's pocket, and for a generation the town kept both: one for trains and one for dinner.`,
    p`Parliament put an end to that in 1880, in an Act that hardly fills a page. The harbour master of the day, Josiah
      Crake, replied that he would adopt the new time 'when the tide does'. He stayed in his post for another
      twenty-two years. After him nobody was certain whose job it was to climb up there, and by the time that
      somebody was, the clock had become a custom, which in that building ought to count for something.`,
    p`Every September I took a class of eleven-year-olds down to the quay, sat them on the steps and asked what time
      it was. They looked up, they looked at their wrists, and they quarrelled. It was the best lesson I had, and
      I did not have to say a word in it. One year a girl put up her hand and asked, 'Whose?' I let her choose
      the story for the rest of the week.`,
    p`The engineer's report is thorough, and I have read it twice. It says that the clock 'misinforms the public'. The
      new tram signs below it count in seconds; the difference has brought in six complaints, and that was before a
      tram had run. I do see that. If you must catch something, look at the sign. It knows nothing else.`,
    p`A retired rigger in Silo Street has offered £140 for a brass plate that would say *Halmouth time*. The council
      can have my ten pounds as well, and keep the other £1,750 for a gutter. Let us have one clock in the city that
      is right by the sun, and let people ask why.`,
  ],
};

export const letters: SampleStory = {
  slug: 'letters-hanging-baskets-and-a-bell',
  published: '1 d 18 h',
  by: [],
  content: {
    section: 'opinion',
    kicker: 'Letters',
    headline: 'Letters: hanging baskets, a family’s honour, and which side a gull stands on',
    standfirst: 'What readers wrote this week. Letters are cut for length, and never for opinion.',
    topics: ['ferries', 'trams'],
  },
  body: [
    h3`Do not set me against a boat`,
    p`It has been said in the debate on the night ferry that it costs little more than the city's hanging baskets. I
      am the person who waters the hanging baskets, all 640 of them, between six and half past ten in the evening. I
      have no wish to be set against a boat. I live on Inner Skerrin, and I go home on it.`,
    p`**Marian Foale**, Inner Skerrin`,
    divider,
    h3`He was told to`,
    p`You write that the storm bell at Sandry was cracked in 1891 by a boy named Job Farthing, 'to see what would
      happen'. He was my great-grandfather. The family has asked me to say that he was nine, that the mallet was
      handed to him, and that the man who handed it to him became the mayor.`,
    p`**Florence Farthing**, Sandry`,
    related('sandry-storm-bell-to-ring-again', "Sandry's storm bell will ring again", 'The story'),
    divider,
    h3`A tradition restored`,
    p`I was a conductor on the last tram in 1965. It crossed the Long Bridge eleven minutes late because a coal cart
      had stopped on the rails in Tanner Street. If the new line can manage the same, I shall feel that my work
      is in good hands.`,
    p`**Edwin Tarrow**, Mill Lane`,
    divider,
    h3`A question for the engineers`,
    p`The new bins on the promenade are described as proof against gulls. They open at the side. I have watched them
      from my window for a fortnight, and I should be grateful to know which side the gull was expected to stand on.`,
    p`**Dr H. Penrose**, Promenade West`,
    divider,
    h3`I shall miss it`,
    p`Everyone in Silo Street is said to be looking forward to the day when the ships plug in and the humming stops. I
      have lived at number 9 since 1984 and I sleep very well. My late husband said that it was like having
      somebody in the next room. Could one of them be left on, quietly, at the far end?`,
    p`**Name and address supplied**`,
  ],
};
