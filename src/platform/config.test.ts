import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { loadConfig, settings, settingsFileName } from './config.ts';
import { AppError } from './errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'freesheet-config-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
/** A DATA_DIR with a settings file. */
function dataDir(file?: unknown): string {
  const made = join(folder, String((count += 1)));
  mkdirSync(made);
  const text = typeof file === 'string' ? file : JSON.stringify(file);
  if (file !== undefined) writeFileSync(join(made, settingsFileName), text);
  return made;
}

/** What is wrong with settings, a line for each. */
function problemsOf(environment: Record<string, string>, file?: unknown): string[] {
  try {
    loadConfig({ DATA_DIR: dataDir(file), ...environment });
  } catch (error) {
    assert.ok(error instanceof AppError);
    assert.equal(error.code, 'config.invalid');
    const [title, ...lines] = error.message.split('\n');
    assert.equal(title, 'Settings to mend:');
    return lines.map((line) => line.trim());
  }
  return [];
}

describe('settings', () => {
  it('need not be set', () => {
    const config = loadConfig({ DATA_DIR: dataDir() });
    assert.equal(config.PORT, 8080);
    assert.equal(config.origin, 'http://localhost:8080');
    assert.equal(config.DATABASE_URL, undefined);
    assert.deepEqual([config.BACKUP_NIGHTLY, config.AVIF], [true, true]);
  });

  it('each have a meaning, and a default that passes their own check', () => {
    for (const [name, schema] of Object.entries(settings)) {
      assert.ok((schema.description ?? '').length > 5, `${name} says nothing of itself`);
      assert.ok(schema.safeParse(undefined).success, `${name} must be set`);
    }
  });

  it('come from the environment, else from the file, else from their default', () => {
    const DATA_DIR = dataDir({ NAME: 'The Ledger', PORT: 9000, AVIF: false });
    assert.deepEqual(
      [{ DATA_DIR }, { DATA_DIR, NAME: 'The Echo', PORT: '9001', AVIF: 'yes' }, { DATA_DIR, NAME: '' }]
        .map((environment) => loadConfig(environment))
        .map(({ NAME, PORT, AVIF, TAGLINE }) => [NAME, PORT, AVIF, TAGLINE]),
      [
        ['The Ledger', 9000, false, 'Open to everyone'],
        ['The Echo', 9001, true, 'Open to everyone'],
        ['The Ledger', 9000, false, 'Open to everyone'],
      ],
    );
  });

  it('name the folder and the address of the site', () => {
    for (const given of [undefined, '']) {
      const config = loadConfig({ DATA_DIR: given, PORT: '9000' });
      assert.equal(config.dataDir, resolve('data'));
      assert.equal(config.origin, 'http://localhost:9000');
    }
    assert.ok(isAbsolute(loadConfig({ DATA_DIR: '.' }).dataDir));
    const DATA_DIR = dataDir({ ORIGIN: 'https://paper.example' });
    assert.equal(loadConfig({ DATA_DIR }).origin, 'https://paper.example');
  });

  it('that are wrong are all named at once, each with what it should be', () => {
    assert.deepEqual(
      problemsOf(
        {
          PORT: '99999',
          ORIGIN: 'https://paper.example/',
          ZONE: 'London',
          LANGUAGE: 'english!',
          CURRENCY: 'EURO',
        },
        { NAME: '', ACCENT: 'green', COLOUR: 'red' },
      ).map((line) => line.split(':')[0]),
      ['PORT', 'ORIGIN', 'NAME', 'ZONE', 'LANGUAGE', 'CURRENCY', 'ACCENT', 'COLOUR'],
    );
    assert.deepEqual(problemsOf({ ZONE: 'London' }), [
      'ZONE: is not an IANA time zone such as Europe/Lisbon',
    ]);
    assert.deepEqual(problemsOf({}, { COLOUR: 'red' }), ['COLOUR: no such setting in settings.json']);
  });

  it('take what is right and refuse what is nearly so', () => {
    const cases: Record<string, { right: string[]; wrong: string[] }> = {
      PORT: { right: ['0', '65535'], wrong: ['-1', '65536', '80.5', 'http', 'NaN'] },
      ORIGIN: {
        right: ['http://localhost:8080', 'https://paper.example', 'https://xn--caf-dma.example'],
        wrong: [
          'paper.example',
          'ftp://paper.example',
          'https://paper.example/news',
          'https://paper.example:443',
          'https://Paper.example',
          'https://user@paper.example',
          'javascript:alert(1)',
        ],
      },
      DATABASE_URL: {
        right: ['postgres://a:b@db/paper', 'postgresql:///paper'],
        wrong: ['mysql://db', 'data/paper.sqlite', ' postgres://db'],
      },
      SMTP_URL: {
        right: ['smtp://localhost:2525', 'smtps://u:p@mail'],
        wrong: ['mail.example', 'http://mail'],
      },
      ZONE: {
        right: ['UTC', 'Europe/Lisbon', 'America/Argentina/Ushuaia'],
        wrong: ['GMT+25', 'Mars/Olympus'],
      },
      LANGUAGE: { right: ['en', 'pt-PT', 'ar', 'zh-Hant-TW'], wrong: ['e', 'en_GB!', 'en GB'] },
      CURRENCY: { right: ['EUR', 'JPY'], wrong: ['eur', 'EURO', '€'] },
      CONTACT_MAIL: { right: ['desk@paper.example'], wrong: ['desk', 'desk@'] },
      ACCENT: { right: ['#0b5c4d', '#FFFFFF'], wrong: ['#fff', '0b5c4d', '#0b5c4g', 'red;}'] },
      LOG_LEVEL: { right: ['silent', 'debug'], wrong: ['loud'] },
      PAGE_STORE_MB: { right: ['1', '4096', '1.5'], wrong: ['0', '5000', 'much'] },
      BACKUP_NIGHTLY: { right: ['true', 'FALSE', '1', '0', 'on', 'off', 'yes', 'No'], wrong: ['maybe', '2'] },
    };
    for (const [name, { right, wrong }] of Object.entries(cases)) {
      for (const value of right) assert.deepEqual(problemsOf({ [name]: value }), [], `${name}=${value}`);
      for (const value of wrong) {
        const [problem, ...more] = problemsOf({ [name]: value });
        assert.ok(problem?.startsWith(`${name}: `), `${name}=${value} passed`);
        assert.deepEqual(more, []);
      }
    }
    assert.equal(loadConfig({ DATA_DIR: dataDir(), BACKUP_NIGHTLY: 'Off' }).BACKUP_NIGHTLY, false);
  });

  it('say where a file is that cannot be read', () => {
    for (const file of ['{"NAME": ', '[1]', '"NAME"']) {
      const DATA_DIR = dataDir(file);
      assert.throws(
        () => loadConfig({ DATA_DIR }),
        (error: AppError) => error.code === 'config.unreadable' && error.message.includes(DATA_DIR),
      );
    }
  });

  it('of signing in come whole, or not at all', () => {
    const key = '-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----';
    const apple = { APPLE_CLIENT_ID: 'a', APPLE_TEAM_ID: 'b', APPLE_KEY_ID: 'c', APPLE_KEY: key };
    const sso = { SSO_ISSUER: 'https://login.example.com', SSO_KEYS: 'k'.repeat(32) };
    for (const whole of [apple, sso, { OIDC_ISSUER: 'http://localhost:9000', OIDC_CLIENT_ID: 'paper' }])
      assert.deepEqual(problemsOf(whole), [], JSON.stringify(whole));
    assert.match(loadConfig({ DATA_DIR: dataDir(), ...apple }).APPLE_KEY!, /-----\nAAAA\n-----/);
    for (const [half, name] of [
      [{ OIDC_ISSUER: 'https://login.example.com' }, 'OIDC_CLIENT_ID'],
      [{ GOOGLE_CLIENT_SECRET: 'x' }, 'GOOGLE_CLIENT_ID'],
      [{ ...apple, APPLE_KEY: '' }, 'APPLE_KEY'],
      [{ ...apple, APPLE_KEY: 'AAAA' }, 'APPLE_KEY'],
      [{ SSO_ISSUER: 'x' }, 'SSO_ISSUER'],
      [{ SSO_KEYS: 'k'.repeat(32) }, 'SSO_ISSUER'],
      [{ ...sso, SSO_KEYS: `${'k'.repeat(32)}, ${'k'.repeat(31)}` }, 'SSO_KEYS'],
      [{ ...sso, SSO_JWKS_URL: 'https://login.example.com/jwks' }, 'SSO_KEYS'],
      [{ ...sso, SSO_LOGIN_URL: 'http://login.example.com' }, 'SSO_LOGIN_URL'],
      [{ OIDC_ISSUER: 'http://10.0.0.1', OIDC_CLIENT_ID: 'paper' }, 'OIDC_ISSUER'],
    ] as const)
      assert.deepEqual(
        problemsOf(half).map((line) => line.split(':')[0]),
        [name],
        JSON.stringify(half),
      );
  });
});
