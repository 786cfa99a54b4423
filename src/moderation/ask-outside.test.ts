import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, it } from 'node:test';
import { silentLog } from '../platform/log.ts';
import { askOutside } from './ask-outside.ts';
import { judge } from './judge.ts';
import { submissionOf } from './rules/testing.ts';
import { saveSetting } from './settings/save-settings.ts';
import { forEachModeration, knownReader } from './testing.ts';

interface Asked {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

forEachModeration('an outside service', (get) => {
  const asked: Asked[] = [];
  let answer: (response: ServerResponse) => void;
  let address = '';
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      asked.push({ headers: request.headers, body });
      answer(response);
    });
  });
  const says = (value: unknown, status = 200) => {
    answer = (response) =>
      response.writeHead(status).end(typeof value === 'string' ? value : JSON.stringify(value));
  };
  const ask = (url: string | undefined = address, more: Partial<Parameters<typeof askOutside>[0]> = {}) =>
    askOutside(
      {
        config: {
          MODERATION_URL: url,
          MODERATION_TOKEN: 'token-1',
          OUTBOUND_ALLOW: new URL(address).host,
          origin: 'https://paper.example',
        },
        database: get().database,
        log: silentLog,
        ...more,
      },
      submissionOf({ source: 'Some *words*.', text: 'Some words.', links: ['https://a.example/'] }),
    );
  const set = (name: string, value: unknown) =>
    get().database.write((tx) => saveSetting(tx, { name, value, actor: 'test' }));

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/judge`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is told the words and nothing of who wrote them', async () => {
    says({ score: 0.3, labels: ['rude'] });
    assert.deepEqual(await ask(), { outside: { score: 0.3, labels: ['rude'] }, filter: undefined });
    const { headers, body } = asked.at(-1)!;
    assert.equal(headers.authorization, 'Bearer token-1');
    assert.deepEqual(JSON.parse(body), {
      kind: 'comment',
      text: 'Some words.',
      links: ['https://a.example/'],
    });
  });

  it('has failed when it says what it likes, and nothing is thrown', async () => {
    for (const [value, status] of [
      ['not JSON', 200],
      [{ score: 2 }, 200],
      [{ verdict: 'burn' }, 200],
      [{ score: 0.1 }, 500],
    ] as const) {
      says(value, status);
      assert.equal((await ask()).outside, 'failed', JSON.stringify(value));
    }
    assert.equal((await ask('http://127.0.0.1:9/')).outside, 'failed', 'an address inside is not asked');
  });

  it('has failed when it keeps silent to the deadline', async () => {
    await set('outside.deadline', 100);
    answer = () => {};
    assert.equal((await ask()).outside, 'failed');
    await set('outside.deadline', undefined);
  });

  it('is not asked where none is set up', async () => {
    const before = asked.length;
    const parts = {
      config: {
        MODERATION_URL: undefined,
        MODERATION_TOKEN: undefined,
        OUTBOUND_ALLOW: '',
        origin: 'https://a.example',
      },
    };
    assert.deepEqual(await ask(undefined, parts), { outside: undefined, filter: undefined });
    assert.equal(asked.length, before);
  });

  it('that fails leads to what the paper has chosen', async () => {
    const reader = await knownReader(get().database);
    const decided = async () =>
      (await get().database.write((tx) => judge(tx, submissionOf({ reader }), { outside: 'failed' })))
        .decision;
    assert.equal(await decided(), 'allow');
    await set('outside.failed', 'hold');
    assert.equal(await decided(), 'hold');
    await set('outside.failed', undefined);
  });

  it('a learning filter is asked too, and may fail', async () => {
    says({ score: 0 });
    const filter = async () => ({ score: 0.9, labels: ['spam'] });
    assert.deepEqual((await ask(address, { filter })).filter, { score: 0.9, labels: ['spam'] });
    const broken = () => Promise.reject(new Error('broken'));
    assert.equal((await ask(address, { filter: broken })).filter, undefined);
  });
});
