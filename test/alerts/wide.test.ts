import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { audienceOf, composeAlert, correctAlert, findAlert, sendAlert } from '../../src/alerts/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { until } from '../../src/platform/http/testing.ts';
import { saveSection } from '../../src/stories/index.ts';
import { fillAudience } from '../rig/audience.ts';
import { testCertificate } from '../rig/certificate.ts';
import { startPushService, type PushService, type TestSubscription } from '../rig/push-service.ts';
import { contentOf, openTestSite, zone, type PublishedStory, type TestSite } from '../rig/site.ts';

const rules = { needsTwo: false, aDay: 4, zone };

for (const dialect of ['sqlite', 'postgres'] as const) {
  const skip = dialect === 'postgres' && !process.env.TEST_DATABASE_URL ? 'no PostgreSQL' : false;
  describe(`an alert to many, from the newsroom to browsers, on ${dialect}`, { skip }, () => {
    let service: PushService;
    let site: TestSite & { close(): Promise<void> };
    let story: PublishedStory;
    let browsers: TestSubscription[];
    before(async () => {
      if (skip) return;
      service = await startPushService();
      const env = { PUSH_HOSTS: service.host, PUSH_WORKERS: '1', PUSH_POOL: '0' };
      site = await openTestSite(dialect, { env, clock: systemClock, pushTrust: [testCertificate.cert] });
      await site.write((tx) => saveSection(tx, { slug: 'news', name: 'News' }));
      story = await site.publish(contentOf('The harbour is closed'));
      browsers = Array.from({ length: 20 }, () => service.subscribe());
      await fillAudience(site.database, browsers.length, (number) => browsers[number]!);
    });
    after(async () => {
      await site?.close();
      await service?.close();
    });

    const shown = (text: string | undefined) =>
      (JSON.parse(text!) as { notification: Record<string, unknown> }).notification;
    const stateOf = async (id: string) => (await findAlert(site.database.read, id))!;

    it('is shown once in each, replaced by its correction, and taken back when its story is killed', async () => {
      const gone = browsers[0]!.endpoint;
      service.forget(gone);
      const { id } = await site.write((tx) =>
        composeAlert(tx, {
          story: story.id,
          urgency: 'breaking',
          audiences: [audienceOf('everyone')],
          actor: 'ann',
        }),
      );
      await site.write((tx) => sendAlert(tx, { alert: id, actor: 'ann', rules }));
      await service.arrived(20);
      await until(async () => (await stateOf(id)).state === 'sent');
      const first = service.messages.filter(({ status }) => status === 201);
      assert.equal(first.length, 19);
      assert.equal(new Set(first.map(({ endpoint }) => endpoint)).size, 19);
      const alert = await stateOf(id);
      for (const { text, urgency, topic, ttl } of first) {
        const { title, navigate, tag } = shown(text);
        assert.equal(title, 'The harbour is closed');
        assert.equal(navigate, `https://paper.example${story.path}`);
        assert.deepEqual([tag, topic, urgency, ttl], [`a-${alert.code}`, `a-${alert.code}`, 'high', 14_400]);
      }
      assert.equal(alert.counts.delivered, 19);
      const kept = await site.database.read
        .selectFrom('alert_browser')
        .select('endpoint')
        .where('endpoint', '=', gone)
        .execute();
      assert.deepEqual(kept, []);

      await site.write((tx) =>
        correctAlert(tx, { alert: id, title: 'The harbour is open', actor: 'ann', rules }),
      );
      await service.arrived(39);
      for (const { text, topic } of service.messages.slice(20)) {
        const { title, tag, silent } = shown(text);
        assert.deepEqual([title, silent, tag, topic], ['The harbour is open', true, `a-${alert.code}`, tag]);
      }

      await site.kill(story.id);
      await service.arrived(58);
      for (const { text } of service.messages.slice(39)) {
        const { title, body, navigate, silent } = shown(text);
        assert.match(String(title), /withdrawn/);
        assert.doesNotMatch(String(body), /harbour/);
        assert.deepEqual([navigate, silent], ['https://paper.example/', true]);
      }
      await until(async () => (await stateOf(id)).state === 'withdrawn');
      assert.equal(service.messages.length, 58);
    });
  });
}
