import { barOf } from '../../moderation/index.ts';
import type { Reader } from '../../readers/index.ts';

/**
 * Whether a reader is of the newsroom, which picks comments worth reading. A suspension that is over keeps nobody from it.
 * @param now milliseconds UTC
 */
export function mayPick(
  { roles, state, suspendedUntil }: Pick<Reader, 'roles' | 'state' | 'suspendedUntil'>,
  now: number,
): boolean {
  const isOfNewsroom = roles.includes('staff') || roles.includes('moderator');
  return isOfNewsroom && barOf({ state, suspendedUntil }, now) === undefined;
}
