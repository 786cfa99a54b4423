import type { ForumResult } from './sample/load-forum.ts';
import type { SampleResult } from './sample/load-sample.ts';

/** The words of `freesheet sample`. */
export const sampleText = {
  summary: 'a fictional newspaper to look around in: load it, remove it',
  usage: `freesheet sample load       bring the sample newsroom in: stories, people, pictures and readers of The Lantern of Halmouth
freesheet sample remove     take all of it out again, with what was edited in it since

Loading it again changes nothing, and leaves alone what was edited here. Other stories are never touched.
A paper without a name of its own takes the sample's name until the sample goes.

For those who work on Freesheet itself:
freesheet sample draw [NAME...]    draw its pictures anew (all, or those named) from src/cli/sample/draw.ts
                                   into src/cli/sample/pictures/; 'surge' is its film. Load it again to see them.`,
  preparing: 'Preparing the sample newsroom: pictures, a sound, a film ...',
  files: 'files',
  loaded: ({ created, updated, total }: SampleResult): string => {
    if (created === 0 && updated === 0)
      return `All ${total} stories of the sample newsroom are here; nothing changed.`;
    const parts = [created > 0 && `${created} new`, updated > 0 && `${updated} written anew`].filter(Boolean);
    return `The sample newsroom is here: ${total} stories, ${parts.join(', ')}. To take it out: npx freesheet sample remove`;
  },
  forum: ({ readers, comments }: ForumResult): string =>
    `Its forum is here: ${readers} readers, ${comments} comments.`,
  named:
    'The paper is called The Lantern until it has a name of its own. Restart a running server to see it.',
  unnamed: 'The name that came with the sample is gone too. Restart a running server to see it.',
  removed: (count: number): string =>
    count === 0
      ? 'Nothing of the sample newsroom is here.'
      : `The sample newsroom is gone: ${count} stories, their pictures and their readers.`,
  noPicture: (name: string, known: readonly string[]): string =>
    `There is no picture '${name}' to draw. There are: ${known.join(', ')}.`,
  drawn: (name: string, bytes: number): string => `${name.padEnd(20)} ${Math.round(bytes / 1000)} kB`,
};
