import type { Answer, Request, Route } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { commentLink, commentPage, mentionsAnswer, threadPage } from './thread-pages.ts';
import {
  answerDelete,
  answerEdit,
  answerPick,
  answerPost,
  answerPreview,
  answerRecommend,
  deletePage,
  editPage,
  newPage,
  recommendPage,
} from './write-answers.ts';

const story = '/:year(^\\d{4}$)/:month(^\\d{2}$)/:day(^\\d{2}$)/:slug';
type Handle = (context: DomainContext, request: Request) => Promise<Answer>;

/** Pages of conversations, and what readers write in them. */
export function threadRoutes(context: DomainContext): Route[] {
  const get = (path: string, name: string, handle: Handle, more: Partial<Route> = {}): Route => ({
    method: 'GET',
    path,
    name,
    who: 'anyone',
    proof: 'none',
    handle: (request) => handle(context, request),
    ...more,
  });
  const write = (path: string, name: string, who: Route['who'], handle: Handle): Route => ({
    ...get(path, name, handle),
    method: 'POST',
    who,
    proof: 'same-origin',
  });
  return [
    get(`${story}/comments`, 'thread', threadPage, { stored: true }),
    get(`${story}/comments/:code`, 'comment', commentPage, { stored: true }),
    write('/comments', 'comment-post', 'anyone', answerPost),
    get('/comments/new', 'comment-new', newPage),
    write('/comments/preview', 'comment-preview', 'anyone', answerPreview),
    get('/comments/mentions', 'comment-mentions', mentionsAnswer, { who: 'reader' }),
    get('/comments/:code', 'comment-link', commentLink),
    get('/comments/:code/edit', 'comment-edit-page', editPage, { who: 'reader' }),
    write('/comments/:code/edit', 'comment-edit', 'reader', answerEdit),
    get('/comments/:code/delete', 'comment-delete-page', deletePage, { who: 'reader' }),
    write('/comments/:code/delete', 'comment-delete', 'reader', answerDelete),
    get('/comments/:code/recommend', 'comment-recommend-page', recommendPage),
    write('/comments/:code/recommend', 'comment-recommend', 'anyone', answerRecommend),
    write('/comments/:code/pick', 'comment-pick', 'reader', answerPick),
  ];
}
