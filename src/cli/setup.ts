import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  checkSetting,
  dataDirOf,
  loadConfig,
  readSettingsFile,
  settingsFileName,
  type SettingName,
} from '../platform/config.ts';
import { systemClock } from '../platform/clock.ts';
import { AppError, messageOf } from '../platform/errors.ts';
import { isLoopbackHost } from '../platform/http/addresses.ts';
import { parseMailbox } from '../platform/mail/mailbox.ts';
import { createMailer } from '../platform/mail/mailer.ts';
import { Asker } from './ask.ts';
import type { CliCommand, CliIo } from './command.ts';
import { writeSettings } from './settings-file.ts';
import { proxyWords, setupText as text } from './setup-text.ts';

const options = {
  name: { type: 'string' },
  zone: { type: 'string' },
  language: { type: 'string' },
  currency: { type: 'string' },
  origin: { type: 'string' },
  smtp: { type: 'string' },
  from: { type: 'string' },
  contact: { type: 'string' },
  yes: { type: 'boolean' },
} as const;

/** What is asked, in this order, and the option that answers it. */
const asked = {
  NAME: 'name',
  ZONE: 'zone',
  LANGUAGE: 'language',
  CURRENCY: 'currency',
  ORIGIN: 'origin',
  SMTP_URL: 'smtp',
  MAIL_FROM: 'from',
  CONTACT_MAIL: 'contact',
} as const satisfies Partial<Record<SettingName, keyof typeof options>>;
type Asked = keyof typeof asked;
const mailSettings: readonly Asked[] = ['SMTP_URL', 'MAIL_FROM', 'CONTACT_MAIL'];

type Answers = Partial<Record<Asked, string>>;

export const command: CliCommand = {
  name: 'setup',
  summary: text.summary,
  usage: text.usage,
  async run(args, io) {
    const { values } = parseArgs({ args, options });
    const dataDir = dataDirOf();
    const setup = new Setup(dataDir, await currentSettings(dataDir, io), io);
    const asker = values.yes ? undefined : new Asker();
    try {
      if (asker) io.err(text.intro(join(dataDir, settingsFileName)));
      for (const name of Object.keys(asked) as Asked[]) await setup.settle(name, values[asked[name]], asker);
      if (!(await setup.testMail(asker))) return 1;
    } finally {
      asker?.close();
    }
    return setup.save();
  },
};

class Setup {
  readonly #dataDir: string;
  readonly #file: Record<string, unknown>;
  readonly #io: CliIo;
  readonly #answers: Answers = {};

  constructor(dataDir: string, file: Record<string, unknown>, io: CliIo) {
    this.#dataDir = dataDir;
    this.#file = file;
    this.#io = io;
  }

  /** Find the answer to one question: as given, as answered, or as it stands. @throws AppError `setup.wrong`, `setup.unanswered` */
  async settle(name: Asked, given: string | undefined, asker: Asker | undefined): Promise<void> {
    const standing = this.#standing(name);
    if (given !== undefined || !asker) {
      const answer = given ?? standing;
      const problem = this.#problem(name, answer);
      if (problem) throw new AppError('setup.wrong', text.wrong(`--${asked[name]}`, problem));
      this.#keep(name, answer);
      return;
    }
    for (;;) {
      const shown = standing === undefined ? text.none : withoutPassword(standing);
      const line = await asker.ask(`${text.questions[name]} [${shown}]: `);
      if (line === undefined) throw new AppError('setup.unanswered', text.notAnswered(text.questions[name]!));
      const answer = line === '' ? standing : line === '-' ? undefined : line;
      const problem = this.#problem(name, answer);
      if (!problem) {
        this.#keep(name, answer);
        return;
      }
      this.#io.err(`  ${text.wrong(text.questions[name]!, problem)}`);
    }
  }

