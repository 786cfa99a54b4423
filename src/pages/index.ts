export type { Context } from './context.ts';
export { errorPage } from './error-page.ts';
export { framed } from './frame.ts';
export { pageRoutes } from './routes.ts';
export type { StoryPlace, StoryPlaces } from './story-places.ts';
