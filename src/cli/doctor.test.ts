import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { allMigrations } from '../migrations.ts';
import { FixedClock } from '../platform/clock.ts';
import type { Database } from '../platform/database/database.ts';
import { migrate } from '../platform/database/migrate.ts';
import { openDatabase, sqliteFileName } from '../platform/database/open.ts';
import { enqueue } from '../platform/jobs/jobs.ts';
import { startMailServer } from '../platform/mail/testing.ts';
import { startIdentityProvider } from '../../test/rig/identity-provider.ts';
import { checkClock, checkPackages } from './doctor-checks.ts';
import { runCommand, temporaryFolder } from './testing.ts';

/** A newsroom's folder with its database, changed as a test needs. */
async function newsroom(change: (database: Database) => Promise<void> = async () => {}): Promise<string> {
  const dataDir = await temporaryFolder();
  const database = await openDatabase({ DATABASE_URL: undefined, dataDir });
  await migrate(database, allMigrations);
  await change(database);
  await database.close();
  return dataDir;
}

const doctor = (dataDir: string, env: NodeJS.ProcessEnv = {}, args: string[] = []) =>
  runCommand(['doctor', ...args], { dataDir, env });

const killJob = (database: Database) =>
  database.write(async (tx) => {
    await enqueue(tx, 'mail.send', {});
    await tx.db.updateTable('job').set({ state: 'dead', error: 'no such host', ended_at: tx.now }).execute();
  });

