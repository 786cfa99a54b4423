import { z } from 'zod';
import { redirect } from '../../platform/http/answers.ts';
import type { Answer, Request, Route } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { answerFollow, answerRelation, followPage } from './answers.ts';
import { answerFeed, endFeed, renewFeed } from './following-feed.ts';
import { followingPage } from './following-page.ts';
import { allFollowsPage, mutedPage } from './list-pages.ts';

type Handle = (request: Request) => Promise<Answer>;

const feedForm = z.object({ act: z.enum(['renew', 'end']) });

/** What belongs to following, below one address. */
export function followRoutes(context: DomainContext): Route[] {
  const own = (path: string, name: string, handle: Handle): Route => ({
    method: 'GET',
    path,
    name,
    who: 'reader',
    proof: 'none',
    handle,
  });
  return [
    own('/following', 'following', (request) => followingPage(context, request)),
    own('/following/all', 'following-all', (request) => allFollowsPage(context, request)),
    own('/following/muted', 'following-muted', (request) => mutedPage(context, request)),
    {
      ...own('/following/one', 'following-one', (request) => followPage(context, request)),
      who: 'anyone',
    },
    {
      ...own('/following/feed/:file', 'following-feed', (request) => answerFeed(context, request)),
      who: 'anyone',
    },
    {
      method: 'POST',
      path: '/following',
      name: 'follow',
      who: 'anyone',
      proof: 'same-origin',
      handle: (request) => answerFollow(context, request),
    },
    {
      method: 'POST',
      path: '/following/relations',
      name: 'mute-or-block',
      who: 'reader',
      proof: 'same-origin',
      handle: (request) => answerRelation(context, request),
    },
    {
      method: 'POST',
      path: '/following/feed',
      name: 'following-feed-address',
      who: 'reader',
      proof: 'same-origin',
      async handle({ identity, body }) {
        const change = feedForm.safeParse(body).data?.act === 'end' ? endFeed : renewFeed;
        await context.database.write(async (tx) => {
          await change(tx, identity!.id);
        });
        return redirect('/following#own-feed', 303, { noStore: true });
      },
    },
  ];
}
