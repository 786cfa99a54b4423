import type { Actor } from './cast.ts';

/** One of those things that an address or a form may name, and all by which it is named. */
export interface Thing {
  readonly id: string;
  readonly code: string;
  /** Of the story that it stands under, or its own. */
  readonly path: string;
}

export interface Asked {
  readonly path: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** What a route is asked for, and by whom it may be told from what does not exist. */
export interface Entry {
  readonly of: Kind;
  readonly ask: (thing: Thing) => Asked | readonly Asked[];
  /** Whether this one may learn that this thing is there; nobody may when left out. */
  readonly may?: (actor: Actor, name: string) => boolean;
}

export type Kind = 'comments' | 'readers' | 'stories' | 'belongings';

const isVisible = (_: Actor, name: string) => name === 'visible';
export const isOwners = (actor: Actor) => actor === 'owner';
const ownComment = (actor: Actor, name: string) =>
  actor === 'owner' && (name === 'visible' || name === 'held');
const isThere = (_: Actor, name: string) => name === 'there' || name === 'private';
const isPublic = (_: Actor, name: string) => name === 'published';
const text = 'Words that are long enough to be said.';

/** Nothing that belongs to somebody is named in these. */
export const nameless = new Set(
  `GET / | GET /:section | GET /topics | GET /topics/:slug | GET /text/topics/:slug | GET /authors |
  GET /authors/:slug | GET /text/authors/:slug | GET /series | GET /series/:slug | GET /text/series/:slug |
  GET /archive | GET /:year(^\\d{4}$) | GET /:year(^\\d{4}$)/:month(^\\d{2}$) |
  GET /:year(^\\d{4}$)/:month(^\\d{2}$)/:day(^\\d{2}$) | GET /search | GET /about | GET /privacy |
  GET /accessibility | GET /corrections | GET /text | GET /text/:section | GET /text/archive |
  GET /text/:year(^\\d{4}$) | GET /text/:year(^\\d{4}$)/:month(^\\d{2}$) |
  GET /text/:year(^\\d{4}$)/:month(^\\d{2}$)/:day(^\\d{2}$) | GET /text/search | GET /feed.xml | GET /feed.json |
  GET /:slug/feed.xml | GET /:slug/feed.json | GET /topics/:slug/feed.xml | GET /topics/:slug/feed.json |
  GET /authors/:slug/feed.xml | GET /authors/:slug/feed.json | GET /series/:slug/feed.xml |
  GET /series/:slug/feed.json | GET /sitemap.xml | GET /sitemaps/:file | GET /news-sitemap.xml |
  GET /guidelines | GET /robots.txt | GET /trust.txt | GET /.well-known/trust.txt |
  GET /.well-known/security.txt | GET /manifest.webmanifest | GET /opensearch.xml | GET /favicon.svg |
  GET /favicon.ico | GET /icon-192.png | GET /icon-512.png | GET /logo | GET /theme.css | GET /media/:id/:name |
  GET /assets/:name | GET /health | GET /ready |
  GET /comments/mentions | GET /following | GET /following/all | GET /following/muted | POST /following/feed |
  GET /inbox | GET /inbox/count | GET /sign-in | POST /sign-in | GET /sign-in/code | POST /sign-in/code | POST /sign-in/extend |
  POST /sign-in/again | POST /sign-in/leave | POST /sign-in/waiting | POST /sign-out | GET /welcome |
  POST /welcome | GET /account | POST /account/profile | POST /account/picture | POST /account/picture/remove |
  POST /account/settings | POST /account/sessions/end-others | POST /sign-in/passkey/challenge |
  POST /sign-in/passkey | POST /account/passkeys/challenge | POST /account/passkeys | POST /sign-in/with/:way |
  GET /sign-in/with/:way/back | POST /sign-in/with/:way/back | POST /account/connect/:way | GET /account/email |
  POST /account/email | POST /account/email/confirm | POST /account/email/drop | GET /account/data |
  POST /account/data | GET /account/leave | POST /account/leave | POST /account/stay | GET /account/decisions`
    .split('|')
    .map((each) => each.trim()),
);

/** Whoever has these long secrets may see what they lead to: they are tried in tests of their own. */
export const secrets = new Set([
  'GET /notices/:code',
  'GET /following/feed/:file',
  'GET /sign-in/link/:token',
  'POST /sign-in/link/:token',
  'GET /reader-pictures/:file',
]);

const story = '/:year(^\\d{4}$)/:month(^\\d{2}$)/:day(^\\d{2}$)/:slug';

/** Codes of stories by their paths. */
export const known = new Map<string, string>();

export const entries: Readonly<Record<string, readonly Entry[]>> = {
  [`GET ${story}`]: [{ of: 'stories', ask: ({ path }) => ({ path }), may: isPublic }],
  [`GET /text${story}`]: [{ of: 'stories', ask: ({ path }) => ({ path: `/text${path}` }), may: isPublic }],
  'GET /s/:code': [{ of: 'stories', ask: ({ code }) => ({ path: `/s/${code}` }), may: isPublic }],
  [`GET ${story}/comments`]: [
    { of: 'stories', ask: ({ path }) => ({ path: `${path}/comments` }), may: isPublic },
  ],
  [`GET ${story}/comments/:code`]: [
    {
      of: 'comments',
      ask: ({ path, code }) => ({ path: `${path}/comments/${code}` }),
      may: (actor, name) => isVisible(actor, name) || ownComment(actor, name),
    },
  ],
  'GET /comments/:code': [
    { of: 'comments', ask: ({ code }) => ({ path: `/comments/${code}` }), may: isVisible },
  ],
  'GET /comments/new': [
    { of: 'comments', ask: ({ code }) => ({ path: `/comments/new?parent=${code}&quote=1` }), may: isVisible },
    { of: 'stories', ask: ({ code }) => ({ path: `/comments/new?story=${code}` }), may: isPublic },
  ],
  'POST /comments': [
    {
      of: 'comments',
      ask: ({ code, path }) => ({
        path: '/comments',
        fields: { story: known.get(path) ?? 'none1', parent: code, text, key: '' },
      }),
      may: isVisible,
    },
    {
      of: 'stories',
      ask: ({ code }) => ({ path: '/comments', fields: { story: code, text, key: '' } }),
      may: isPublic,
    },
  ],
  'POST /comments/preview': [
    {
      of: 'comments',
      ask: ({ code, path }) => ({
        path: '/comments/preview',
        fields: { story: known.get(path) ?? 'none1', parent: code, text, key: 'k' },
      }),
      may: isVisible,
    },
    {
      of: 'comments',
      ask: ({ code }) => ({ path: '/comments/preview', fields: { edits: code, text, key: 'k' } }),
      may: ownComment,
    },
    {
      of: 'stories',
      ask: ({ code }) => ({ path: '/comments/preview', fields: { story: code, text, key: 'k' } }),
      may: isPublic,
    },
  ],
  'GET /comments/:code/edit': [
    { of: 'comments', ask: ({ code }) => ({ path: `/comments/${code}/edit` }), may: ownComment },
  ],
  'POST /comments/:code/edit': [
    {
      of: 'comments',
      ask: ({ code }) => ({ path: `/comments/${code}/edit`, fields: { text } }),
      may: ownComment,
    },
  ],
  'GET /comments/:code/delete': [
    { of: 'comments', ask: ({ code }) => ({ path: `/comments/${code}/delete` }), may: ownComment },
  ],
  'POST /comments/:code/delete': [
    {
      of: 'comments',
      ask: ({ code }) => ({ path: `/comments/${code}/delete`, fields: {} }),
      may: ownComment,
    },
  ],
  'GET /comments/:code/recommend': [
    { of: 'comments', ask: ({ code }) => ({ path: `/comments/${code}/recommend` }), may: isVisible },
  ],
  'POST /comments/:code/recommend': [
    {
      of: 'comments',
      ask: ({ code }) =>
        ['recommend', 'withdraw'].map((act) => ({ path: `/comments/${code}/recommend`, fields: { act } })),
      may: isVisible,
    },
  ],
  'POST /comments/:code/pick': [
    {
      of: 'comments',
      ask: ({ code }) =>
        ['pick', 'unpick'].map((act) => ({ path: `/comments/${code}/pick`, fields: { act } })),
      may: (actor, name) => actor === 'staff' && name === 'visible',
    },
  ],
  'GET /following/one': [
    {
      of: 'comments',
      ask: ({ id }) => ({ path: `/following/one?kind=thread&target=${id}` }),
      may: isVisible,
    },
    { of: 'readers', ask: ({ id }) => ({ path: `/following/one?kind=reader&target=${id}` }), may: isThere },
    { of: 'stories', ask: ({ id }) => ({ path: `/following/one?kind=story&target=${id}` }), may: isPublic },
  ],
  'POST /following': [
    {
      of: 'comments',
      ask: ({ id }) =>
        ['unfollow', 'follow'].map((act) => ({
          path: '/following',
          fields: { kind: 'thread', target: id, act, to: '/' },
        })),
      may: isVisible,
    },
    {
      of: 'readers',
      ask: ({ id }) =>
        ['unfollow', 'follow'].map((act) => ({
          path: '/following',
          fields: { kind: 'reader', target: id, act, to: '/' },
        })),
      may: isThere,
    },
    {
      of: 'stories',
      ask: ({ id }) => ({
        path: '/following',
        fields: { kind: 'story', target: id, act: 'follow', to: '/' },
      }),
      may: isPublic,
    },
  ],
  'POST /following/relations': [
    {
      of: 'readers',
      ask: ({ id }) =>
        ['mute', 'unmute', 'block', 'unblock'].map((act) => ({
          path: '/following/relations',
          fields: { target: id, act, to: '/' },
        })),
      may: isThere,
    },
  ],
  'GET /readers/:handle': [
    { of: 'readers', ask: ({ code }) => ({ path: `/readers/${code}` }), may: isThere },
  ],
  ...Object.fromEntries(
    ['followers', 'following'].map((side) => [
      `GET /readers/:handle/${side}`,
      [
        {
          of: 'readers',
          ask: ({ code }) => ({ path: `/readers/${code}/${side}` }),
          may: (_, name) => name === 'there',
        } satisfies Entry,
      ],
    ]),
  ),
  'GET /report': [
    { of: 'comments', ask: ({ id }) => ({ path: `/report?kind=comment&id=${id}` }), may: isVisible },
    { of: 'readers', ask: ({ id }) => ({ path: `/report?kind=profile&id=${id}` }), may: isThere },
    { of: 'readers', ask: ({ id }) => ({ path: `/report?kind=reader&id=${id}` }) },
  ],
  'GET /report/sent': [
    { of: 'comments', ask: ({ id }) => ({ path: `/report/sent?kind=comment&id=${id}` }), may: isVisible },
    { of: 'readers', ask: ({ id }) => ({ path: `/report/sent?kind=profile&id=${id}` }), may: isThere },
  ],
  'POST /report': [
    {
      of: 'comments',
      ask: ({ id }) => ({ path: '/report', fields: { kind: 'comment', id, category: 'abuse', text: 'x' } }),
      may: isVisible,
    },
    {
      of: 'readers',
      ask: ({ id }) => ({ path: '/report', fields: { kind: 'profile', id, category: 'abuse', text: 'x' } }),
      may: isThere,
    },
  ],
  'GET /notices': [
    { of: 'comments', ask: ({ id }) => ({ path: `/notices?kind=comment&id=${id}` }), may: isVisible },
    { of: 'readers', ask: ({ id }) => ({ path: `/notices?kind=profile&id=${id}` }), may: isThere },
  ],
  'POST /notices': [
    {
      of: 'comments',
      ask: ({ id }) => ({ path: '/notices', fields: { kind: 'comment', id, address: '' } }),
      may: isVisible,
    },
  ],
  'GET /live': [
    {
      of: 'readers',
      ask: ({ id }) =>
        ['reader', 'session', 'account'].map((kind) => ({ path: `/live?topics=${kind}:${id}` })),
    },
  ],
  'GET /inbox/:id': [
    { of: 'belongings', ask: ({ id }) => ({ path: `/inbox/${id}` }), may: (_, name) => name === 'notice' },
  ],
  'POST /inbox': [
    { of: 'belongings', ask: ({ id }) => ({ path: '/inbox', fields: { act: 'read', id } }) },
    { of: 'belongings', ask: ({ id }) => ({ path: '/inbox', fields: { act: 'unread', id } }) },
  ],
  'GET /account/data/:id/:file': [
    {
      of: 'belongings',
      ask: ({ id }) => ['data.json', 'data.html'].map((file) => ({ path: `/account/data/${id}/${file}` })),
      may: (_, name) => name === 'export',
    },
  ],
  'GET /account/decisions/:id': [
    {
      of: 'belongings',
      ask: ({ id }) => ({ path: `/account/decisions/${id}` }),
      may: (_, name) => name === 'decision',
    },
  ],
  'POST /account/decisions/:id/look': [
    {
      of: 'belongings',
      ask: ({ id }) => ({ path: `/account/decisions/${id}/look`, fields: { text: 'Please look again.' } }),
      may: (_, name) => name === 'decision',
    },
  ],
  'POST /account/passkeys/:id/rename': [
    {
      of: 'belongings',
      ask: ({ id }) => ({ path: `/account/passkeys/${id}/rename`, fields: { name: 'Stolen' } }),
      may: (_, name) => name === 'passkey',
    },
  ],
  'POST /account/passkeys/:id/remove': [
    {
      of: 'belongings',
      ask: ({ id }) => ({ path: `/account/passkeys/${id}/remove`, fields: {} }),
      may: (_, name) => name === 'passkey',
    },
  ],
  'POST /account/logins/:id/remove': [
    {
      of: 'belongings',
      ask: ({ id }) => ({ path: `/account/logins/${id}/remove`, fields: {} }),
      may: (_, name) => name === 'login',
    },
  ],
  'POST /account/sessions/end': [
    {
      of: 'belongings',
      ask: ({ id }) => ({ path: '/account/sessions/end', fields: { session: id } }),
      may: (_, name) => name === 'session',
    },
  ],
};
