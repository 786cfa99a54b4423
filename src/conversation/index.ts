export * from './follows/follow.ts';
export { relationsOf } from './follows/relations.ts';
export { migrations } from './migrations.ts';
export {
  commentPath,
  commentSorts,
  type CommentRow,
  type CommentSort,
  type CommentState,
} from './threads/comment.ts';
export * from './threads/events.ts';