  /** What is taken away is the default again. */
  #keep(name: Asked, answer: string | undefined): void {
    const checked = checkSetting(name, answer || undefined);
    if (checked.problem === undefined) this.#answers[name] = checked.value as string | undefined;
  }

  /** Send a mail when there is a server. @returns false when it must work and does not */
  async testMail(asker: Asker | undefined): Promise<boolean> {
    for (;;) {
      const { SMTP_URL, MAIL_FROM, CONTACT_MAIL } = this.#answers;
      if (SMTP_URL === undefined) return true;
      const NAME = this.#answers.NAME!;
      const origin = this.#origin();
      const mailer = createMailer({
        SMTP_URL,
        MAIL_FROM,
        CONTACT_MAIL,
        NAME,
        origin,
        dataDir: this.#dataDir,
      });
      this.#io.err(text.testing(CONTACT_MAIL!, mailer.place));
      try {
        await mailer.send({
          to: CONTACT_MAIL!,
          subject: text.testSubject(NAME),
          text: text.testBody(NAME, origin),
        });
        this.#io.err(text.tested);
        return true;
      } catch (error) {
        this.#io.err(text.testFailed(messageOf(error)));
      } finally {
        mailer.close();
      }
      const canSkip = isLocal(origin);
      const choice = asker ? await asker.ask(`${text.whatNow(canSkip)} `) : canSkip ? 's' : 'q';
      if (choice === 's' && canSkip) {
        this.#io.err(text.skipped);
        return true;
      }
      if (choice === 'c') for (const name of mailSettings) await this.settle(name, undefined, asker);
      else if (choice !== 't') {
        this.#io.err(canSkip ? text.stopped : text.mustWork);
        return false;
      }
    }
  }

  /** Write what was settled; settings that are not asked stay. @returns the exit code */
  async save(): Promise<number> {
    const { ORIGIN, ...rest } = this.#answers;
    const merged: Record<string, unknown> = { ...this.#file, ...rest };
    // An address that only follows from PORT goes on following it.
    if (ORIGIN === this.#defaultOrigin() && this.#file.ORIGIN === undefined) delete merged.ORIGIN;
    else merged.ORIGIN = ORIGIN;
    let file: string;
    try {
      file = await writeSettings(this.#dataDir, merged);
    } catch (cause) {
      throw new AppError('setup.unwritable', text.unwritable(this.#dataDir), { cause });
    }
    this.#io.err(text.saved(file));
    const shadowed = (Object.keys(asked) as Asked[]).filter(
      (name) => process.env[name] && process.env[name] !== merged[name],
    );
    if (shadowed.length > 0) this.#io.err(text.shadowed(shadowed));
    const { HOST, PORT } = loadConfig();
    const origin = this.#origin();
    if (!isLocal(origin)) {
      const upstream = ['0.0.0.0', '::', ''].includes(HOST) ? 'localhost' : HOST;
      this.#io.out(proxyWords(origin, `${upstream.includes(':') ? `[${upstream}]` : upstream}:${PORT}`));
    }
    this.#io.err(text.next(origin));
    this.#io.err(text.restart);
    return 0;
  }

  /** What is wrong with an answer, by itself and beside those before it. */
  #problem(name: Asked, answer: string | undefined): string | undefined {
    const given = answer || undefined;
    const checked = checkSetting(name, given);
    if (checked.problem !== undefined) return checked.problem;
    if (name === 'ORIGIN') {
      const origin = given ?? this.#defaultOrigin();
      return isLocal(origin) || origin.startsWith('https:') ? undefined : text.needsHttps(origin);
    }
    if (given !== undefined) return undefined;
    if (name === 'SMTP_URL' && !isLocal(this.#origin())) return text.needsMail(this.#origin());
    if (name === 'MAIL_FROM' && this.#answers.SMTP_URL !== undefined) return text.needsSender;
    if (name === 'CONTACT_MAIL' && this.#answers.SMTP_URL !== undefined) return text.needsContact;
    return undefined;
  }

  /** What a setting is now, or what it would best be; a wrong one counts as none. */
  #standing(name: Asked): string | undefined {
    const now = this.#answers[name] ?? (process.env[name] || this.#file[name]);
    if (now !== undefined && checkSetting(name, now).problem === undefined) return String(now);
    if (name === 'ORIGIN') return this.#defaultOrigin();
    const { SMTP_URL, MAIL_FROM, NAME } = this.#answers;
    if (name === 'MAIL_FROM' && SMTP_URL !== undefined) {
      const host = new URL(this.#origin()).hostname.replace(/^www\./, '');
      const sender = `${NAME!.replace(/[<>"]/g, '')} <no-reply@${host}>`;
      return checkSetting(name, sender).problem === undefined ? sender : undefined;
    }
    if (name === 'CONTACT_MAIL' && MAIL_FROM !== undefined) {
      const { address = '' } = parseMailbox(MAIL_FROM) ?? {};
      return address.startsWith('no-reply@') ? undefined : address || undefined;
    }
    const byItself = checkSetting(name, undefined);
    return byItself.problem === undefined && byItself.value !== undefined
      ? String(byItself.value)
      : undefined;
  }

  #origin(): string {
    return this.#answers.ORIGIN ?? this.#defaultOrigin();
  }

  #defaultOrigin(): string {
    const checked = checkSetting('PORT', process.env.PORT || this.#file.PORT);
    return `http://localhost:${checked.problem === undefined ? String(checked.value) : '8080'}`;
  }
}

/** What the settings file holds; one that cannot be read is put aside, as this is the command that mends it. */
async function currentSettings(dataDir: string, io: CliIo): Promise<Record<string, unknown>> {
  try {
    return readSettingsFile(dataDir);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const file = join(dataDir, settingsFileName);
    const aside = `${file}.unreadable-${systemClock.now()}`;
    await rename(file, aside);
    io.err(text.setAside(file, aside));
    return {};
  }
}

function isLocal(origin: string): boolean {
  return isLoopbackHost(new URL(origin).hostname);
}

function withoutPassword(value: string): string {
  return value.replace(/^(smtps?:\/\/[^:@/]*):[^@/]*@/, '$1:***@');
}
