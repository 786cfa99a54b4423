const number = new Intl.NumberFormat('en-GB');

/** The words of `freesheet export`. */
export const exportText = {
  summary: 'write all stories out: as a complete dump, or as ninjs',
  usage: `freesheet export [FOLDER|FILE.jsonl]              the complete dump, with drafts, revisions and media files
freesheet export --to ninjs [FOLDER|FILE]         what is published, as IPTC ninjs 3.1

The dump is brought back by: freesheet import FILE.jsonl
ninjs goes to standard output one item a line when no place is named; FILE ends in .json or .jsonl.`,
  oneTarget: (second: string) => `Name one place to write to; '${second}' is one too many.`,
  wrongFormat: (format: string) => `There is no format '${format}'. The formats are: freesheet, ninjs.`,
  dumped: (rows: number, files: number, file: string) =>
    `${number.format(rows)} rows and the files of ${number.format(files)} media items are in ${file} and the folder beside it.`,
  missing: (id: string) => `The files of media ${id} are not on this machine; they are not in the dump.`,
  exported: (count: number, place: string) => `${number.format(count)} stories are in ${place}.`,
};
