import type { Reader } from '../../readers/index.ts';

/** Whether a reader is of the newsroom, which picks comments worth reading. */
export function mayPick({ roles, state }: Pick<Reader, 'roles' | 'state'>): boolean {
  return state === 'active' && (roles.includes('staff') || roles.includes('moderator'));
}
