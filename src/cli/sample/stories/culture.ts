import { h, keyfacts, p, pullquote, quote, related, shot, type SampleStory } from '../writing.ts';

export const ribs: SampleStory = {
  slug: 'ribs-at-the-tidewater',
  published: '1 d 11 h',
  by: ['ruth-sandiford'],
  place: 'Halmouth',
  content: {
    section: 'culture',
    kicker: 'Theatre',
    headline: 'They build a boat in it, and by the end you would get in',
    standfirst:
      'Anneke Doyle’s new play puts two shipwrights and forty-one pieces of oak on the stage of the Tidewater. Go, and bring a coat.',
    topics: ['the-harbour'],
  },
  lead: shot(
    'stage',
    'A dark theatre: on the stage the ribs of an unfinished wooden boat in a cone of light, one figure beside it, heads of the audience in front.',
    'Marcus Ell in the second act of *Ribs*. The boat is real, and for sale.',
    { focal: [0.5, 0.45] },
  ),
  body: [
    p`There is a moment early in *Ribs* when a man planes a plank for six minutes and says nothing. On the first
      night somebody laughed after one minute, several people coughed after two, and by the fourth the
      Tidewater was as quiet as I have known it. When he stopped and ran his thumb along the edge, the woman in front
      of me ran hers along the arm of her seat.`,
    p`Anneke Doyle, whose first play was about the closing of a bank, has written her second for two voices and a
      great deal of timber. Father and daughter have one order left. He wants it done properly; she wants it
      done by Thursday, because on Friday the yard belongs to someone else. They talk about glue. By the interval it
      is plain that they have never talked about anything else, and why.`,
    h`No metaphor`,
    p`The danger of a boat on a stage is that it will begin to mean something. Doyle has seen it coming and keeps both
      her people too busy. Marcus Ell, as the father, handles the tools like someone who was told off by a real
      shipwright for a month, which he was. Imani Croft has the harder part, since she is right about nearly
      everything, and she plays it with her back to us more often than I have seen an actor dare.`,
    quote('You measure. I am asking you to look.', 'The father, in the second act'),
    p`Not all of it floats. A long speech about the mother, who went down to the launch of another ship and did
      not come home, has been written by somebody who did not trust the planing. And the last quarter of an hour
      turns on a letter, in a play that has until then had the sense to do without paper.`,
    p`But the building of the thing is a marvel. Forty-one ribs and planks go up in two hours and forty minutes, and no
      trick is played with them. At the end the two of them lift her off the trestles, and you see that the whole
      theatre has leaned forward to take some of the weight.`,
    keyfacts(
      'Should you go?',
      '**Yes**, if you have ever watched somebody do something well',
      '**Perhaps not**, if you like a plot; there is one, but it is kept in a drawer',
      'Tidewater Playhouse, until 19 December; £12 to £28, £5 for those under 26',
      'Two hours and forty minutes, with an interval; sawdust in the first three rows',
    ),
  ],
};

export const lens: SampleStory = {
  slug: 'the-old-light-finds-a-floor',
  published: '4 d 5 h',
  by: ['ruth-sandiford'],
  place: 'Halmouth',
  content: {
    section: 'culture',
    kicker: 'Museums',
    headline: 'After seventeen years in crates, the Old Light finds a floor that will bear it',
    standfirst:
      'The lens from Orrs Head weighs two tonnes without its lamp. It goes on show in the weigh house, where the flagstones once carried wool.',
    topics: ['the-harbour'],
  },
  lead: shot(
    'lens',
    'A lighthouse lens of many glass prisms, taller than a person, in a museum hall; two small figures look up at it.',
    'The lens on its new stand. It was made in Paris in 1857 and has 986 prisms, of which three are later.',
    { focal: [0.5, 0.45] },
  ),
  body: [
    p`When the lighthouse on Orrs Head was [switched off](story:old-light-goes-dark-after-151-years) in 2009, its lens
      was promised to the city museum, if a floor could be found that would bear it. The museum looked at its
      floor, which is Georgian and has opinions, and put the lens into nineteen crates.`,
    p`They have now been opened. The floor that was wanted turns out to have been 200 metres away all the time, in the
      weigh house on the wool quay, where slabs of granite half a metre thick were laid in 1790 for a beam that
      could weigh four carts at once. The building had been used since the war to keep the museum's spare
      chairs in.`,
    p`Ottilie Brandreth, the conservator, has spent fourteen months with 986 pieces of glass. Each of them bends the
      light by a different amount, so that what leaves the lamp in every direction leaves the lens in one. Three
      had been replaced after a gale in 1911 and are a shade greener than the rest. She has left them so. 'You can find
      the storm,' she said, 'if you know where to look.'`,
    pullquote(
      'It still turns. My daughter pushed it with one finger, and then would not stop.',
      'Ottilie Brandreth',
    ),
    h`Without the mercury`,
    p`In the tower the lens floated in a trough of mercury, which let a clockwork turn two tonnes of glass with a
      weight no heavier than a sack of coal. The mercury has gone to be made safe. In its place are 48 steel balls from
      a maker of ship's propellers, and it takes rather less than the weight of a hand.`,
    p`It will be lit for ten minutes at dusk every day, by a lamp of forty watts. The beams go round the walls of the
      weigh house and out through its one window, over the wool quay and as far as the ferry steps. The harbour
      master has been asked, and has put a line about it into the notices to mariners.`,
    p`Wilfred Danes, the last keeper, died in 2017. His grandson will start the clockwork at the opening on Saturday
      week. He has been told that it was always going out in the morning, and has asked whether, just
      this once, it might be left.`,
    related(
      'old-light-goes-dark-after-151-years',
      'Old light on Orrs Head goes dark after 151 years',
      'From 2009',
    ),
  ],
};

