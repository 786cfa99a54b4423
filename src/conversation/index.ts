export * from './follows/follow.ts';
export { followIntent } from './follows/answers.ts';
export { countFollows, isFollowing, listFollows, maySeeList } from './follows/follow-lists.ts';
export { followPart, type FollowOptions } from './follows/follow-part.ts';
export { followTarget, unfollowTarget } from './follows/follow-target.ts';
export { blockReader, muteReader, unblockReader, unmuteReader } from './follows/mute-reader.ts';
export { writerTopics } from './follows/following-topics.ts';
export { tellFollowsLive } from './follows/live.ts';
export { followsData } from './follows/reader-data.ts';
export { relationPart } from './follows/relation-part.ts';
export { relationsOf } from './follows/relations.ts';
export { migrations } from './migrations.ts';
export { addNotices, removeAlertNotices, type NewsNotice } from './notices/add-notices.ts';
export { bellPart } from './notices/bell-part.ts';
export { tellNoticesLive } from './notices/live.ts';
export type { NoticeKind } from './notices/notice.ts';
export {
  countUnread,
  findNotice,
  listNotices,
  type FoundNotice,
  type Notice,
} from './notices/notices.ts';
export type { Unwanted } from './notices/make-notices.ts';
export { noticesData } from './notices/reader-data.ts';
export { watchNotices } from './notices/watch-notices.ts';
export { badgesPart, facePart, nameOf, namePart } from './reader-pages/name-part.ts';
export { conversationRoutes } from './routes.ts';
export {
  commentPath,
  commentSorts,
  replyPath,
  type CommentRow,
  type CommentSort,
  type CommentState,
} from './threads/comment.ts';
export { applyToComment, findCommentTarget } from './threads/apply-decision.ts';
export { findCommentId } from './threads/named-comment.ts';
export * from './threads/events.ts';
export { tellThreadsLive, threadTopics } from './threads/live.ts';
export { countComments, countsLife, talkedPart } from './threads/talked.ts';
export { storyTalk, type StoryTalk } from './threads/story-place.ts';
export { commentIntent, recommendIntent } from './threads/write-answers.ts';
export { commentsData } from './threads/reader-data.ts';
export { postComment, type NewComment, type PostOutcome } from './threads/post-comment.ts';
export { prepareComment } from './threads/prepare-comment.ts';
export { reckon as reckonComments, recountAll, recountStory } from './threads/recount.ts';
export { loadTalk, talkPart } from './threads/talk-part.ts';
export { commentHistory } from './threads/history.ts';
export { deleteComment } from './threads/delete-comment.ts';
export { editComment } from './threads/edit-comment.ts';
export { pickComment } from './threads/pick-comment.ts';
export { setThread, setThreadDefaults } from './threads/set-thread.ts';
export { findTalkStory, type TalkStory } from './threads/talked-of.ts';
export {
  loadThread,
  loadThreadDefaults,
  threadDefaults,
  threadStates,
  type StoryThread,
  type ThreadDefaults,
  type ThreadSettings,
} from './threads/thread-state.ts';
export {
  findCommentsByWords,
  indexMissing as indexMissingComments,
  unindexComment,
  watchCommentSearch,
  type FoundComment,
} from './threads/comment-search.ts';
export { loadEntries, type Entry } from './entries/entries.ts';
export { entryPart, entryPath, shorten } from './entries/entry-part.ts';
