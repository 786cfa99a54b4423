/** Words of `npx freesheet thread`. */
export const threadCliText = {
  usage: `freesheet thread show STORY                      how the conversation under a story stands
freesheet thread set STORY [--state STATE] [--closes TIME] [--slow SECONDS] [--note TEXT]
freesheet thread defaults [--section SLUG] [settings]   show or change what holds where a story says nothing
freesheet thread pick|unpick COMMENT             mark a comment as one worth reading
freesheet thread history COMMENT                 what it says, and said before it was edited
freesheet thread recount [STORY]                 reckon counters anew, and mend what is wrong

STORY is an id, a short code, or an address; COMMENT an id, a code, or an address.
STATE is open, premoderated, closed, or legal (closed for legal reasons); 'default' goes by the defaults again,
also for --closes and --slow. TIME is such as '2026-12-01 09:00' in the zone of the publication, or never.
Settings: --state open|premoderated|closed   --closes-after DAYS   --slow SECONDS   --sensitive open|premoderated|closed
          --hours 08:00-22:00|always --otherwise premoderated|closed   --sort newest|oldest|best
          for the whole site: --depth 1-8 (that everything is pre-moderated is a setting of moderation)
Any of them can be 'default'.`,
  summary: 'say who may write under stories and when, pick comments, mend counters',
  which: 'Say which comment: its id, its code, or its address.',
  unknownVerb: (verb: string) => `'${verb}' is nothing that is done with a conversation.`,
  badState: (state: string) => `'${state}' is no state: give open, premoderated, closed, legal or default.`,
  badNumber: (option: string, value: string) => `--${option} takes a number, not '${value}'.`,
  badTime: (value: string) => `'${value}' is no time: give one such as '2026-12-01 09:00', never or default.`,
  badHours: (value: string) => `'${value}' are no hours: give some such as 08:00-22:00, always or default.`,
  noComment: (name: string) => `There is no comment ${name}.`,
  picked: 'Picked.',
  unpicked: 'Picked no longer.',
  recounted: (wrong: number) => (wrong === 0 ? 'All counters were right.' : `Mended: ${wrong}.`),
};