export const cafe: SampleStory = {
  slug: 'seamens-cafe-opens-again',
  published: '7 h 30 min',
  by: ['huda-rammani'],
  place: 'هالموث',
  content: {
    section: 'culture',
    language: 'ar',
    direction: 'rtl',
    kicker: 'حكايات الميناء',
    headline: '«مقهى البحّارة» يفتح أبوابه بعد اثنين وثلاثين عامًا، والديون القديمة معلّقة على الجدار',
    standfirst:
      'أسّسه وقّاد يمني عام 1936 ليجد رجال السفن مكانًا يشربون فيه الشاي ويكتبون الرسائل. واليوم يعيد حفيداه افتتاحه في شارع الدبّاغين، ومعه دفتر فيه 417 اسمًا.',
    topics: ['the-harbour'],
  },
  lead: shot(
    'seamens-cafe',
    'مقهى في زاوية شارع عند المساء: نوافذ مضاءة، وطاولات صغيرة مستديرة، وإبريق نحاسي، وصور سفن معلّقة على الجدار.',
    'المقهى في مساء يوم الافتتاح، كما يبدو من الجهة المقابلة لشارع الدبّاغين.',
    { focal: [0.5, 0.55], credit: 'رسم: ذا لانترن' },
  ),
  body: [
    p`في السابعة من صباح أمس رفعت مريم العديني الستارة المعدنية عن واجهة ظلّت مغلقة منذ عام 1994، فوجدت أمامها
      رجلًا في الثامنة والثمانين يسأل إن كان الشاي جاهزًا. قالت له إن الافتتاح في العاشرة، فأجاب: «انتظرتُ اثنين
      وثلاثين عامًا، ولن أنتظر ثلاث ساعات أخرى». فأدخلته.`,
    p`المقهى صغير: ستّ طاولات مستديرة، ونافذة تطلّ على الرصيف القديم، وإبريق نحاسي دار حول العالم مرّتين في مطبخ سفينة
      شحن قبل أن يستقرّ هنا. أسّسه صالح ناجي العديني، وهو وقّاد جاء من عدن على متن سفينة فحم عام 1923، وظلّ ثلاثة
      عشر عامًا يجرف الفحم في غرف المحرّكات حتى جمع ما يكفي لاستئجار دكّان كان لصانع حبال.`,
    p`ولم يكن المكان مقهى فحسب. كان بريدًا لمن لا عنوان له، ومصرفًا لمن لا يثق بالمصارف، ومدرسة مسائية تعلّم فيها رجال
      البحر كتابة أسمائهم بلغتين.`,
    h`دفتر خلف المدفأة`,
    p`أهمّ ما بقي من ذلك الزمن دفتر أسود سميك عثرت عليه مريم وأخوها ياسين في علبة بسكويت خلف المدفأة. فيه 417 اسمًا
      سُجّلت بين عامي 1936 و1961، وأمام كل اسم سفينته وميناؤه وما عليه: ثمن خبز، أو أجرة سرير، أو طابع بريد إلى
      الحُديدة.`,
    p`«كان جدّي يشطب الدَّين حين يعود الرجل من سفره، سواء دفع أم لم يدفع»، تقول مريم، وهي ممرّضة في الثالثة والأربعين.
      «كان يقول إن صاحب الدَّين يعود، أما من لا دَين عليه فقد لا يعود».`,
    pullquote('صاحب الدَّين يعود، أما من لا دَين عليه فقد لا يعود.', 'صالح ناجي العديني، كما تروي حفيدته'),
    p`بقي في الدفتر 62 اسمًا لم تُشطب. وقد علّق ياسين نسخًا من الصفحات كلّها على الجدار الطويل، ووضع تحتها أوراقًا
      وقلمًا. وفي الأسبوع الذي سبق الافتتاح تعرّفت إحدى عشرة عائلة من المدينة على أسماء أجدادها، وأصرّت ثلاث منها على
      الدفع.`,
    h`شاي عدني وخبز حارّ`,
    p`لا تتجاوز قائمة الطعام صفحة واحدة: شاي عدني بالحليب والهيل، وخبز ملوّح بالعسل، وفول في الصباح، ومرق سمك يوم
      الجمعة. أما القِشر، وهو شراب من قشور البن، فيُقدَّم لمن يسأل عنه.`,
    p`رفض المصرف إقراض الأخوين، فجمعا 18,400 جنيه من 260 شخصًا، بينهم عمّال من الرصيف ومعلّمون متقاعدون وطاقم قارب
      النجاة. وستتولّى مكتبة المدينة رقمنة الدفتر خلال الشتاء، ثم يُعاد إلى مكانه خلف المدفأة «لأن أحدًا سيبحث عنه
      هناك»، كما يقول ياسين.`,
    p`أما الرجل الذي دخل أولًا فاسمه عبده سالم. جاء إلى هالموث عام 1957 وعمره تسعة عشر عامًا. وجد اسمه في الصفحة قبل
      الأخيرة، وأمامه: «كوبان من الشاي ورغيف». شرب كوبًا ثالثًا، ووضع على الطاولة ورقة من فئة عشرة جنيهات، ولم ينتظر
      الباقي.`,
    keyfacts(
      'للزيارة',
      'العنوان: 31 شارع الدبّاغين، على بُعد دقيقتين سيرًا على الأقدام من محطة الترام',
      'المواعيد: من العاشرة صباحًا حتى العاشرة ليلًا، كل يوم ما عدا الاثنين',
      'صفحات الدفتر معروضة على الجدار حتى نهاية يناير',
    ),
  ],
};
