import { figure, gallery, h, p, pullquote, quote, related, shot, type SampleStory } from '../writing.ts';

export const pilot: SampleStory = {
  slug: 'the-last-pilot-of-the-hal',
  published: '2 d 3 h',
  by: ['tobias-renn'],
  place: 'The bar of the Hal',
  content: {
    section: 'coast',
    kicker: 'Long read',
    headline: 'The last pilot of the Hal',
    standfirst:
      'For thirty-eight years Gwen Haddow has climbed rope ladders in the dark to bring other people’s ships over the bar. On the last day of December the job passes to a room with nine screens.',
    topics: ['the-harbour', 'river-hal'],
  },
  lead: shot(
    'pilot-boat',
    'Night: a small pilot boat comes alongside the high black side of a cargo ship; a rope ladder hangs down the side in the light of a lamp.',
    'The pilot boat *Petrel* under the lee of the *Astrid Maren*, a mile outside the bar.',
    { focal: [0.5, 0.55] },
  ),
  body: [
    p`At ten to three in the morning Gwen Haddow zips up her jacket, puts a peppermint into her cheek and goes out to
      look at the sea. She does this before every job. She does not look at anything in particular. She stands on the
      step of the pilot hut at the end of the south mole, with her back against the door, and waits until she
      has stopped thinking about it.`,
    p`'Two metres and a bit,' she says. 'Old swell, from the north. There will be a flat one after every sixth.' In the
      hut behind her a screen says 2.1 metres, but nobody has looked at it.`,
    p`A mile and a half out, lit like a block of flats, the *Astrid Maren* is coming down to the bar with 11,400 tonnes of
      wheat. She is 142 metres long. Her captain, who is from Odesa, has never been to Halmouth. Between him and the grain
      quay lie three sandbanks, two bends and a bridge, and no more water than he needs. The law says that he may
      not come in alone, and for the past eight months there has been one person who could go and fetch him.`,
    p`In five weeks there will be none. From 1 January ships will be talked into the Hal by an officer at a desk in the Custom
      House. The Society of Pilots of the Hal, which was given its charter in 1764 and at one time kept its own
      graveyard, will be wound up with a balance of £212 and a barometer.`,
    h`Nine metres`,
    p`The *Petrel* goes out over the bar with her nose in the air. Mrs Haddow stands in the wheelhouse door with her knees
      bent, saying nothing to the coxswain, Ned Farrar, who says nothing to her. They have made this trip together some four
      thousand times. As they come round under the ship's side the noise stops, the wind stops, and there is a black
      wall with a lamp on top of it, going up and down.`,
    p`The ladder hangs out of the light. It is nine metres of rope with wooden steps, and it is the only part of the job
      that anyone ever asks her about. The boat rises and falls against it by the height of a kitchen. You go at the top of
      the rise. If you go on the way up, the boat comes after you and takes your feet. If you go on the way down, you find
      that you have stepped off a roof.`,
    p`She looks up once, at the knots. She lets five seas go by. On the sixth the *Petrel* hangs for a moment, as she
      said that it would, and she is on the third rung and climbing before the boat has begun to drop. She is 61. It
      takes her eleven seconds.`,
    pullquote(
      'If you have to decide, it is already too late. You wait until there is nothing to decide.',
      'Gwen Haddow',
    ),
    p`Four pilots of the Hal have died on ladders, the last of them in 1979. Mrs Haddow has been in the water once. It was
      in February 1996: a step turned over, and she was under the boat and out at the other side before she had
      finished the word that she had begun. Ned Farrar's father got her out by the hood. She was back on the roster after
      nine days, with a new jacket and a rule, which is that she looks at the knots.`,
    gallery(
      'What the job is done with',
      shot(
        'pilot-ladder',
        'A rope ladder with wooden rungs hangs down the rust-red steel side of a ship over dark water, seen from below.',
        'The ladder. Its upper end must be made fast to the deck and never to a rail. She checks.',
      ),
      shot(
        'pilot-hut',
        'A small wooden watch house on stone piles at the end of a mole, with one lit window and a mast with signal balls, in the evening.',
        'The hut on the south mole, rebuilt in 1953. There are two bunks and one good chair.',
      ),
      shot(
        'sandbanks',
        'A hand-drawn chart: sandbanks as pale shapes with dotted depths, the channel between them drawn in red pencil, a compass rose.',
        'Her chart of the bar in the first week of November. She draws a new one every Sunday.',
      ),
    ),
    h`A river that will not keep still`,
    p`On the bridge there is coffee, and a good deal of politeness. The captain shows her a card with everything that his
      ship can and cannot do. She shows him a sheet of paper with a drawing on it. He looks at the drawing, then at his
      electronic chart, which is six days old, and then at her. The channel on the paper lies forty metres north of
      the channel on the screen.`,
    p`'It moved on Thursday,' she tells him.`,
    p`The bar of the Hal is made of sand that the river brings down and the sea puts back. In a quiet summer the way through
      it shifts by a metre a week. In the first storms of winter it has been known to go thirty in a night. There are three
      banks, and they have had names for longer than the city has: the Old Woman, the Purse and the Parson's Knee. The
      Old Woman is steep and tells you when you are near her, because the ship slows and her stern sinks. The Parson's Knee
      gives no warning at all.`,
    p`The survey boat goes out once a fortnight with an instrument that draws the bottom to the width of a hand. It is very
      beautiful, Mrs Haddow says, and very like a photograph of somebody's children. In between she uses a lead
      line, the colour of the water at half ebb, the place where the terns are fishing, and what the crab boats tell
      her, for which she pays in tobacco that she does not smoke.`,
    figure(
      shot(
        'harbour-morning',
        'Fishing boats lie in a basin under the houses of an old town in early light.',
        'The inner basin, where the crab boats lie. Their skippers know what the sand did in the night before anyone else does.',
      ),
      'wide',
    ),
    p`Every job has gone into a notebook: the draught, the wind, the set of the tide at the second buoy, and one line on
      what she would do otherwise. She is in the thirty-eighth book. On the night of the *Astrid Maren* she wrote the
      number 9,412.`,
    h`Thirty-four brass plates`,
    p`In the lobby of the Society's house in Rope Walk there is a board with brass plates that slide: name, ashore, afloat.
      It was made in 1921, for thirty-four men. They owned the boats, elected their own master, and lived, most of them, on
      the same three streets, from whose upper windows one can see the bar. A son followed a father or he did not,
      but either way he served seven years as an apprentice and was then examined by eleven old men who asked him to
      draw the river on a slate.`,
    p`There were nineteen plates in use in 1960 and eleven in 1988. In that year a deck officer of twenty-three wrote from a
      ship off Valparaíso to ask whether the Society took women. The minute of the meeting is two lines long. *A letter was
      read from a Miss Haddow. It was remarked that the rules do not say.*`,
    quote(
      'They were perfectly fair. They were so fair that nobody spoke to me for a year. Then I put one on the Parson’s Knee, and got her off again before breakfast, and on the Monday somebody had made me a plate.',
      'Gwen Haddow',
    ),
    p`The last apprentice finished in 2004. Ships had grown and there were fewer of them: 4,100 came over the bar in 1960 and
      1,730 last year, with three times the cargo. A pilot's share of the fees fell until a tug mate earned more. One by one
      the plates stopped at *ashore*. In March Peter Lunn had his second knee replaced, and there was one.`,
    p`One person cannot serve a port. Since the spring the city has borrowed two pilots from Estermouth for the hours when she
      sleeps. They are good, she says, and they hate it. They go out with her drawing in their pockets.`,
    h`Nine screens`,
    p`The room is on the third floor of the Custom House, under the clock. It has a carpet, a smell of new cable, and a view
      of a car park. On the screens are the radar of four masts, the depth under every buoy, the wind at six heights and
      the ship herself, drawn to scale from her own signals, crawling up a river without weather.`,
    p`Ines Calder, the harbour master, does not pretend that nothing will be lost. She has 23 years at sea behind her and has
      thought about this for five. 'I have been to three funerals in this trade, and two of them were ladders,' she
      says. 'I am asked to put a person on a rope in the dark because it has always been so. I should have to be very sure that
      there was no other way. I was sure. Then I was not.'`,
    p`Since May her officers have brought in 86 ships from the room, with Mrs Haddow standing on the bridge beside the
      captain under orders to be silent unless she had to speak. She spoke four times. Both sides count this as a
      success. For the port it is 82 ships that needed nobody. For Mrs Haddow it is four.`,
    p`What did she say, those four times? Twice she said that a buoy had dragged, and twice that the ship smelled the
      ground, which is what pilots call it when a hull begins to feel the bottom and turns her head away. No instrument
      showed it. The officer ashore, Karim Nasser, who is 29 and was a ferry mate, has asked to be taken out to feel
      it for himself. He has been eleven times, on his days off. 'I had the numbers,' he says. 'I did not know what they were
      numbers of.'`,
    pullquote('For the port it is eighty-two ships that needed nobody. For her it is four.'),
    p`The saving is put at £640,000 a year. Ships of more than 160 metres, about one in nine, will still have someone on
      board, sent by the regional pool at Estermouth. The rest will have a voice. The pilots' union has asked what happens
      when the voice fails; the answer fills eleven pages, and comes down to an anchor.`,
    h`The turn`,
    p`There is only one hard thing in the river, and it is saved for the end. Above the Long Mole the channel bends by
      seventy degrees in the space of two ship's lengths, with the tide setting across it on to the fish quay. You have to
      begin the turn before there is any reason to. For about a minute the bow of the *Astrid Maren*, with 16,000
      tonnes behind it, points at the window of the net loft where a man called Dennis makes his tea.`,
    p`The captain has taken his hands off everything and is holding his own elbows. 'Port twenty,' says Mrs Haddow. She has
      not raised her voice. 'Midships. Thank you. Dennis is up.' The lamp in the net loft slides along the rail, reaches the
      end of it, and is gone. The quay comes out of the dark exactly where a quay should be. Somebody on it, very small,
      lifts an arm.`,
    p`At ten past four the engine is stopped. The captain signs her paper and wants to know whether he may keep the drawing.
      They all do, she says; there must be a thousand of them, pinned up in messrooms from here to Rosario, all wrong by
      now.`,
    p`He asks what she will do in January. She tells him that the room has offered her a chair. For two days a week she is to
      sit behind Karim Nasser and say what she would have done. The thirty-eight notebooks are to be typed in so that
      the machine can learn from them, and she has been asked to explain some of the words. She has said yes to the
      chair. About the words she is not certain. There is one that turns up on nearly every page, and she has tried it on
      several people, and they all wanted to know in what unit it was.`,
    p`The word is *heavy*. It does not mean the ship.`,
    p`Outside it is still night. The *Petrel* has come up the river to take her home, and Ned Farrar has left the engine
      running. She goes down the gangway, which is aluminium and has a handrail on both sides, holding on with
      both hands, like anybody else.`,
    related('ships-to-plug-in-by-june', 'Ships to plug in at the grain quay by June', 'The port'),
  ],
};
