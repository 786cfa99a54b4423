import type { Database } from '../platform/database/database.ts';
import { AppError } from '../platform/errors.ts';
import { findStory, findStoryByCode, findStoryByPath, type Story } from '../stories/index.ts';
import { Misuse } from './misuse.ts';

/**
 * A story by its id, its short code, or its address with or without the host.
 * @throws Misuse `story.which`, AppError `story.not-found`
 */
export async function namedStory({ read }: Database, name: string | undefined): Promise<Story> {
  if (!name) throw new Misuse('story.which', 'Say which story: its id, short code or address.');
  const path = decoded(/^https?:/i.test(name) ? (URL.parse(name)?.pathname ?? name) : name);
  const code = /^\/s\/(\w+)$/.exec(path)?.[1];
  const story = code
    ? await findStoryByCode(read, code)
    : path.startsWith('/')
      ? await findStoryByPath(read, path)
      : ((await findStory(read, name)) ?? (await findStoryByCode(read, name)));
  if (!story) throw new AppError('story.not-found', `There is no story ${name}.`, { status: 404 });
  return story;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
