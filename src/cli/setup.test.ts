import assert from 'node:assert/strict';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { headersOf, startMailServer, type MailServer } from '../platform/mail/testing.ts';
import { runCommand, temporaryFolder } from './testing.ts';

const readSettings = async (dataDir: string) =>
  JSON.parse(await readFile(join(dataDir, 'settings.json'), 'utf8')) as Record<string, unknown>;
const isEmpty = async (dataDir: string) => (await readdir(dataDir)).length === 0;

describe('freesheet setup', () => {
  let mail: MailServer;
  let smtp: string;
  before(async () => {
    mail = await startMailServer();
    smtp = `smtp://desk:word@${mail.host}?tls.rejectUnauthorized=false`;
  });
  after(() => mail.close());
  const setup = (dataDir: string, args: string[], more: { input?: string; env?: NodeJS.ProcessEnv } = {}) =>
    runCommand(['setup', ...args], { dataDir, ...more });

  it('takes the defaults on this machine without asking', async () => {
    const dataDir = await temporaryFolder();
    const { code, out, err } = await setup(join(dataDir, 'deep', 'data'), ['--yes', '--name', 'The Ledger']);
    assert.equal(code, 0, err);
    assert.equal(out, '');
    assert.match(err, /npm start {6}then open http:\/\/localhost:8080/);
    assert.deepEqual(await readSettings(join(dataDir, 'deep', 'data')), {
      NAME: 'The Ledger',
      ZONE: 'Europe/London',
      LANGUAGE: 'en',
      CURRENCY: 'EUR',
    });
  });

  it('sets a public paper up by options: test mail, settings, what the proxy needs', async () => {
    const dataDir = await temporaryFolder();
    await writeFile(
      join(dataDir, 'settings.json'),
      JSON.stringify({ ACCENT: '#112233', PORT: 9000, ZONE: 'Asia/Tokyo' }),
    );
    const options = [
      '--name',
      'O Diário',
      '--language',
      'pt-PT',
      '--origin',
      'https://www.diario.example',
      '--yes',
    ];
    const { code, out, err } = await setup(dataDir, [
      ...options,
      '--smtp',
      smtp,
      '--contact',
      'desk@diario.example',
    ]);
    assert.equal(code, 0, err);
    assert.deepEqual(await readSettings(dataDir), {
      ACCENT: '#112233',
      PORT: 9000,
      ZONE: 'Asia/Tokyo',
      NAME: 'O Diário',
      LANGUAGE: 'pt-PT',
      CURRENCY: 'EUR',
      ORIGIN: 'https://www.diario.example',
      SMTP_URL: smtp,
      MAIL_FROM: 'O Diário <no-reply@diario.example>',
      CONTACT_MAIL: 'desk@diario.example',
    });
    if (process.platform !== 'win32')
      assert.equal(
        (await stat(join(dataDir, 'settings.json'))).mode & 0o077,
        0,
        'the password is for its owner',
      );
    assert.deepEqual(await readdir(dataDir), ['settings.json']);
    assert.deepEqual(mail.taken.at(-1)!.to, ['desk@diario.example']);
    assert.match(headersOf(mail.taken.at(-1)!.raw).get('from')![0]!, /<no-reply@diario\.example>$/);
    assert.match(out, /www\.diario\.example \{\n {8}reverse_proxy localhost:9000/);
    assert.match(out, /server_name www\.diario\.example;/);
    assert.match(out, /deploy\/Caddyfile/);
    assert.match(out, /deploy\/nginx\.conf/);
    assert.ok(!err.includes('word@') && !out.includes('word@'), 'the password is not shown');
  });

  it('refuses a public address without https, without mail, or with mail that is not taken; nothing is written', async () => {
    const dataDir = await temporaryFolder();
    const publicly = ['--yes', '--origin', 'https://www.ledger.example'];
    const mailed = ['--contact', 'desk@ledger.example'];
    for (const [args, words] of [
      [['--yes', '--origin', 'http://www.ledger.example'], /must begin with https:\/\/.*deploy\/README\.md/],
      [['--yes', '--origin', 'http://192.168.1.5'], /must begin with https:\/\//],
      [publicly, /--smtp: is needed, as https:\/\/www\.ledger\.example is public/],
      [[...publicly, '--smtp', smtp], /--contact: is needed/],
      [
        [...publicly, ...mailed, '--smtp', 'smtp://127.0.0.1:1'],
        /not taken.*ECONNREFUSED[^]*nothing was changed/,
      ],
      [
        [...publicly, ...mailed, '--smtp', smtp.replace('word', 'wrong')],
        /user name and password in SMTP_URL/,
      ],
      [[...publicly, ...mailed, '--smtp', 'mail.example.com'], /--smtp: must begin with smtp:/],
      [['--yes', '--zone', 'Nowhere'], /--zone: is not an IANA time zone/],
      [['--yes', '--currency', 'EURO'], /--currency: is not an ISO 4217/],
      [['--yes', '--language', 'x_y'], /--language: is not a language tag/],
      [['--yes', '--origin', 'https://www.ledger.example/'], /--origin: must be a scheme and host alone/],
      [['--yes', '--from', 'nobody'], /--from: must be a mail address/],
    ] as [string[], RegExp][]) {
      const { code, err } = await setup(dataDir, args);
      assert.equal(code, 1, args.join(' '));
      assert.match(err, words, args.join(' '));
    }
    assert.ok(await isEmpty(dataDir));
  });

  it('goes on without mail that arrives on this machine alone', async () => {
    const dataDir = await temporaryFolder();
    const options = ['--yes', '--smtp', 'smtp://127.0.0.1:1', '--contact', 'desk@ledger.example'];
    const { code, err } = await setup(dataDir, [...options, '--from', 'desk@ledger.example']);
    assert.equal(code, 0, err);
    assert.match(err, /The test mail was not taken.[^]*Going on/);
  });

  it('asks, says what is wrong with an answer, and asks again', async () => {
    const dataDir = await temporaryFolder();
    await writeFile(
      join(dataDir, 'settings.json'),
      JSON.stringify({ NAME: 'Old Name', CONTACT_MAIL: 'old@ledger.example' }),
    );
    const input = [
      '', // name: stays
      'Lisbon',
      'Europe/Lisbon',
      'pt-PT',
      '', // currency
      'http://www.ledger.example',
      'https://www.ledger.example',
      '', // a public site needs mail
      'smtp://127.0.0.1:1',
      'Desk <desk@ledger.example>',
      '', // contact: stays
      'c', // the mail failed: change it
      smtp,
      '',
      'desk@ledger.example',
    ];
    const { code, err } = await setup(dataDir, [], { input: input.map((line) => `${line}\n`).join('') });
    assert.equal(code, 0, err);
    for (const words of [
      '[Old Name]',
      'Time zone: is not an IANA',
      'must begin with https://',
      'Mail server: is needed',
      'not taken',
    ])
      assert.ok(err.includes(words), words);
    assert.deepEqual(await readSettings(dataDir), {
      NAME: 'Old Name',
      ZONE: 'Europe/Lisbon',
      LANGUAGE: 'pt-PT',
      CURRENCY: 'EUR',
      ORIGIN: 'https://www.ledger.example',
      SMTP_URL: smtp,
      MAIL_FROM: 'Desk <desk@ledger.example>',
      CONTACT_MAIL: 'desk@ledger.example',
    });
  });

  it('changes nothing when the answers end early', async () => {
    const dataDir = await temporaryFolder();
    const { code, err } = await setup(dataDir, [], { input: 'The Ledger\n' });
    assert.equal(code, 1);
    assert.match(err, /no answer for Time zone, and nothing was changed.*--yes.*\[setup\.unanswered\]/);
    assert.ok(await isEmpty(dataDir));
  });

  it('takes a setting away with a dash or an empty option', async () => {
    const dataDir = await temporaryFolder();
    const before = { NAME: 'The Ledger', SMTP_URL: smtp, CONTACT_MAIL: 'desk@ledger.example' };
    await writeFile(join(dataDir, 'settings.json'), JSON.stringify(before));
    assert.equal((await setup(dataDir, ['--yes', '--smtp', '', '--name', ''])).code, 0);
    const now = await readSettings(dataDir);
    assert.equal(now.SMTP_URL, undefined);
    assert.equal(now.NAME, 'The Freesheet');
    await setup(dataDir, [], { input: '\n\n\n\n\n\n\n-\n' });
    assert.equal((await readSettings(dataDir)).CONTACT_MAIL, undefined);
  });

  it('mends a file that cannot be read, and says what else is wrong or set elsewhere', async () => {
    const dataDir = await temporaryFolder();
    await writeFile(join(dataDir, 'settings.json'), '{"NAME": ');
    const { code, err } = await setup(dataDir, ['--yes', '--name', 'The Ledger'], { env: { NAME: 'Other' } });
    assert.equal(code, 0, err);
    assert.match(err, /not readable as JSON. It is now .*settings\.json\.unreadable-\d+/);
    assert.match(err, /NAME is set in the environment too/);
    assert.equal((await readSettings(dataDir)).NAME, 'The Ledger');
    await writeFile(join(dataDir, 'settings.json'), '{"ACCENT": "green", "COLOUR": 1}');
    const second = await setup(dataDir, ['--yes']);
    assert.equal(second.code, 1);
    assert.match(second.err, /ACCENT: must be a colour[^]*COLOUR: no such setting/);
    assert.equal((await readSettings(dataDir)).COLOUR, 1);
  });
});
