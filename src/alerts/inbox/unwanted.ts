import type { Unwanted } from '../../conversation/index.ts';
import { personalKindOf } from '../personal/personal-alert.ts';
import { channelsFor } from '../preferences/choices.ts';

/** What readers do not want to be told of at all: a kind of their own affairs that is off. */
export const unwantedNotices: Unwanted = async ({ db }, asked) => {
  const unwanted = new Set<string>();
  const kinds = Map.groupBy(asked, ({ kind }) => kind);
  for (const [kind, each] of kinds) {
    const alert = personalKindOf({ kind });
    if (alert === undefined || alert === 'reader') continue;
    const readers = [...new Set(each.map(({ reader }) => reader))];
    const channels = await channelsFor(db, { kind: alert, target: '', readers });
    for (const [reader, channel] of channels) if (channel === 'off') unwanted.add(`${reader} ${kind}`);
  }
  return unwanted;
};
