import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from './errors.ts';
import { isLoopbackHost } from './http/addresses.ts';
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
/** Plain http only within this machine: what is said there signs people in. */
const trustedAddress = z
  .string()
  .refine((value) => URL.canParse(value) && isTrustedAddress(new URL(value)), {
    error: 'must be an https address, such as https://login.example.com (http on this machine alone)',
  })
  .optional();
const label = z.string().min(1).max(60);
const hostsWithPorts = z
  .string()
  .refine(
    (value) => splitList(value).every((each) => /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+):\d{1,5}$/i.test(each)),
    {
      error: 'must be host:port, several separated by commas, such as feeds.intranet.example:8443',
    },
  );

const privateKey = z
  .string()
  .transform((value) => value.replaceAll(String.raw`\n`, '\n').trim())
  .refine((value) => /^-----BEGIN PRIVATE KEY-----\n[\s\S]+\n-----END PRIVATE KEY-----$/.test(value), {
    error: 'must be a private key that begins with -----BEGIN PRIVATE KEY-----',
  });
const sharedKeys = z
  .string()
  .refine((value) => splitList(value).length > 0 && splitList(value).every((each) => each.length >= 32), {
    error: 'must be at least 32 letters each, such as: openssl rand -base64 48',
  });

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
  PUSH_HOSTS: hostsWithPorts
    .default('')
    .describe('comma-separated host:port of push services besides those of the usual browsers'),
  PUSH_WORKERS: z.coerce
    .number()
    .int()
    .min(0)
    .max(16)
    .default(1)
    .describe('threads that encrypt and send alerts; 0 to do it where pages are made'),
  PUSH_POOL: z.coerce
    .number()
    .int()
    .min(0)
    .max(2_000_000)
    .default(20_000)
    .describe('browsers for which keys of the next alert are made ahead, about 140 bytes of memory each'),
  ALERTS_A_DAY: z.coerce
    .number()
    .int()
    .min(0)
    .max(100)
    .default(4)
    .describe('alerts to everyone that go out on a day without a word more'),
  ALERTS_TWO_PERSONS: flag
    .default(false)
    .describe('whether somebody else than who composed an alert must agree before it goes'),
  ALERTS_SPREAD: z.coerce
    .number()
    .int()
    .min(0)
    .max(3600)
    .default(30)
    .describe('seconds over which an alert to very many is spread, so that they do not all come at once'),
  MODERATION_URL: z
    .url({ protocol: /^https?$/, error: 'must be the http or https address of a service' })
    .optional()
    .describe('service that is asked about comments before they are posted'),
  MODERATION_TOKEN: z.string().min(1).optional().describe('bearer token with which that service is asked'),
  OIDC_ISSUER: trustedAddress.describe(
    'OpenID Connect provider with which readers may sign in, such as https://login.example.com',
  ),
  OIDC_CLIENT_ID: z.string().min(1).optional().describe('as what the provider at OIDC_ISSUER knows the site'),
  OIDC_CLIENT_SECRET: z
    .string()
    .min(1)
    .optional()
    .describe('secret of OIDC_CLIENT_ID; none for a public client'),
  OIDC_NAME: label.default('OpenID').describe('what readers call the provider at OIDC_ISSUER'),
  GOOGLE_CLIENT_ID: z.string().min(1).optional().describe('for signing in with Google'),
  GOOGLE_CLIENT_SECRET: z.string().min(1).optional().describe('secret of GOOGLE_CLIENT_ID'),
  APPLE_CLIENT_ID: z.string().min(1).optional().describe('Services ID, for signing in with Apple'),
  APPLE_TEAM_ID: z.string().min(1).optional().describe('Team ID of the account at Apple'),
  APPLE_KEY_ID: z.string().min(1).optional().describe('Key ID of APPLE_KEY'),
  APPLE_KEY: privateKey
    .optional()
    .describe('private key from Apple, the text of the .p8 file; line breaks may be written as \\n'),
  SSO_ISSUER: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe("`iss` of the tokens by which the publisher's own login signs readers in"),
  SSO_AUDIENCE: z.string().min(1).max(500).optional().describe('`aud` of those tokens; default ORIGIN'),
  SSO_JWKS_URL: trustedAddress.describe('where the public keys of those tokens are, as a JSON Web Key Set'),
  SSO_KEYS: sharedKeys
    .optional()
    .describe(
      'instead of SSO_JWKS_URL: comma-separated shared keys; the old and the new one while they change',
    ),
  SSO_LOGIN_URL: trustedAddress.describe("page of the publisher's login, to which readers are sent"),
  SSO_NAME: label
    .optional()
    .describe("what readers call the publisher's login; default PUBLISHER, else NAME"),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('how much is logged'),
  PAGE_STORE_MB: z.coerce.number().min(1).max(4096).default(32).describe('size of the page store in MiB'),
  BACKUP_NIGHTLY: flag.default(true).describe('back up every night into DATA_DIR/backups, kept for a week'),
  AVIF: flag.default(true).describe('make AVIF pictures in the background'),
} as const;

/** Settings that mean nothing without each other. */
const together: readonly (readonly SettingName[])[] = [
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID'],
  ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
  ['APPLE_CLIENT_ID', 'APPLE_TEAM_ID', 'APPLE_KEY_ID', 'APPLE_KEY'],
];

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
  if (problems.length === 0) problems.push(...halfSet(values as Settings));
  if (problems.length > 0)
    throw new AppError('config.invalid', `Settings to mend:\n  ${problems.join('\n  ')}`);
  const checked = values as Settings;
  return { ...checked, dataDir, origin: checked.ORIGIN ?? `http://localhost:${checked.PORT}` };
}

/** What lacks its other half. */
function halfSet(values: Settings): string[] {
  const problems: string[] = [];
  for (const names of together) {
    const set = names.filter((name) => values[name] !== undefined);
    if (set.length > 0)
      for (const name of names)
        if (values[name] === undefined) problems.push(`${name}: must be set too, as ${set[0]} is`);
  }
  const keys = [values.SSO_JWKS_URL, values.SSO_KEYS].filter((each) => each !== undefined);
  if (keys.length === 2) problems.push('SSO_KEYS: set either SSO_JWKS_URL or SSO_KEYS, not both');
  if (values.SSO_ISSUER !== undefined && keys.length === 0)
    problems.push('SSO_ISSUER: needs SSO_JWKS_URL or SSO_KEYS, by which its tokens are checked');
  if (values.SSO_ISSUER === undefined && (keys.length > 0 || values.SSO_LOGIN_URL !== undefined))
    problems.push('SSO_ISSUER: must be set too, as other settings of SSO are');
  return problems;
}

function isTrustedAddress({ protocol, hostname, username, password }: URL): boolean {
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));
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
