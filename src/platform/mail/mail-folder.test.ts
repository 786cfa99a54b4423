import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { FixedClock } from '../clock.ts';
import { testNow } from '../database/testing.ts';
import { pruneMails, removeMailsTo } from './mail-folder.ts';
import { createMailer } from './mailer.ts';

it('the folder of mails forgets who has left, and what is a month old', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'freesheet-mail-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const clock = new FixedClock(testNow);
  const settings = {
    SMTP_URL: undefined,
    MAIL_FROM: undefined,
    NAME: 'The Ledger',
    CONTACT_MAIL: undefined,
    origin: 'https://www.ledger.example',
    dataDir,
  };
  await removeMailsTo(dataDir, ['nobody@ledger.example']);
  const mailer = createMailer(settings, { clock });
  const name = 'Zoë of the very long name that is folded over several lines of the head';
  const send = (to: string) =>
    mailer.send({ to, subject: 'A word', text: 'To: ann@ledger.example\n\nzoe@ledger.example' });
  for (const to of [
    'ann@ledger.example',
    `${name} <zoe@ledger.example>`,
    'Zoe@Ledger.example',
    'mezoe@ledger.example',
  ])
    await send(to);
  const count = async () => (await readdir(join(dataDir, 'mail'))).length;
  await removeMailsTo(dataDir, ['zoe@ledger.example']);
  assert.equal(await count(), 2);
  await writeFile(join(dataDir, 'mail', '.2026-11-24T120000.000Z-left-by-a-crash.eml'), '');
  await writeFile(join(dataDir, 'mail', 'notes.txt'), '');
  clock.advance(29 * 86_400_000);
  await send('ann@ledger.example');
  await pruneMails(dataDir, clock.now());
  assert.equal(await count(), 5);
  clock.advance(2 * 86_400_000);
  await pruneMails(dataDir, clock.now());
  assert.deepEqual(
    (await readdir(join(dataDir, 'mail'))).map((each) => each.slice(0, 10)),
    ['2026-12-23', 'notes.txt'],
  );
  await removeMailsTo(dataDir, ['ann@ledger.example']);
  assert.equal(await count(), 1);
});