describe('freesheet doctor', () => {
  it('finds nothing to mend before the first start, and makes nothing', async () => {
    const dataDir = join(await temporaryFolder(), 'data');
    const { code, out, err } = await doctor(dataDir);
    assert.equal(code, 0, out + err);
    for (const words of [
      /^ok +Node \d+/m,
      /^ok +\d+ packages/m,
      /^note +There is no database yet/m,
      /All is well/,
    ])
      assert.match(out, words);
    assert.equal(existsSync(dataDir), false);
  });

  it('finds nothing to mend in a newsroom at work', async () => {
    const dataDir = await newsroom();
    const mail = await startMailServer();
    await mkdir(join(dataDir, 'backups'));
    await writeFile(join(dataDir, 'backups', '2026-11-24.freesheet'), '');
    const { code, out } = await doctor(dataDir, {
      ORIGIN: 'https://www.ledger.example',
      SMTP_URL: `smtp://desk:word@${mail.host}?tls.rejectUnauthorized=false`,
      MAIL_FROM: 'desk@ledger.example',
    });
    mail.close();
    assert.equal(code, 0, out);
    assert.match(out, /^ok +SQLite [\d.]+, schema up to date \(\d+ steps\)$/m);
    for (const words of [
      'No dead jobs',
      'Last backup less than an hour ago',
      `mail server at ${mail.host} answers`,
    ])
      assert.ok(out.includes(words), words);
    assert.ok(!out.includes('word@') && !/^(?:note|MEND)/m.test(out), out);
  });

  it('names wrong settings and what to do', async () => {
    const { code, out } = await doctor(await temporaryFolder(), { PORT: 'x', ZONE: 'Nowhere' });
    assert.equal(code, 1);
    assert.match(out, /^MEND .*PORT: .*; ZONE: is not an IANA time zone.*\n.*npx freesheet setup/m);
    assert.match(out, /1 thing to mend/);
  });

  it('names a folder that cannot be used', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    const { code, out } = await doctor(join(file, 'data'));
    assert.equal(code, 1);
    assert.match(out, /^MEND .*cannot be written\n.*DATA_DIR/m);
  });

  it('names a database that is damaged, made by a newer version, or behind, and leaves it as it is', async () => {
    const damaged = await temporaryFolder();
    await writeFile(join(damaged, sqliteFileName), 'no database at all, '.repeat(100));
    const first = await doctor(damaged);
    assert.equal(first.code, 1);
    assert.match(first.out, /^MEND +The database does not open: .*not a database.*\n.*freesheet restore/m);

    const newer = await newsroom(async (database) => {
      const row = { id: 'future-001-thing', applied_at: Date.now() };
      await database.write(({ db }) => db.insertInto('migration').values(row).execute());
    });
    const second = await doctor(newer);
    assert.equal(second.code, 1);
    assert.match(second.out, /^MEND .*a newer Freesheet made future-001-thing/m);

    const last = allMigrations.at(-1)!.id;
    const behind = await newsroom(async (database) => {
      await database.write(({ db }) => db.deleteFrom('migration').where('id', '=', last).execute());
    });
    for (let turn = 0; turn < 2; turn += 1) {
      const { code, out } = await doctor(behind);
      assert.equal(code, 0, out);
      assert.match(out, new RegExp(`^note .*the schema lacks ${last}`, 'm'));
    }
  });

  it('names dead jobs, and gives them another go when asked', async () => {
    const dataDir = await newsroom(killJob);
    const sick = await doctor(dataDir);
    assert.equal(sick.code, 1);
    assert.match(sick.out, /^MEND +1 dead job; the latest, mail\.send: no such host\n.*doctor --retry/m);
    const retried = await doctor(dataDir, {}, ['--retry']);
    assert.match(retried.out, /^1 dead job waits again/);
    assert.equal((await doctor(dataDir)).code, 0);
  });

  it('names comments that have waited for a moderator for longer than a day', async () => {
    const hoursAgo = (hours: number) => Date.now() - hours * 3_600_000;
    const held = (id: string, at: number) => ({
      id,
      comment_id: id,
      reader_id: null,
      story_id: 'story',
      kind: 'comment',
      reasons: '[]',
      verdicts: '[]',
      at,
      ended_at: null,
      decision_id: null,
    });
    const hold = (...times: number[]) =>
      newsroom(async (database) => {
        const rows = times.map((at, index) => held(String(index), at));
        await database.write(({ db }) => db.insertInto('moderation_hold').values(rows).execute());
      });
    const fresh = await doctor(await hold(hoursAgo(5.5)));
    assert.match(fresh.out, /^ok +1 comment waits for a moderator, the oldest for 5 hours$/m);
    const old = await doctor(await hold(hoursAgo(1), hoursAgo(72.5)));
    assert.equal(old.code, 0, old.out);
    assert.match(
      old.out,
      /^note +2 comments wait for a moderator, the oldest for 3 days\n.*npx freesheet moderation/m,
    );
  });

  it('names backups that are missing or old', async () => {
    const daysAgo = (days: number) => Date.now() - days * 86_400_000;
    const dataDir = await newsroom(async (database) => {
      const at = { applied_at: daysAgo(30) };
      await database.write(({ db }) => db.updateTable('migration').set(at).execute());
    });
    const without = await doctor(dataDir);
    assert.equal(without.code, 1);
    assert.match(without.out, /^MEND +There is no backup in .*\n.*npx freesheet backup/m);
    await mkdir(join(dataDir, 'backups'));
    for (const [name, days] of [
      ['older', 9],
      ['old', 3.5],
      ['.half-made', 0],
    ] as const) {
      await writeFile(join(dataDir, 'backups', name), '');
      await utimes(join(dataDir, 'backups', name), daysAgo(days) / 1000, daysAgo(days) / 1000);
    }
    const old = await doctor(dataDir);
    assert.equal(old.code, 1);
    assert.match(old.out, /^MEND +The last backup is 3 days old \(old\)/m);
    const own = await doctor(dataDir, { BACKUP_NIGHTLY: 'off' });
    assert.equal(own.code, 0, own.out);
    assert.deepEqual((await readdir(join(dataDir, 'backups'))).length, 3);
  });

  it('names what keeps a public site from its readers', async () => {
    const { code, out } = await doctor(await temporaryFolder(), { ORIGIN: 'http://www.ledger.example' });
    assert.equal(code, 1);
    assert.match(out, /^MEND +No mail server is set, and http:\/\/www\.ledger\.example is public/m);
    assert.match(
      out,
      /^MEND +http:\/\/www\.ledger\.example is public and not https.*\n.*deploy\/README\.md/m,
    );
    const away = await doctor(await temporaryFolder(), { SMTP_URL: 'smtp://desk:secret@127.0.0.1:1' });
    assert.equal(away.code, 1);
    assert.match(away.out, /^MEND +The mail server at 127\.0\.0\.1:1 .*ECONNREFUSED.*\n.*SMTP_URL/m);
    assert.ok(!away.out.includes('secret'));
  });

  it('names a clock that cannot be right', async () => {
    const dataDir = await newsroom(async (database) => {
      const at = { applied_at: Date.now() + 86_400_000 };
      await database.write(({ db }) => db.updateTable('migration').set(at).execute());
    });
    const { code, out } = await doctor(dataDir);
    assert.equal(code, 1);
    assert.match(out, /^MEND +The clock says .*, and the database holds something from .*\n.*Set the clock/m);
    assert.equal(checkClock(undefined, new FixedClock(0)).level, 'mend');
  });

  it('asks those who say who readers are', async () => {
    const dataDir = await newsroom();
    const provider = await startIdentityProvider(['http://localhost:8080/sign-in/with/oidc/back']);
    const env = {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: 'paper',
      OIDC_NAME: 'Harbour ID',
      OUTBOUND_ALLOW: provider.host,
      SSO_ISSUER: 'publisher',
      SSO_JWKS_URL: `${provider.issuer}/jwks`,
      SSO_NAME: 'Ledger account',
    };
    const well = await doctor(dataDir, env);
    assert.match(well.out, /^ok +Signing in with Harbour ID works/m);
    assert.match(well.out, /^ok +Signing in with Ledger account works/m);
    const shut = await doctor(dataDir, { ...env, OUTBOUND_ALLOW: '' });
    assert.equal(shut.code, 1);
    assert.match(shut.out, /^MEND +Nobody can sign in with Harbour ID.*OUTBOUND_ALLOW/ms);
    const lost = await doctor(dataDir, { ...env, SSO_JWKS_URL: `${provider.issuer}/nowhere` });
    assert.match(lost.out, /^MEND +Nobody can sign in with Ledger account.*404/m);
    await provider.close();
  });
});

