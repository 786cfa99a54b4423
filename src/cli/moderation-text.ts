import type { Standing } from '../moderation/index.ts';

/** Words of `npx freesheet moderation`. */
export const moderationCliText = {
  usage: `freesheet moderation [queue]                     what waits: held, reported, notices, wishes for another look
freesheet moderation show COMMENT|@HANDLE        with its reports and all that was decided
freesheet moderation approve|keep|hide|remove|restore COMMENT [why]
freesheet moderation hide|remove|restore @HANDLE [why]      what a reader's page shows
freesheet moderation warn|suspend|ban|lift @HANDLE [--days N] [why]
freesheet moderation undo DECISION [--note TEXT]            take a decision back, by another one
freesheet moderation answer DECISION upheld|changed TEXT    to one who asked for another look
freesheet moderation notice NUMBER TEXT                     answer a notice of illegal content
freesheet moderation settings                    every setting of the rules, with what it means
freesheet moderation set NAME VALUE              or: set NAME --file FILE; unset NAME for the default
freesheet moderation words banned|suspect [add|remove WORD ... | --file FILE]
freesheet moderation trust @HANDLE               how far a reader is trusted, and why

COMMENT is an id, a short code, or an address that ends with it.
why: --reason guidelines|abuse|hate|harassment|spam|off-topic|private|false|impersonation|mistake
     --note TEXT   to the reader: what led to it     --law TEXT   the law that it breaks
     --notice NUMBER   the notice that led to it`,
  noVerb: (verb: string) => `'${verb}' is nothing that moderation does.`,
  needsTarget: 'Name a comment, or a reader as @handle.',
  needsReader: 'Name a reader as @handle.',
  needsDecision: 'Name a decision by its id.',
  needsOutcome: 'Say whether it is upheld or changed.',
  needsAnswer: 'Say what the reader is told.',
  needsNotice: 'Name a notice by its receipt number.',
  needsSetting: 'Name a setting.',
  needsValue: 'Give a value, or a file with --file.',
  needsReason: (codes: readonly string[]) => `Give a reason: ${codes.join(', ')}.`,
  needsDays: 'Give a number of days, more than 0.',
  needsList: 'Write: words banned, or words suspect; then add or remove.',
  needsWords: 'Name words, each an argument, or a file with one a line.',
  noComment: (name: string) => `There is no comment '${name}'.`,
  noReader: (name: string) => `There is no reader '${name}'.`,
  answered: 'Answered.',
  changed: '(changed)',
  notVisible: '(not seen by everyone)',
  nothing: 'Nothing waits.',
  kinds: { comment: 'held', edit: 'held, edited', reported: 'hidden' },
  listed: (count: number) => `${count} ${count === 1 ? 'word' : 'words'}`,
  reported: (kind: string, id: string, count: number, weight: number, text: string) =>
    `reported  ${kind} ${id}  ${count} times, weight ${weight}  ${text}`,
  noticeLine: (code: string, law: string, address: string) => `notice  ${code}  ${law}  ${address}`,
  lookLine: (decision: string, text: string) => `look again  ${decision}  ${text}`,
  reportLine: (category: string, weight: number, state: string, text: string) =>
    `report  ${category}, weight ${weight}, ${state}${text === '' ? '' : `: ${text}`}`,
  trust: (level: string, { accepted, removed, rejected, upheld, dismissed }: Standing) =>
    `${level}: ${accepted} comments accepted, ${removed} removed, ${rejected} refused; reports: ${upheld} agreed with, ${dismissed} not`,
};
