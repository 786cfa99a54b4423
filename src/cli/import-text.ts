import type { ColumnUse, ImportResult } from '../wire/import/index.ts';
import type { RestoreResult } from '../wire/index.ts';

const number = new Intl.NumberFormat('en-GB');

/** The words of `freesheet import`. */
export const importText = {
  summary: 'bring stories in: tables, ninjs, feeds, dumps',
  usage: `freesheet import FILE... [options]      bring stories in, as they were
freesheet import --remove SOURCE        take out all that came from a source

  --from csv|ninjs|rss|freesheet   the format; found out when it is not given (rss: Atom and JSON Feed too)
  --map COLUMN=FIELD               use a column of a table for a field; COLUMN=- leaves it out
  --set FIELD=VALUE                for stories that leave it empty: section, credit, language, kicker, place, agency
  --zone ZONE                      IANA time zone of times that name none; default: that of the paper
  --dates dmy|mdy                  which comes first in 03/04/2009; without it such a story is held
  --source NAME                    who the stories come from; default: made from the format and the file
  --own                            the stories were this paper's own elsewhere: they cite no other address
  --dry-run                        say what would be done, change nothing

The same file again changes nothing; one that was interrupted goes on where it was. Nobody is alerted.`,
  reading: (file: string, kind: string, isDryRun: boolean) =>
    `${isDryRun ? 'Looking at' : 'Reading'} ${file} as ${kind} ...`,
  columns: (columns: readonly ColumnUse[]) => [
    'Columns:',
    ...columns.map(
      ({ column, field, isGuess }) =>
        `  ${column} -> ${field ?? '(not used)'}${field && !isGuess ? ' (as told)' : ''}`,
    ),
  ],
  result: (result: ImportResult, isDryRun: boolean): string[] => {
    const { outcomes, held, notes } = result.counts;
    const names: Record<string, string> = {
      created: isDryRun ? 'would be new' : 'new',
      updated: isDryRun ? 'would be changed' : 'changed',
      unchanged: 'here already',
      'edited-here': 'edited here since, left alone',
      killed: 'killed here, left out',
      older: 'older than what is here, left out',
      repeated: 'met before in this call, left out',
      refused: 'refused',
    };
    const rate = result.records / Math.max(result.milliseconds / 1000, 0.001);
    const lines = [
      `${number.format(result.records)} records from ${result.source} in ${(result.milliseconds / 1000).toFixed(1)} s (${number.format(Math.round(rate))} a second)`,
    ];
    if (result.resumedAt > 0) lines.push(`  went on after record ${number.format(result.resumedAt)}`);
    for (const [outcome, count] of Object.entries(outcomes))
      lines.push(`  ${number.format(count)} ${names[outcome] ?? outcome}`);
    if (held > 0) lines.push(`  ${number.format(held)} of them held for an editor`);
    if (result.isEncodingGuess) lines.push(`  The file is not UTF-8; it was read as ${result.encoding}.`);
    const sorted = Object.entries(notes).sort((a, b) => b[1] - a[1]);
    if (sorted.length > 0) lines.push('Lost or guessed:');
    for (const [code, count] of sorted) lines.push(`  ${number.format(count).padStart(7)}  ${code}`);
    if (result.report) lines.push(`Report: ${result.report}`);
    return lines;
  },
  restored: (result: RestoreResult, isDryRun: boolean): string[] => [
    `${number.format(result.rows)} rows: ${number.format(result.added)} ${isDryRun ? 'would be added' : 'added'}, ${number.format(result.unchanged)} here already, ${number.format(result.conflicts.length)} differ and were left as they are here`,
    ...result.conflicts.slice(0, 20).map(({ table, key }) => `  ${table} ${key}`),
    ...(result.conflicts.length > 20 ? [`  and ${number.format(result.conflicts.length - 20)} more`] : []),
    ...result.missing.map((id) => `  the files of media ${id} are not beside the dump`),
  ],
  removed: (source: string, count: number) =>
    count === 0
      ? `Nothing here came from ${source}.`
      : `${number.format(count)} stories from ${source} are gone.`,
  noFile: 'Name the files to bring in.',
  failed: (file: string, message: string, code: string) =>
    `${message.includes(file) ? '' : `${file}: `}${message} [${code}]`,
  removeAlone: (stray: string | undefined) =>
    stray === undefined
      ? '--remove needs the name of a source, as an import prints it.'
      : `--remove stands alone; it does not take ${stray}.`,
  wrongKind: (given: string, known: readonly string[]) =>
    `There is no format '${given}'. The formats are: ${known.join(', ')}.`,
  wrongOrder: (given: string) => `--dates is dmy or mdy, not '${given}'.`,
  wrongZone: (given: string) => `There is no time zone '${given}'. Give one such as Europe/London.`,
  wrongField: (given: string, known: readonly string[]) =>
    `--set cannot set '${given}'. It can set: ${known.join(', ')}.`,
  wrongPair: (option: string, given: string) => `--${option} needs NAME=VALUE, not '${given}'.`,
};
