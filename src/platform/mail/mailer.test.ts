import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { FixedClock } from '../clock.ts';
import { forEachDatabase, testNow } from '../database/testing.ts';
import type { AppError } from '../errors.ts';
import { JobRunner } from '../jobs/job-runner.ts';
import { deadJobs } from '../jobs/jobs.ts';
import { migrations } from '../jobs/migrations.ts';
import { silentLog } from '../log.ts';
import { defineMailJobs, enqueueMail, forgetMails } from './mail-jobs.ts';
import { parseMailbox } from './mailbox.ts';
import { createMailer, needsTls, type MailSettings, type Mailer } from './mailer.ts';
import type { MailMessage } from './message.ts';
import { headersOf, startMailServer, type MailServer } from './testing.ts';

const open: { close(): void }[] = [];
const folders: string[] = [];
after(async () => {
  for (const each of open) each.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function serveMail(options: Parameters<typeof startMailServer>[0] = {}): Promise<MailServer> {
  const server = await startMailServer(options);
  open.push(server);
  return server;
}

async function settings(change: Partial<MailSettings> = {}): Promise<MailSettings> {
  const dataDir = await mkdtemp(join(tmpdir(), 'freesheet-mail-'));
  folders.push(dataDir);
  return {
    SMTP_URL: undefined,
    MAIL_FROM: 'Desk of The Ledger <desk@ledger.example>',
    NAME: 'The Ledger',
    CONTACT_MAIL: undefined,
    origin: 'https://www.ledger.example',
    dataDir,
    ...change,
  };
}

async function smtpMailer(url: string, timeout = 5000): Promise<Mailer> {
  const mailer = createMailer(await settings({ SMTP_URL: url }), { clock: new FixedClock(testNow), timeout });
  open.push(mailer);
  return mailer;
}

const untrusting = '?tls.rejectUnauthorized=false';
const letter: MailMessage = { to: 'Ann <ann@reader.example>', subject: 'Your code', text: 'It is 123456.\n' };

describe('mailboxes', () => {
  it('are read with and without a name', () => {
    for (const [text, name, address] of [
      ['ann@paper.example', '', 'ann@paper.example'],
      ['  Ann Other <ann@paper.example> ', 'Ann Other', 'ann@paper.example'],
      ['"Other, Ann \\"A\\"" <a.o+x@paper.example>', 'Other, Ann "A"', 'a.o+x@paper.example'],
      ['Zoë <zoe@bücher.example>', 'Zoë', 'zoe@xn--bcher-kva.example'],
    ] as const)
      assert.deepEqual(parseMailbox(text), { name, address }, text);
  });

  it('are refused when they could be two, or more than an address', () => {
    const wrong = [
      '',
      'ann',
      'ann@',
      '@paper.example',
      'ann@paper.example, bob@paper.example',
      'ann@paper.example\r\nBcc: bob@paper.example',
      'Ann\n <ann@paper.example>',
      'Ann\u2028 <ann@paper.example>',
      'Ann <ann@paper.example> <bob@paper.example>',
      'Ann <ann@paper.example>, Bob <bob@paper.example>',
      '<ann@paper.example',
      'ann@paper.example>',
      'ann bob@paper.example',
      `${'a'.repeat(300)}@paper.example`,
    ];
    for (const text of wrong) assert.equal(parseMailbox(text), undefined, text);
  });
});

describe('mail through a server', () => {
  it('is delivered, with the headers that it should have', async () => {
    const { host, taken } = await serveMail();
    const mailer = await smtpMailer(`smtp://${host}${untrusting}`);
    await mailer.verify();
    await mailer.send({
      ...letter,
      subject: 'Täglich: „Neues“',
      text: 'Größe und Glück\n.\nend\n',
      html: '<p>Größe</p>',
      list: 'alerts',
      headers: {
        'List-Unsubscribe': '<https://www.ledger.example/alerts>',
        'X-About': 'a "quoted" word',
      },
      replyTo: '"Desk, The" <desk@ledger.example>',
    });
    const mail = taken[0]!;
    assert.deepEqual(mail.to, ['ann@reader.example']);
    assert.equal(mail.from, 'desk@ledger.example');
    const headers = headersOf(mail.raw);
    assert.deepEqual(headers.get('from'), ['Desk of The Ledger <desk@ledger.example>']);
    assert.deepEqual(headers.get('to'), ['Ann <ann@reader.example>']);
    assert.match(headers.get('message-id')![0]!, /^<[0-9a-f-]{36}@www\.ledger\.example>$/);
    assert.deepEqual(headers.get('date'), ['Tue, 24 Nov 2026 12:00:00 +0000']);
    assert.deepEqual(headers.get('auto-submitted'), ['auto-generated']);
    assert.deepEqual(headers.get('list-id'), ['"The Ledger" <alerts.www.ledger.example>']);
    assert.deepEqual(headers.get('list-unsubscribe'), ['<https://www.ledger.example/alerts>']);
    assert.deepEqual(headers.get('x-about'), ['a "quoted" word']);
    assert.deepEqual(headers.get('reply-to'), ['"Desk, The" <desk@ledger.example>']);
    assert.match(headers.get('content-type')![0]!, /^multipart\/alternative/);
    assert.match(mail.raw, /text\/plain/);
    assert.match(mail.raw, /text\/html/);
  });

  it('is plain text alone when there is no HTML, and names no list when there is none', async () => {
    const { host, taken } = await serveMail();
    await (await smtpMailer(`smtp://${host}${untrusting}`)).send(letter);
    assert.match(headersOf(taken[0]!.raw).get('content-type')![0]!, /^text\/plain; charset=utf-8/);
    assert.equal(headersOf(taken[0]!.raw).has('list-id'), false);
    assert.ok(taken[0]!.raw.includes('It is 123456.'));
  });

  it('cannot be made to carry other headers or go to others', async () => {
    const { host, taken } = await serveMail();
    const mailer = await smtpMailer(`smtp://${host}${untrusting}`);
    await mailer.send({ ...letter, subject: 'Storm\r\nBcc: eve@evil.example\r\n\r\n<p>body\u2028x' });
    assert.deepEqual(taken[0]!.to, ['ann@reader.example']);
    assert.equal(headersOf(taken[0]!.raw).has('bcc'), false);
    const subject = headersOf(taken[0]!.raw).get('subject')!;
    assert.deepEqual(subject, ['Storm Bcc: eve@evil.example <p>body x']);
    const wrongTo = ['ann@reader.example\nBcc: eve@evil.example', 'ann@reader.example,eve@evil.example', ''];
    for (const to of wrongTo)
      await assert.rejects(mailer.send({ ...letter, to }), { code: 'mail.address' }, to);
    const wrongHeaders: Record<string, string>[] = [
      { 'X-A': 'b\r\nBcc: eve@evil.example' },
      { 'X-A\r\nBcc': 'eve@evil.example' },
      { bcc: 'eve@evil.example' },
      { Cc: 'eve@evil.example' },
      { 'Reply-To': 'eve@evil.example' },
      { From: 'eve@evil.example' },
      { 'Content-Type': 'text/html' },
      { 'X-A': 'x'.repeat(1000) },
    ];
    for (const headers of wrongHeaders)
      await assert.rejects(mailer.send({ ...letter, headers }), { code: 'mail.malformed' });
    for (const id of ['a>\r\nBcc: x', 'a b', ''])
      await assert.rejects(mailer.send({ ...letter, id }), { code: 'mail.malformed' });
    await assert.rejects(mailer.send({ ...letter, list: 'a\nb' }), { code: 'mail.malformed' });
    assert.equal(taken.length, 1);
  });

  it('tells what will never be taken from what may be taken later, and names no address', async () => {
    const { host, state, taken } = await serveMail();
    const mailer = await smtpMailer(`smtp://${host}${untrusting}`);
    for (const [at, status, code] of [
      ['rcpt', 550, 'mail.refused'],
      ['rcpt', 450, 'mail.deferred'],
      ['data', 554, 'mail.refused'],
      ['data', 451, 'mail.deferred'],
    ] as const) {
      state.refusal = { at, status, words: 'not <ann@reader.example> today' };
      await assert.rejects(mailer.send(letter), (error: AppError) => {
        assert.equal(error.code, code);
        assert.match(error.message, new RegExp(`${status} not <\\(address\\)> today`));
        return true;
      });
    }
    state.refusal = undefined;
    await mailer.send(letter);
    assert.equal(taken.length, 1);
  });

  it('is deferred when the server is away, silent or slow', async () => {
    const away = await smtpMailer('smtp://127.0.0.1:1');
    await assert.rejects(away.send(letter), { code: 'mail.deferred' });
    await assert.rejects(away.verify(), { code: 'mail.deferred' });
    const silent = createServer((socket) => void open.push({ close: () => socket.destroy() })).listen(
      0,
      '127.0.0.1',
    );
    open.push(silent);
    await once(silent, 'listening');
    const mailer = await smtpMailer(`smtp://127.0.0.1:${(silent.address() as { port: number }).port}`, 200);
    await assert.rejects(mailer.send(letter), { code: 'mail.deferred' });
    await assert.rejects(mailer.verify(), { code: 'mail.deferred' });
    const slow = await serveMail({ onMailFrom: () => {} });
    const slowed = await smtpMailer(`smtp://${slow.host}${untrusting}`, 200);
    await assert.rejects(slowed.send(letter), { code: 'mail.deferred' });
  });

  it('goes to its server once, however that ends the connection', async () => {
    const { host, taken, state } = await serveMail();
    const mailer = await smtpMailer(`smtp://${host}${untrusting}`, 400);
    state.ending = 'answered';
    await mailer.send(letter);
    await mailer.send(letter);
    assert.equal(taken.length, 2);
    for (const ending of ['unanswered', 'silent'] as const) {
      state.ending = ending;
      await assert.rejects(mailer.send(letter), { code: 'mail.unclear' }, ending);
    }
    assert.equal(taken.length, 4);
  });

  it('is handed over again where the connection ended before the server had it', async () => {
    const { host, taken, state } = await serveMail();
    const mailer = await smtpMailer(`smtp://${host}${untrusting}`);
    await mailer.send(letter);
    state.ending = 'before';
    await mailer.send(letter);
    assert.equal(taken.length, 2);
  });

  it('goes with TLS from the start, by STARTTLS, or plain where the server has none', async () => {
    const secure = await serveMail({ secure: true });
    await (await smtpMailer(`smtps://${secure.host}${untrusting}`)).send(letter);
    assert.equal(secure.taken[0]!.isSecure, true);
    const upgraded = await serveMail();
    await (await smtpMailer(`smtp://${upgraded.host}${untrusting}`)).send(letter);
    assert.equal(upgraded.taken[0]!.isSecure, true);
    const plain = await serveMail({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
    await (await smtpMailer(`smtp://${plain.host}`)).send(letter);
    assert.equal(plain.taken[0]!.isSecure, false);
    await assert.rejects((await smtpMailer(`smtp://${plain.host}?requireTLS=true`)).send(letter), {
      code: 'mail.deferred',
    });
  });

  it('trusts no certificate that nobody vouches for', async () => {
    const { host, taken } = await serveMail();
    await assert.rejects((await smtpMailer(`smtp://${host}`)).send(letter), { code: 'mail.deferred' });
    const secure = await serveMail({ secure: true });
    await assert.rejects((await smtpMailer(`smtps://${secure.host}`)).verify(), { code: 'mail.deferred' });
    assert.equal(taken.length, 0);
  });

  it('signs in, and says when that fails', async () => {
    const { host, taken } = await serveMail({ authOptional: false });
    await (await smtpMailer(`smtp://ann:word@${host}${untrusting}`)).send(letter);
    assert.equal(taken[0]!.user, 'ann');
    const wrong = await smtpMailer(`smtp://ann:wrong@${host}${untrusting}`);
    const says = { code: 'mail.deferred', message: /user name and password in SMTP_URL: 535 .*\(address\)/ };
    await assert.rejects(wrong.send(letter), says);
    await assert.rejects(wrong.verify(), says);
    assert.equal(needsTls('smtp://ann:word@mail.example'), true);
    assert.equal(needsTls('smtp://mail.example'), false);
    assert.equal(needsTls('smtp://ann:word@localhost:2525'), false);
    assert.equal(needsTls('smtp://ann:word@mail.example?ignoreTLS=true'), false);
  });
});

describe('mail without a server', () => {
  it('lands in a folder, whole, in the order of sending', async () => {
    const given = await settings({ MAIL_FROM: undefined, NAME: 'Die "Zeit",\r\nBcc: x' });
    const mailer = createMailer(given, { clock: new FixedClock(testNow) });
    for (let number = 0; number < 5; number += 1) await mailer.send({ ...letter, subject: `Mail ${number}` });
    const names = (await readdir(join(given.dataDir, 'mail'))).sort();
    assert.equal(names.length, 5);
    assert.match(names[0]!, /^2026-11-24T120000\.000Z-[0-9a-f-]{36}\.eml$/);
    const mails = await Promise.all(names.map((name) => readFile(join(given.dataDir, 'mail', name), 'utf8')));
    assert.deepEqual(
      mails.map((raw) => headersOf(raw).get('subject')![0]),
      ['Mail 0', 'Mail 1', 'Mail 2', 'Mail 3', 'Mail 4'],
    );
    assert.equal(headersOf(mails[0]!).has('bcc'), false);
    assert.match(headersOf(mails[0]!).get('from')![0]!, /<no-reply@www\.ledger\.example>$/);
    assert.ok(mails[0]!.includes('It is 123456.'));
    await mailer.verify();
  });

  it('says when the folder cannot be written', async () => {
    const given = await settings();
    await writeFile(join(given.dataDir, 'mail'), 'a file stands in the way');
    const mailer = createMailer(given);
    await assert.rejects(mailer.verify(), { code: 'mail.deferred' });
    await assert.rejects(mailer.send(letter), { code: 'mail.deferred' });
  });
});

forEachDatabase('mail jobs', migrations, (get) => {
  async function start(mailer: Mailer, refusedTo: string[] = []) {
    const { database, clock } = get();
    const jobs = new JobRunner({ database, clock, log: silentLog, timings: { retry: 1000 } });
    defineMailJobs(jobs, { mailer, clock, onRefused: ({ to }) => void refusedTo.push(to) });
    return async () => {
      await jobs.look();
      await jobs.idle();
      clock.advance(60_000);
    };
  }

  it('send what a command left once it committed, again after 4xx, under one Message-ID', async () => {
    const { host, taken, state } = await serveMail();
    const turn = await start(await smtpMailer(`smtp://${host}${untrusting}`));
    await assert.rejects(
      get().database.write(async (tx) => {
        await enqueueMail(tx, letter);
        throw new Error('no');
      }),
    );
    await get().database.write((tx) => enqueueMail(tx, letter, { key: 'one' }));
    await get().database.write((tx) => enqueueMail(tx, letter, { key: 'one' }));
    const ids: string[] = [];
    state.refusal = { at: 'data', status: 451, words: 'try later' };
    await turn();
    assert.equal(taken.length, 0);
    const { payload } = await get()
      .database.read.selectFrom('job')
      .select('payload')
      .where('key', '=', 'one')
      .executeTakeFirstOrThrow();
    ids.push((JSON.parse(payload) as { message: { id: string } }).message.id);
    state.refusal = undefined;
    await turn();
    await turn();
    assert.equal(taken.length, 1);
    assert.deepEqual(headersOf(taken[0]!.raw).get('message-id'), [`<${ids[0]}@www.ledger.example>`]);
  });

  it('do not try again what is refused for good, and tell of it', async () => {
    const { host, taken, state } = await serveMail();
    const refusedTo: string[] = [];
    const turn = await start(await smtpMailer(`smtp://${host}${untrusting}`), refusedTo);
    state.refusal = { at: 'rcpt', status: 550, words: 'unknown' };
    await get().database.write((tx) => enqueueMail(tx, letter));
    await turn();
    state.refusal = undefined;
    await turn();
    assert.deepEqual(refusedTo, [letter.to]);
    assert.equal(taken.length, 0);
    assert.deepEqual(await deadJobs(get().database.read), []);
  });

  it('keep no address and no word once they are sent, and are forgotten with whom they are to', async () => {
    const { database, clock } = get();
    const { host } = await serveMail();
    const turn = await start(await smtpMailer(`smtp://${host}${untrusting}`));
    await database.write((tx) => enqueueMail(tx, letter, { key: 'sent' }));
    await turn();
    const later = { at: clock.now() + 3_600_000 };
    await database.write(async (tx) => {
      await enqueueMail(tx, { ...letter, to: 'Zoë <zoe_1@Bücher.example>' }, { ...later, key: 'hers' });
      await enqueueMail(tx, { ...letter, to: 'zoe-1@bücher.example' }, { ...later, key: 'another' });
      await enqueueMail(tx, { ...letter, text: 'zoe_1@bücher.example' }, { ...later, key: 'about' });
      await forgetMails(tx, ['zoe_1@bücher.example']);
    });
    const rows = await database.read
      .selectFrom('job')
      .select(['key', 'payload'])
      .where('key', 'in', ['sent', 'hers', 'another', 'about'])
      .orderBy('key')
      .execute();
    assert.deepEqual(
      rows.map(({ key }) => key),
      ['about', 'another', 'sent'],
    );
    assert.equal(rows[2]!.payload, 'null');
    await database.write(({ db }) => db.deleteFrom('job').execute());
  });

  it('leave out what is of no use any more', async () => {
    const { host, taken } = await serveMail();
    const turn = await start(await smtpMailer(`smtp://${host}${untrusting}`));
    const now = get().clock.now();
    await get().database.write((tx) => enqueueMail(tx, letter, { at: now + 5000, until: now + 10_000 }));
    await turn();
    await turn();
    assert.equal(taken.length, 0);
    await get().database.write((tx) => enqueueMail(tx, letter, { until: get().clock.now() + 10_000 }));
    await turn();
    assert.equal(taken.length, 1);
  });
});