describe('the packages check', () => {
  it('compares what is installed with the lockfile', async () => {
    const folder = await temporaryFolder();
    const packages: Record<string, object> = {
      '': { name: 'freesheet' },
      'node_modules/right': { version: '1.0.0' },
      'node_modules/@scope/other': { version: '2.0.0' },
      'node_modules/right/node_modules/inner': { version: '3.0.0' },
      'node_modules/for-tests': { version: '4.0.0', dev: true },
      'node_modules/for-windows': { version: '5.0.0', optional: true },
    };
    await writeFile(join(folder, 'package-lock.json'), JSON.stringify({ packages }));
    const install = async (path: string, version: string) => {
      await mkdir(join(folder, path), { recursive: true });
      await writeFile(join(folder, path, 'package.json'), JSON.stringify({ version }));
    };
    await install('node_modules/right', '1.0.0');
    await install('node_modules/@scope/other', '2.0.1');
    const wrong = checkPackages(folder);
    assert.equal(wrong.level, 'mend');
    assert.match(wrong.says, /@scope\/other 2\.0\.1 in the place of 2\.0\.0, inner 3\.0\.0 is missing$/);
    assert.equal(wrong.todo, 'Run: npm ci --omit=dev');
    await install('node_modules/@scope/other', '2.0.0');
    await install('node_modules/right/node_modules/inner', '3.0.0');
    assert.deepEqual(checkPackages(folder), { level: 'ok', says: '3 packages as the lockfile says' });
  });
});
