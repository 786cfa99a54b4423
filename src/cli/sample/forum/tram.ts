import { say, type SampleTalk } from './talk.ts';

export const tram: SampleTalk = {
  story: 'first-tram-crosses-the-hal',
  comments: [
    say(
      'wilma-crake',
      5,
      `I worked the box at Cold Mill for thirty-seven years and never saw a tram from it. Yesterday I stood on the platform in the wet with a flask, aged seventy-four, and waved at a vehicle.

My late husband would have said it was only a bus that cannot swerve. He would have waved too.`,
      { recommends: 14, isPicked: true },
      say(
        'bea',
        9,
        'I think I stood next to you! Green coat? You gave my eldest a biscuit and told him what a point lever weighs.',
        { recommends: 8 },
        say(
          'wilma-crake',
          12,
          'That was me. He asked a better question than anybody from the council did.',
          { recommends: 9 },
          say(
            'bea',
            15,
            'He has now asked it of the cat, the postman and his grandmother. What *does* happen if two trams want the same bit of rail?',
            { recommends: 4 },
            say(
              'wilma-crake',
              19,
              `One of them waits. That is the whole of signalling. Everything else is

- how it knows that it must,
- how you know that it knows,
- and what you do when the bulb goes.`,
              { recommends: 11 },
              say(
                'lars-ekwall',
                26,
                'I taught that to students for a term and did not put it as well. May I have the list for the wall, @wilma-crake?',
                { recommends: 5 },
                say('wilma-crake', 31, 'You may. The bulb is the important one.', { recommends: 3 }),
              ),
            ),
          ),
        ),
        say(
          'rashid-noor',
          14,
          'The biscuit was mine, by the way. She bought two dozen at six in the morning.',
          {
            recommends: 6,
          },
        ),
      ),
      say(
        'nell-arkley',
        22,
        `Wilma, if you would ever like to go through the old box diagrams with us for the archive, my door is open. I found the 1965 working timetable in a drawer here and nobody can read it.`,
        { recommends: 7 },
        say('wilma-crake', 29, 'Thursday. I shall bring my own pencil.', { recommends: 6 }),
      ),
    ),
    say(
      'pettifer',
      8,
      `£31m over, two years late, one stop short. If a builder did that to my kitchen I would not hold a brass band for him.`,
      { recommends: 6 },
      say(
        'odile',
        13,
        `I build kitchens. Thirty-one over on what, though? The line came to about a tenth more than the tender of the second year. Measured against the *first* estimate anything is a scandal, because the first estimate is made before anybody has dug a hole.`,
        { recommends: 9, isPicked: true },
        say(
          'pettifer',
          18,
          'Then the first estimate should not be printed on a leaflet and pushed through my door.',
          { recommends: 10 },
          say(
            'odile',
            24,
            'There I agree with you entirely, and it makes me uneasy.',
            { recommends: 12 },
            say('pettifer', 28, 'It makes me uneasy too. Shall we go back to the kitchen.', {
              recommends: 8,
            }),
          ),
        ),
        say(
          'lars-ekwall',
          33,
          `> anything is a scandal, because the first estimate is made before anybody has dug a hole

I dug the hole. In Tanner Street there was a brick culvert on no map, and under it an older one. The eleven weeks were those.`,
          { recommends: 13 },
          say(
            'rashid-noor',
            37,
            'Eleven weeks without a delivery door. I sold bread through the window of the flat upstairs, in a basket on a rope.',
            { recommends: 9 },
            say(
              'kit-marlin',
              44,
              'Is that the culvert that goes to the wet dock? Asking for forty thousand eels.',
              { recommends: 11 },
              say(
                'lars-ekwall',
                52,
                'The lower one may. It is brick, egg-shaped, a metre high, and dated 1871 on the keystone. I have a photograph somewhere; I shall look for it.',
                { recommends: 7 },
                say(
                  'kit-marlin',
                  55,
                  'Please do. I know somebody at the university who will want to shake your hand for a long time.',
                  { recommends: 5 },
                ),
              ),
            ),
          ),
        ),
      ),
      say(
        'tomasz-gray',
        20,
        'My bus was over its estimate as well. Nobody minded because it was only a bus.',
        { recommends: 7 },
      ),
    ),
    say(
      'sunniva',
      16,
      `Four minutes uphill from the nearest platform to the infirmary. I have timed it with people who have just been discharged. It is eleven, with the bench.

The one stop they took away was the one for those who cannot walk to the others.`,
      { recommends: 14, isPicked: true },
      say('bea', 21, 'With a double pram it is nine and a half and a row.', { recommends: 6 }),
      say(
        'nell-arkley',
        40,
        `I asked the operator about this for the story and was told that a stop there "remains an aspiration". I have now asked what it would cost, when it was last costed, and who decided. The answers are due on Friday, and I shall put them here.`,
        { recommends: 13 },
        say(
          'sunniva',
          47,
          'Thank you. If they want somebody to push a wheelchair up that hill beside them, I finish at seven.',
          { recommends: 12 },
          say('tomasz-gray', 53, 'I would come to that.', { recommends: 5 }),
          say(
            'perpetua',
            61,
            'So would class 5. They have a stopwatch, and they are not afraid of engineers. @bea, may we borrow the double pram?',
            { recommends: 9 },
          ),
        ),
        say('pettifer', 50, 'An aspiration is what one has instead of a budget.', { recommends: 10 }),
      ),
      say(
        'odile',
        58,
        `The halt was in the drawings until the third redrawing, and the ramp for it has been **built**. You can stand on it. It leads to a fence.`,
        { recommends: 8 },
      ),
    ),
    say(
      'rope-end',
      23,
      'Does it run after a night match? Asking for about three thousand people.',
      { recommends: 5 },
      say(
        'tomasz-gray',
        27,
        'Last one from the fish quay is 23.40. If you leave at the whistle and do not stop for a pie you have a chance.',
        { recommends: 4 },
        say('rope-end', 30, 'So, no.', { recommends: 9 }),
      ),
      say('rashid-noor', 41, 'Stop for the pie. Walk. It is good for you.', { recommends: 7 }),
    ),
    say(
      'tomasz-gray',
      34,
      `From the seat of the 14: the tram is welcome, the van is famous, and the lights at Tanner Street now give me nine seconds. Nine. I have passengers who need longer than that to find their other glove.`,
      { recommends: 12 },
      say(
        'perpetua',
        39,
        'My class will count that for you. We did the crossing; we can do nine seconds.',
        { recommends: 8 },
        say(
          'tomasz-gray',
          43,
          'I heard about the crossing. I would not like to be on the wrong side of your class.',
          { recommends: 6 },
        ),
      ),
      say(
        'jonah-creed',
        66,
        'A reader has sent us a film of the lights, and it is nine. We have passed it to the newsroom. Please keep plate numbers of cars out of the thread; I took one out of a comment above.',
        { recommends: 3 },
      ),
    ),
    say(
      'dot-hargreave',
      48,
      'From the islands it looks like this: you have a tram every eight minutes and we have a boat every night by one vote. I am glad for you. I am counting, that is all.',
      { recommends: 11 },
      say('sunniva', 56, 'Eleven stretchers since January. I count those.', { recommends: 9 }),
      say(
        'pettifer',
        63,
        'Nobody made you live on an island.',
        { isDeleted: true },
        say('dot-hargreave', 69, 'No. My great-grandmother did, and then there was the view.', {
          recommends: 13,
        }),
        say('wilma-crake', 74, 'And somebody has to keep the crabs company.', { recommends: 5 }),
      ),
    ),
    say(
      'kit-marlin',
      71,
      `Rode it twice end to end with a notebook. Cold Mill to the fish quay: 19 min 40 s, then 18 min 55 s. The floor is level with the platform everywhere except the Long Bridge, where it is \`+4 cm\` and a bit of a surprise.`,
      {
        recommends: 6,
        edited: `Rode it twice end to end with a notebook. Cold Mill to the fish quay: 19 min 40 s, then 18 min 55 s. The floor is level with the platform everywhere except the Long Bridge, where it is \`+4 cm\`, in the direction that catches wheels.`,
      },
      say('bea', 80, 'Can confirm the surprise.', { recommends: 4 }),
      say(
        'lars-ekwall',
        88,
        'The bridge moves by about that much between January and July, so they have set the platform for summer. It will be right in five months.',
        { recommends: 8 },
      ),
    ),
    say(
      'odile',
      96,
      'A small thing: the shelters face the weather. All nine. Somebody drew them on a dry day.',
      { recommends: 10 },
      say('wilma-crake', 103, 'It was ever so. The old ones faced the brewery.', { recommends: 9 }),
    ),
    say(
      'dot-hargreave',
      108,
      'Came over on the morning boat to ride it. The conductor asked where from. I said Inner Skerrin, and he said: change here for everywhere.',
      { recommends: 11 },
      say('sunniva', 112, 'I should like that on a mug.', { recommends: 6 }),
    ),
    say(
      'perpetua',
      118,
      `The man who declined to clip the 1965 ticket should be given one of the two trams that are not running. To keep.`,
      { recommends: 12 },
    ),
    say(
      'rashid-noor',
      137,
      'Update from Tanner Street: the van is parked on the other side now. He nodded at me. I nodded back. Peace in our time.',
      { recommends: 14 },
      say('tomasz-gray', 145, 'He is in my bus lane.', { recommends: 12 }),
    ),
    say(
      'lars-ekwall',
      151,
      'For those who asked about the bell: it is the one from car 11 of 1965. Somebody had kept it in a greenhouse.',
      { recommends: 9 },
      say('wilma-crake', 156, 'Under the tomatoes. I know, because it was me.', { recommends: 14 }),
    ),
    say(
      'bea',
      172,
      'Free until Sunday, so we went again after nursery. Eldest waved at every signal. He says it is so that they know that he knows.',
      { recommends: 10 },
    ),
  ],
};
