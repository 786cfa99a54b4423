import {
  findTalkStory,
  followTarget,
  pickComment,
  postComment,
  prepareComment,
} from '../../src/conversation/index.ts';
import { deleteComment } from '../../src/conversation/threads/delete-comment.ts';
import { recommendComment } from '../../src/conversation/threads/recommend-comment.ts';
import { setCommentState } from '../../src/conversation/threads/set-comment-state.ts';
import { until } from '../../src/platform/http/testing.ts';
import type { Role } from '../../src/readers/index.ts';
import { signedInReader, type SignedInReader } from '../../src/readers/testing.ts';
import { contentOf, paragraph, zone, type PublishedStory, type TestSite } from './site.ts';

/** A conversation of three levels, with all that may stand in one, and readers in it. */
export interface Forum {
  /** Who is signed in: writes, follows, was answered, and has everything to see. */
  readonly nadia: SignedInReader;
  readonly story: PublishedStory;
  /** Codes of comments, by what they are. */
  readonly comments: Readonly<Record<'first' | 'answer' | 'deep' | 'mine' | 'recent', string>>;
  /** Path of a story with this many comments that stand beside each other. */
  readonly busy: string;
}

const minute = 60_000;

/** Comments of a full first page. */
const full = 50;

/**
 * Have readers talk under stories.
 * @param rightToLeft path of a story from right to left, which gets comments too
 */
export async function fillForum(site: TestSite, rightToLeft: string): Promise<Forum> {
  const { clock, database, origin } = site;
  const now = clock.now();
  const join = (name: string, handle: string, roles: readonly Role[] = []) =>
    signedInReader(database, { origin, name, handle, roles });
  const nadia = await join('Nadia Brandt', 'nadia');
  const runa = await join('Runa Kvist', 'runa', ['supporter']);
  const edda = await join('Edda Marsh', 'edda', ['author']);
  const tavares = await join('Jo Tavares', 'jotavares');
  const layla = await join('ليلى حداد', 'layla');
  // Readers of some standing: newcomers' first comments wait for moderators.
  await site.write((tx) =>
    tx.db
      .updateTable('reader')
      .set({ created_at: now - 400 * 24 * 60 * minute, days_active: 200 })
      .execute(),
  );
  const story = await site.publish(
    contentOf('The week the harbour froze', {
      standfirst: 'For six days no ship came in or out, and the city learned what it eats.',
      byline: [{ name: 'Edda Marsh' }],
      topics: ['harbour'],
      body: [
        paragraph('The ice came in on the Thursday tide, and by noon on Friday the pilots had given up.'),
        paragraph('By the weekend the mills had published a number, and the number was nine.'),
      ],
    }),
  );
  const say = async (
    { reader }: SignedInReader,
    text: string,
    at: { parent?: string; ago?: number; path?: string } = {},
  ): Promise<string> => {
    clock.set(now - (at.ago ?? 0) * minute);
    const talk = await findTalkStory(database.read, 'path', at.path ?? story.path);
    const prepared = await prepareComment(database.read, text, reader.id);
    const { parent } = at;
    const outcome = await site.write((tx) =>
      postComment(tx, { story: talk, parent, reader, prepared, isConfirmed: true, zone }),
    );
    if (outcome.kind !== 'posted' && outcome.kind !== 'held')
      throw new Error(`Not posted: ${JSON.stringify(outcome)}`);
    if (outcome.kind === 'held')
      await site.write(async (tx) => {
        const row = tx.db.selectFrom('comment').selectAll().where('id', '=', outcome.id);
        await setCommentState(tx, await row.executeTakeFirstOrThrow(), 'visible');
      });
    return outcome.code;
  };
  const oskar = await join('Oskar Lindqvist-Fernández', 'oskar');
  const gone = await say(oskar, 'I take this back later.', { ago: 190 });
  await say(tavares, 'Too late: I have read it.', { parent: gone, ago: 185 });
  await site.write((tx) => deleteComment(tx, { code: gone, reader: oskar.reader.id }));
  const first = await say(
    runa,
    'I was second mate on the ship outside the bar. We had eleven thousand tonnes of wheat and could see the bakery chimneys. Nobody has ever asked us what we thought, so: we thought it was *funny* until the fourth day.',
    { ago: 41 },
  );
  const answer = await say(
    edda,
    '> We thought it was funny\n\nI should like to ask about that now, if you are willing. Is there [a log](https://example.org/log)?',
    { parent: first, ago: 30 },
  );
  const mine = await say(nadia, 'My father baked through that week. The number was never nine.', {
    parent: first,
    ago: 22,
  });
  const deep = await say(runa, 'There is:\n\n- the mate’s\n- the pilots’\n\n>! Both end well.', {
    parent: answer,
    ago: 20,
  });
  const recent = await say(nadia, '@runa Could one read it anywhere?', { parent: deep, ago: 2 });
  await say(tavares, `@nadia And ${'so'.repeat(40)} on, with \`code\`.`, { parent: mine, ago: 9 });
  await say(oskar, 'That it says both is the most honest line written about this port.', { ago: 5 });
  const arabic = await say(layla, 'كان الميناء أجمل ما رأيت في ذلك الشتاء.', {
    path: rightToLeft,
    ago: 16,
  });
  const below = await say(nadia, 'والمقهى أيضا، شكرا لك.', { path: rightToLeft, parent: arabic, ago: 8 });
  await say(layla, 'نلتقي هناك.', { path: rightToLeft, parent: below, ago: 3 });
  clock.set(now);
  await site.write(async (tx) => {
    for (const { reader } of [nadia, edda, tavares])
      await recommendComment(tx, { code: first, reader, isOn: true });
    await recommendComment(tx, { code: mine, reader: runa.reader, isOn: true });
    await pickComment(tx, { code: first, isPicked: true });
    await followTarget(tx, nadia.reader, { kind: 'reader', target: runa.reader.id });
    await followTarget(tx, nadia.reader, { kind: 'topic', target: 'harbour' });
    await followTarget(tx, tavares.reader, { kind: 'reader', target: nadia.reader.id });
  });
  const busy = await site.publish(contentOf('Everybody has something to say'));
  for (let count = 0; count < full; count += 1) {
    const writer = [runa, edda, tavares, oskar, layla][count % 5]!;
    await say(writer, `${words(count)}.\n\n${words(count + 31)}.`, {
      path: busy.path,
      ago: (full - count) * 7,
    });
  }
  clock.set(now);
  const told = () =>
    database.read.selectFrom('notice').select('id').where('reader_id', '=', nadia.reader.id).execute();
  await until(async () => (await told()).length > 2);
  return {
    nadia,
    story,
    comments: { first, answer, deep, mine, recent },
    busy: busy.path,
  };
}

const said =
  'harbour ferry winter timber council pilot bakery market bridge water Tuesday number nobody promised again light window street evening paper between almost several never honest little story morning'.split(
    ' ',
  );

/** A sentence as no other: compressed pages must not be lighter than those that people fill. */
function words(seed: number): string {
  let state = seed * 2654435761 + 1;
  return Array.from({ length: 18 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return said[(state >>> 8) % said.length];
  }).join(' ');
}
