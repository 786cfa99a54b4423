import type { AlertRun, AlertPreview, WideAlert } from '../alerts/index.ts';

const number = new Intl.NumberFormat('en-GB');

/** Words of `npx freesheet alert`. */
export const alertCliText = {
  summary: 'tell readers of breaking news, correct it, take it back',
  usage: `freesheet alert compose STORY [--title TEXT] [--text TEXT] [--picture ID|none]
                [--urgency breaking|important|normal] [--to everyone,section:NAME,topic:NAME,author:NAME,story:ID]
freesheet alert preview ALERT                    as each browser shows it
freesheet alert estimate ALERT                   how many browsers it would ring
freesheet alert send ALERT [--beyond-the-cap]    now
freesheet alert schedule ALERT TIME [--by-zone] [--beyond-the-cap]
freesheet alert approve ALERT [--beyond-the-cap] agree to what somebody else composed or corrected
freesheet alert cancel ALERT [--reason TEXT]     before it goes, or on its way
freesheet alert correct ALERT [--title TEXT] [--text TEXT]   replaces, without a sound, what was shown
freesheet alert withdraw ALERT --reason TEXT [--text TEXT]   says instead that it holds no longer
freesheet alert list [--state STATE] [--stories] the newest first; --stories for those told by themselves
freesheet alert show ALERT                       what it says and said, how it went, what became of it
freesheet alert status                           what is on its way, and how each push service does

ALERT is the code or id that compose prints. STORY is an id, a short code, or an address.
TIME is such as '2026-12-01 07:00' in the zone of the publication; with --by-zone it is that hour in each reader's own.
--actor NAME says who you are: where two must agree, they are told apart by it.`,
  noVerb: (verb: string, verbs: readonly string[]) =>
    `An alert cannot '${verb}'. It can: ${verbs.join(', ')}.`,
  which: 'Say which alert: its code or id.',
  noAlert: (name: string) => `There is no alert ${name}.`,
  badUrgency: (given: string) => `'${given}' is no urgency; there are: breaking, important, normal.`,
  badState: (given: string, states: readonly string[]) =>
    `There is no state '${given}'; there are: ${states.join(', ')}.`,
  badTime: (given: string | undefined) =>
    given === undefined
      ? "Say when: a day and a clock time, such as '2026-12-01 07:00'."
      : `'${given}' is no moment: give a day and a clock time, such as '2026-12-01 07:00'.`,
  noOption: (verb: string, option: string) => `'alert ${verb}' does not take --${option}.`,
  noWord: (verb: string, word: string) => `'alert ${verb}' does not know what to do with '${word}'.`,
  none: 'No alerts.',
  nothingSent: 'No alert is on its way.',
  noServices: 'No server has sent to a push service yet.',
  waits: 'It waits for somebody else to agree: npx freesheet alert approve.',
  correctionWaits: 'The correction waits for somebody else to agree: npx freesheet alert approve.',
  noServer: 'No server runs on this newsroom now: it goes when one starts.',
  browsers: (count: number) => `${number.format(count)} ${count === 1 ? 'browser' : 'browsers'}`,
  rings: (count: number) => `It would ring ${alertCliText.browsers(count)}.`,
  line: ({ code, state, urgency, title, counts, kind }: WideAlert) =>
    `${code}  ${state.padEnd(9)}  ${(kind === 'story' ? 'story' : urgency).padEnd(9)}  ${number.format(counts.delivered)} delivered  ${title}`,
  counts: ({ delivered, shown, clicked, dismissed, unsubscribed }: WideAlert['counts']) =>
    `delivered ${number.format(delivered)}, shown ${number.format(shown)}, pressed ${number.format(clicked)}, dismissed ${number.format(dismissed)}, left within a day ${number.format(unsubscribed)}`,
  run: ({ kind, version, state, taken, gone, failed, putOff, isByClock }: AlertRun, at: string) =>
    `${at}  ${runWords[kind]}, version ${version}${isByClock ? ', where it is that hour' : ''}: ${state}; ${number.format(taken)} taken, ${number.format(putOff)} put off, ${number.format(gone)} gone, ${number.format(failed)} given up`,
  text: (version: number, action: string, by: string, approvedBy: string | undefined) =>
    `version ${version}, ${action} by ${by}${approvedBy === undefined ? '' : `, agreed to by ${approvedBy}`}`,
  inEachZone: "in each reader's own zone",
  who: (audiences: string, by: string) => `to ${audiences}; by ${by}`,
  is: ({ code, state, urgency, version }: WideAlert) => `${code}  ${state}, ${urgency}, version ${version}`,
  waitingText: '(waits for somebody to agree)',
  preview: ({ where, title, body, hasPicture, isTitleCut, isBodyCut }: AlertPreview) =>
    `${where}${isTitleCut || isBodyCut ? ' (cut)' : ''}${hasPicture ? ' (with its picture)' : ''}\n  ${title}\n  ${body}`,
  service: (given: {
    readonly host: string;
    readonly rate: number | undefined;
    readonly taken: number;
    readonly later: number;
    readonly refused: number;
    readonly reason: string | undefined;
    readonly rests: string | undefined;
    readonly at: string;
  }) => {
    const { host, rate, taken, later, refused, reason, rests, at } = given;
    const pace = rate === undefined ? 'no limit' : `at most ${number.format(rate)} a second`;
    const rest = rests === undefined ? '' : `; rests until ${rests}`;
    return `${host}: ${pace}${rest}${reason === undefined ? '' : ` (${reason})`}; ${number.format(taken)} taken, ${number.format(later)} put off, ${number.format(refused)} refused; as of ${at}`;
  },
};

const runWords = { send: 'telling', correct: 'correcting', withdraw: 'taking back' } as const;
