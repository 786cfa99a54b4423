import { say, type SampleTalk } from './talk.ts';

export const ferry: SampleTalk = {
  story: 'night-ferry-saved-by-one-vote',
  comments: [
    say(
      'dot-hargreave',
      4,
      `I was in the Turnstone when it was read out. Nobody cheered. Everybody sat down.

£8.30 is a lot of money and I shall pay it every week and be home.`,
      { recommends: 13, isPicked: true },
      say(
        'sunniva',
        7,
        'I have handed over patients on that quay at a quarter to midnight. Thank you, Maud Tressilian, whoever you are.',
        { recommends: 9 },
      ),
      say(
        'pettifer',
        9,
        'Divide £412,000 by 41 people and you could send each of them home by taxi, if there were a road.',
        { recommends: 3 },
        say('dot-hargreave', 11, 'If there were a road I should not be asking you for a boat.', {
          recommends: 14,
        }),
      ),
    ),
    say(
      'perpetua',
      13,
      'The girl with the cello was one of ours. Grade six, with merit. She sleeps on anything.',
      { recommends: 12 },
    ),
    say(
      'kit-marlin',
      18,
      'Does the *Dunlin* have a rail for bicycles? The timetable page says nothing.',
      { recommends: 2 },
      say('dot-hargreave', 21, 'It has a rope and a good-natured deckhand.', { recommends: 8 }),
    ),
    say('odile', 27, 'She signed against it, went to look, and said so in public. Frame the minutes.', {
      recommends: 10,
    }),
  ],
};

export const homes: SampleTalk = {
  story: 'empty-homes-outnumber-waiting-list',
  comments: [
    say(
      'odile',
      18,
      `Thank you for printing the query. I ran the ward figures against our own drawings register: of 40 flats on the wool quay, 31 have never had a kitchen fitted. They are not between phases; they are shells with curtains.`,
      { recommends: 14, isPicked: true },
      say(
        'perpetua',
        26,
        'Shells with curtains is the best description of municipal policy I have heard this year.',
        { recommends: 9 },
      ),
    ),
    say(
      'rashid-noor',
      45,
      'I bake across from seven dark windows. There is a family of five in one room above the laundry. They can see the same windows.',
      { recommends: 13 },
    ),
    say(
      'pettifer',
      62,
      `I own one of these. My sister's. I am not a speculator either; I cannot find a plumber. Tell me where to sign and I will let it to the five above the laundry.`,
      { recommends: 12 },
      say('rashid-noor', 70, 'Come in tomorrow. I know a plumber. He likes almond croissants.', {
        recommends: 14,
      }),
    ),
  ],
  stands: {
    state: 'premoderated',
    note: 'Some have named people at their addresses.',
  },
  late: [
    say(
      'bea',
      190,
      'Number 14 in our row has had the same bulb on since March. How does one tell the council, and does anybody read it?',
    ),
  ],
};

export const eels: SampleTalk = {
  story: 'the-eels-came-back',
  comments: [
    say(
      'kit-marlin',
      12,
      `Third-year here, and I have held one of the October fish. Quick version of what an otolith tells you:

1. count the rings: how old it is;
2. read the strontium: salt water or fresh, year by year;
3. be told by your supervisor that it is *suggestive*.`,
      { recommends: 13, isPicked: true },
      say(
        'perpetua',
        25,
        'Would you come and say that to class 5? They will only want to know about the freezer.',
        { recommends: 6 },
        say('kit-marlin', 31, 'I have stories about the freezer.', { recommends: 8 }),
      ),
    ),
    say(
      'lars-ekwall',
      195,
      'About the culvert of 1871: I have been in it. See under the tram story. It is wet, dark and about a metre high, and something in it moved away from the lamp.',
      { recommends: 12 },
      say('kit-marlin', 199, 'I have read this four times.', { recommends: 11 }),
    ),
    say(
      'yusuf-hadi',
      95,
      'On the wet dock we always had eels. Nobody asked us. We had names for two of them.',
      { recommends: 14 },
    ),
  ],
  stands: {
    state: 'closed',
    note: 'Dr Lindholm thanks you for the culvert, and has ordered the boat.',
  },
};

export const ribs: SampleTalk = {
  story: 'ribs-at-the-tidewater',
  comments: [
    say(
      'perpetua',
      50,
      `Went on Saturday with low expectations and a cold. Sat forward for two hours and forty minutes. The letter is a mistake, as Ruth says, but:

>! she does not read it out. She folds it into the seam with the caulking, and he sees her do it. I think that is the whole play.`,
      { recommends: 11, isPicked: true },
      say('odile', 75, 'Opened that on the bus and had to look out of the window for a while.', {
        recommends: 7,
      }),
      say(
        'rope-end',
        120,
        'My dad was a shipwright. I took him. He said the third plank was on the wrong way round, and then he did not say anything until we got to the car park.',
        { recommends: 14 },
      ),
    ),
    say(
      'sunniva',
      300,
      'Is the first row really all sawdust? I have a night off and a good coat.',
      { recommends: 3 },
      say('perpetua', 320, 'Bring the other coat.', { recommends: 9 }),
    ),
  ],
};

export const cafe: SampleTalk = {
  story: 'seamens-cafe-opens-again',
  comments: [
    say(
      'yusuf-hadi',
      20,
      `اسم أبي في الصفحة الثالثة: «ثمن طابعين إلى الحُديدة». كان يقول لنا إنه لم يستدن في حياته قط.

ذهبتُ ودفعتُ ثمن الطابعين، وأعطاني ياسين كوبًا من الشاي لم يقبل ثمنه.`,
      { recommends: 14, isPicked: true },
      say(
        'mona-sharif',
        34,
        'رحمه الله. من كان دَينه طابعين إلى أمّه فليس عليه دَين.',
        { recommends: 12 },
        say('yusuf-hadi', 41, 'هذا ما قاله ياسين، لكنه أخذ ثمن الطابعين.', { recommends: 9 }),
      ),
    ),
    say(
      'mona-sharif',
      66,
      'سآخذ طالباتي إلى هناك يوم الثلاثاء، نقرأ الدفتر معًا. خطّ صالح العديني أجمل من خطّي.',
      { recommends: 8 },
      say(
        'rashid-noor',
        90,
        'I cannot read the page, but I can read "bread" in any ledger. I am sending them two trays on Tuesday. @mona-sharif, how many girls?',
        { recommends: 10 },
        say('mona-sharif', 104, 'Nineteen, and a teacher. شكرًا يا جار.', { recommends: 9 }),
      ),
    ),
  ],
};

export const athletic: SampleTalk = {
  story: 'athletic-hold-their-nerve-in-the-fog',
  comments: [
    say(
      'rope-end',
      30,
      'I was there and I can confirm that I was there. Beyond that I rely on Joss Pellow.',
      { recommends: 13, isPicked: true },
      say('lars-ekwall', 55, 'My grandson asked at half-time which team we were.', { recommends: 8 }),
    ),
    say(
      'tomasz-gray',
      80,
      `Beck sold me a turbot at seven this morning. I said well done. He said: *"You should have heard it."*`,
      { recommends: 14 },
    ),
    say(
      'pettifer',
      400,
      'Okell should have gone for the first one.',
      { recommends: 4 },
      say('rope-end', 410, 'At last, @pettifer, something on which the whole ground agrees with you.', {
        recommends: 9,
      }),
    ),
  ],
};
