import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { openTestSite, type TestSite } from '../rig/site.ts';
import { sendRaw } from './cast.ts';

const dialects = ['sqlite', 'postgres'] as const;

/** Where somebody says that a request comes from. */
const forgeries: readonly ((number: number) => Record<string, string>)[] = [
  (number) => ({ 'x-forwarded-for': `198.51.100.${number}` }),
  (number) => ({ forwarded: `for=198.51.100.${number}` }),
  (number) => ({ forwarded: `for="[2001:db8:${number}::1]";proto=https` }),
  (number) => ({ 'x-real-ip': `198.51.100.${number}` }),
  (number) => ({ 'cf-connecting-ip': `198.51.100.${number}` }),
  (number) => ({ 'true-client-ip': `198.51.100.${number}` }),
  (number) => ({ 'x-client-ip': `198.51.100.${number}`, 'x-cluster-client-ip': `198.51.100.${number}` }),
  (number) => ({ 'fastly-client-ip': `198.51.100.${number}`, via: `1.1 198.51.100.${number}` }),
  (number) => ({ cookie: `__Host-session=forged${number}` }),
  (number) => ({ authorization: `Bearer forged${number}`, 'user-agent': `Browser ${number}` }),
];

for (const dialect of dialects) {
  const skip = dialect === 'postgres' && !process.env.TEST_DATABASE_URL ? 'no PostgreSQL' : false;
  describe(`limits and forged addresses on ${dialect}`, { skip }, () => {
    async function open(t: TestContext, env: Record<string, string>): Promise<TestSite> {
      const site = await openTestSite(dialect, { env: { WRITE_LIMIT: '6', ...env } });
      t.after(() => site.close());
      return site;
    }

    /** How many of some writes that nobody is signed in for are let in. */
    async function letIn(
      site: TestSite,
      from: (number: number) => Record<string, string>,
      count = 15,
    ): Promise<number> {
      let passed = 0;
      for (let number = 1; number <= count; number += 1) {
        const got = await sendRaw(site, '/sign-out', {
          headers: {
            'sec-fetch-site': 'same-origin',
            'content-type': 'application/x-www-form-urlencoded',
            ...from(number),
          },
          body: 'to=/',
        });
        if (got.status !== 429) passed += 1;
        else assert.ok(Number(got.headers['retry-after']) > 0);
      }
      return passed;
    }

    it('hold for the connection where no proxy is trusted, whatever it says of itself', async (t) => {
      const site = await open(t, { TRUSTED_PROXIES: '192.0.2.1' });
      for (const forged of forgeries) {
        assert.equal(await letIn(site, forged), 6, JSON.stringify(forged(1)));
        site.clock.advance(60_000);
      }
      assert.equal(
        await letIn(site, (number) => Object.assign({}, ...forgeries.map((each) => each(number)))),
        6,
      );
    });

    it('hold for what the trusted proxy has seen, whatever stands before it', async (t) => {
      const site = await open(t, { TRUSTED_PROXIES: 'loopback, 10.0.0.0/8' });
      const seen = '203.0.113.9';
      for (const told of [
        (number: number) => `198.51.100.${number}, ${seen}`,
        (number: number) => `198.51.100.${number},10.0.0.${number},${seen}, 10.0.0.${number}`,
        (number: number) => `127.0.0.${number}, ${seen}`,
        (number: number) => `unknown${number}, "evil", ${seen}`,
        (number: number) => `${'1.1.1.1, '.repeat(number * 20)}${seen}`,
        (number: number) => `198.51.100.${number}, ::ffff:${seen}`,
        (number: number) => `198.51.100.${number}, ${seen}:${4000 + number}`,
      ]) {
        assert.equal(await letIn(site, (number) => ({ 'x-forwarded-for': told(number) })), 6, told(1));
        site.clock.advance(60_000);
      }
      // What else is told beside it counts for nothing.
      const beside = (number: number) => ({
        ...Object.assign({}, ...forgeries.slice(1).map((each) => each(number))),
        'x-forwarded-for': seen,
      });
      assert.equal(await letIn(site, beside), 6);
      assert.equal(await letIn(site, () => ({ 'x-forwarded-for': '203.0.113.10' })), 6, 'a neighbour');
    });

    it('hold for a whole /64 of IPv6, in every spelling, and for no other', async (t) => {
      const site = await open(t, {});
      const from = (address: (number: number) => string) => (number: number) => ({
        'x-forwarded-for': address(number),
      });
      assert.equal(
        await letIn(
          site,
          from((number) => `2001:db8:1:2::${number.toString(16)}`),
        ),
        6,
      );
      for (const spelling of [
        '2001:DB8:1:2:ffff:ffff:ffff:ffff',
        '2001:0db8:0001:0002::1',
        '2001:db8:1:2:0:0:0:9',
        '[2001:db8:1:2::7]:4711',
      ])
        assert.equal(
          await letIn(
            site,
            from(() => spelling),
            1,
          ),
          0,
          spelling,
        );
      assert.equal(
        await letIn(
          site,
          from(() => '2001:db8:1:3::1'),
          1,
        ),
        1,
      );
    });

    it('hold for an account from wherever it writes, and notices for a network', async (t) => {
      const site = await open(t, { WRITE_LIMIT: '1000' });
      const notice = (number: number, ip: string) =>
        sendRaw(site, '/notices', {
          headers: {
            'sec-fetch-site': 'same-origin',
            'content-type': 'application/x-www-form-urlencoded',
            'x-forwarded-for': ip,
          },
          body: new URLSearchParams({
            address: `https://paper.example/2026/11/24/story-${number}`,
            law: 'A law',
            reason: 'For this reason, which is told in some words.',
            faith: 'yes',
          }).toString(),
        });
      const statuses: number[] = [];
      for (let number = 0; number < 22; number += 1)
        statuses.push((await notice(number, `198.51.100.${number}, 2001:db8:7:7::${number}`)).status);
      assert.deepEqual(
        statuses.slice(0, 20),
        Array.from({ length: 20 }, () => 303),
      );
      assert.deepEqual(statuses.slice(20), [429, 429]);
      assert.equal((await notice(99, '2001:db8:7:8::1')).status, 303);
    });
  });
}
