import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from './errors.ts';
import { isLanguageTag } from './language-tag.ts';
import { parseMailbox } from './mail/mailbox.ts';

const zone = z
  .string()
  .refine((value) => Intl.supportedValuesOf('timeZone').includes(value) || value === 'UTC', {
    error: 'is not an IANA time zone such as Europe/Lisbon',
  });
const language = z.string().refine(isLanguageTag, { error: 'is not a language tag such as en or pt-PT' });
const currency = z.string().refine((value) => Intl.supportedValuesOf('currency').includes(value), {
  error: 'is not an ISO 4217 currency code such as EUR',
});
const origin = z
  .string()
  .refine(
    (value) =>
      URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).origin === value,
    {
      error:
        'must be a scheme and host alone, such as https://www.example.com (no path, no slash at the end)',
    },
  );
const flag = z.preprocess((value) => {
  if (value === undefined || typeof value === 'boolean') return value;
  const text = String(value).toLowerCase();
  return ['1', 'true', 'yes', 'on'].includes(text)
    ? true
    : ['0', 'false', 'no', 'off', ''].includes(text)
      ? false
      : value;
}, z.boolean());
const mailbox = z.string().refine((value) => parseMailbox(value) !== undefined, {
  error: 'must be a mail address, such as The Ledger <desk@example.com>',
});
const hostsWithPorts = z
  .string()
  .refine(
    (value) => splitList(value).every((each) => /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+):\d{1,5}$/i.test(each)),
    {
      error: 'must be host:port, several separated by commas, such as feeds.intranet.example:8443',
    },
  );

/**
 * Every setting: type, default, meaning and check. Read from the environment, else from
 * `DATA_DIR/settings.json`, else the default.
 */
export const settings = {
  PORT: z.coerce.number().int().min(0).max(65535).default(8080).describe('TCP port to listen on'),
  HOST: z.string().default('localhost').describe('address to listen on; 0.0.0.0 or :: for all'),
  ORIGIN: origin.optional().describe('public address of the site; default http://localhost:PORT'),
  DATA_DIR: z.string().default('data').describe('folder of the database, pictures, mail and backups'),
  DATABASE_URL: z
    .string()
    .refine((value) => /^postgres(ql)?:\/\//.test(value), { error: 'must begin with postgres://' })
    .optional()
    .describe('PostgreSQL address; without it SQLite under DATA_DIR'),
  SMTP_URL: z
    .string()
    .refine((value) => /^smtps?:\/\/[^/]/.test(value) && URL.canParse(value), {
      error:
        'must begin with smtp:// or smtps:// and name the server, such as smtps://user:word@mail.example.com',
    })
    .optional()
    .describe('mail server; without it mails land in DATA_DIR/mail'),
  MAIL_FROM: mailbox.optional().describe("sender of the site's mail, such as The Ledger <desk@example.com>"),
  NAME: z.string().min(1).max(80).default('The Freesheet').describe("the paper's name"),
  TAGLINE: z.string().max(160).default('Open to everyone').describe("a line under the paper's name"),
  ZONE: zone.default('Europe/London').describe('IANA time zone of the publication'),
  LANGUAGE: language.default('en').describe('language of the site, as a BCP 47 tag'),
  CURRENCY: currency.default('EUR').describe('ISO 4217 code'),
  CONTACT_MAIL: z.email().optional().describe('address where readers reach the newsroom'),
  PUBLISHER: z.string().optional().describe('legal name of the publisher; default NAME'),
  POSTAL_ADDRESS: z.string().optional().describe("the publisher's postal address, for the about page"),
  ACCENT: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, { error: 'must be a colour such as #0b5c4d' })
    .optional()
    .describe('accent colour of the theme'),
  LOGO: z.string().optional().describe('path of a PNG, JPEG or WebP file with the logo'),
  COUNTRY_HEADER: z
    .string()
    .optional()
    .describe("request header in which the edge names the reader's country"),
  TRUSTED_PROXIES: z
    .string()
    .default('loopback')
    .describe('comma-separated addresses, networks or the word loopback whose X-Forwarded-* is believed'),
  WRITE_LIMIT: z.coerce
    .number()
    .int()
    .min(1)
    .default(30)
    .describe('forms that one network, or one account, may send in a minute'),
  OUTBOUND_ALLOW: hostsWithPorts
    .default('')
    .describe('comma-separated host:port that may be asked although inside the network or on another port'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('how much is logged'),
  PAGE_STORE_MB: z.coerce.number().min(1).max(4096).default(32).describe('size of the page store in MiB'),
  BACKUP_NIGHTLY: flag.default(true).describe('back up every night into DATA_DIR/backups, kept for a week'),
  AVIF: flag.default(true).describe('make AVIF pictures in the background'),
} as const;

export type SettingName = keyof typeof settings;

const settingNames = Object.keys(settings) as SettingName[];

type Settings = { [K in keyof typeof settings]: z.output<(typeof settings)[K]> };

/** All settings, checked, with what follows from them. */
export interface Config extends Settings {
  /** Public address without a slash at the end. */
  readonly origin: string;
  /** Absolute path of DATA_DIR. */
  readonly dataDir: string;
}

/** The parts of a setting that is a list. */
export function splitList(value: string): string[] {
  return value
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

export const settingsFileName = 'settings.json';

/** Absolute path of DATA_DIR, also where the other settings are wrong. */
export function dataDirOf(environment: Record<string, string | undefined> = process.env): string {
  return resolve(environment.DATA_DIR || 'data');
}

/**
 * Read and check all settings.
 * @throws AppError `config.invalid` naming each setting that is wrong and what it should be.
 */
export function loadConfig(environment: Record<string, string | undefined> = process.env): Config {
  const dataDir = dataDirOf(environment);
  const file = readSettingsFile(dataDir);
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const name of settingNames) {
    const given = environment[name] === '' ? undefined : environment[name];
    const checked = checkSetting(name, given ?? file[name]);
    if (checked.problem === undefined) values[name] = checked.value;
    else problems.push(`${name}: ${checked.problem}`);
  }
  for (const name of Object.keys(file))
    if (!(name in settings)) problems.push(`${name}: no such setting in ${settingsFileName}`);
  if (problems.length > 0)
    throw new AppError('config.invalid', `Settings to mend:\n  ${problems.join('\n  ')}`);
  const checked = values as Settings;
  return { ...checked, dataDir, origin: checked.ORIGIN ?? `http://localhost:${checked.PORT}` };
}

/** Check one setting. @returns its value (the default for undefined), or what is wrong with what was given */
export function checkSetting(
  name: SettingName,
  given: unknown,
): { value: unknown; problem?: undefined } | { problem: string } {
  const result = settings[name].safeParse(given);
  return result.success
    ? { value: result.data }
    : { problem: result.error.issues.map((issue) => issue.message).join('; ') };
}

/** What stands in `DATA_DIR/settings.json`, unchecked; empty without one. @throws AppError `config.unreadable` */
export function readSettingsFile(dataDir: string): Record<string, unknown> {
  const path = join(dataDir, settingsFileName);
  if (!existsSync(path)) return {};
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new AppError(
      'config.unreadable',
      `${path} is not readable as JSON: mend it, or run: npx freesheet setup`,
      { cause },
    );
  }
}
