import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { CompiledQuery } from 'kysely';
import { signedInReader } from '../../src/readers/testing.ts';
import { wordsOf } from '../rig/dom.ts';
import { forEachSite } from '../rig/site.ts';
import { Visitor, type Visited } from '../rig/visitor.ts';

type Execute = (query: CompiledQuery, ...more: unknown[]) => unknown;

forEachSite('addresses with an account and without', { env: { WRITE_LIMIT: '1000' } }, (get) => {
  let asked: string[] = [];
  let restore = () => {};
  let networks = 0;

  before(async () => {
    await signedInReader(get().database, { origin: get().origin, email: 'known@readers.example' });
    // All that the site asks of the database, in transactions too, goes through this one method.
    let owner = Object.getPrototypeOf(get().database.read.getExecutor()) as Record<string, unknown>;
    while (!Object.hasOwn(owner, 'executeQuery')) owner = Object.getPrototypeOf(owner) as typeof owner;
    const execute = owner.executeQuery as Execute;
    owner.executeQuery = function count(this: unknown, query: CompiledQuery, ...more: unknown[]) {
      asked.push(query.sql);
      return execute.call(this, query, ...more);
    };
    restore = () => (owner.executeQuery = execute);
  });
  after(() => restore());

  const visitor = (cookie?: string) =>
    new Visitor(get(), {
      'x-forwarded-for': `198.51.100.${(networks += 1)}`,
      ...(cookie !== undefined && { cookie }),
    });

  /** What a step costs, in queries about readers; what jobs and streams ask goes on beside it. */
  async function costOf(step: () => Promise<Visited>, address: string): Promise<unknown> {
    asked = [];
    const { status, path, doc, headers } = await step();
    const queries = asked.filter(
      (sql) => /"(?:reader|sign_in|passkey)/.test(sql) && !/"(?:job|outbox|outbox_cursor|lease)"/.test(sql),
    );
    assert.ok(queries.length > 0);
    return {
      queries,
      status,
      path,
      words: wordsOf(doc).replaceAll(address, '(address)'),
      to: headers.location,
    };
  }

  it('cost the same to sign in, and are answered the same', async () => {
    const costs = async (address: string) => {
      const browser = visitor();
      const ask = () => browser.send('/sign-in', { fields: { email: address, to: '/' } });
      const found = [await costOf(ask, address)];
      for (const [path, fields] of [
        ['/sign-in/code', { code: '12345x' }],
        ['/sign-in/code', { code: '000000' }],
        ['/sign-in/again', {}],
        ['/sign-in/extend', {}],
      ] as const)
        found.push(await costOf(() => browser.send(path, { fields }), address));
      return found;
    };
    assert.deepEqual(await costs('known@readers.example'), await costs('other@readers.example'));
  });

  it('cost the same to change an address to, and are answered the same', async () => {
    const costs = async (address: string, handle: string) => {
      const { cookie } = await signedInReader(get().database, {
        origin: get().origin,
        handle,
        name: 'Somebody Here',
        email: `own-${handle}@readers.example`,
      });
      const browser = visitor(cookie);
      // The first visit of a day is noted.
      await browser.open('/account');
      const begun = await costOf(
        () => browser.send('/account/email', { fields: { email: address } }),
        address,
      );
      const tried = await costOf(
        () => browser.send('/account/email/confirm', { fields: { old: '000000', new: '000000' } }),
        address,
      );
      return JSON.stringify([begun, tried]).replaceAll(handle, '(handle)');
    };
    assert.equal(
      await costs('known@readers.example', 'one-asks'),
      await costs('other@readers.example', 'two-asks'),
    );
  });
});
