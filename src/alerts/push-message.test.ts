import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mostPushBytes, pushPayload, type Notification } from './push-message.ts';

const origin = 'https://paper.example';
const plain: Notification = {
  title: 'Ferry saved',
  body: 'By one vote.',
  path: '/2026/11/24/ferry#c1',
  tag: 'a-k2m4',
  language: 'en',
  direction: 'ltr',
};
const read = (payload: string) =>
  JSON.parse(payload) as { web_push: number; app_badge?: number; notification: Record<string, unknown> };

describe('the payload of a push', () => {
  it('is declarative JSON that opens an absolute address', () => {
    assert.deepEqual(read(pushPayload({ ...plain, badge: 3, alert: 'k2m4', isSilent: true }, origin)), {
      web_push: 8030,
      notification: {
        title: 'Ferry saved',
        body: 'By one vote.',
        lang: 'en',
        dir: 'ltr',
        navigate: 'https://paper.example/2026/11/24/ferry#c1',
        tag: 'a-k2m4',
        silent: true,
        data: { alert: 'k2m4' },
      },
      app_badge: 3,
    });
    assert.deepEqual(Object.keys(read(pushPayload(plain, origin))), ['web_push', 'notification']);
  });

  it('opens nothing elsewhere', () => {
    for (const path of ['//evil.example/', 'https://evil.example/', '/\\evil.example/']) {
      const { notification } = read(pushPayload({ ...plain, path }, origin));
      assert.equal(new URL(String(notification.navigate)).origin, origin, path);
    }
  });

  it('stays under 2.7 KB, cut between letters as readers see them', () => {
    for (const letter of ['a', 'é', '頁', '👩‍👩‍👧', 'e\u0301', '\u0001']) {
      const payload = pushPayload({ ...plain, body: letter.repeat(4000) }, origin);
      assert.ok(Buffer.byteLength(payload) <= 2700);
      assert.ok(Buffer.byteLength(payload) > 2600, `${Buffer.byteLength(payload)} bytes of ${letter}`);
      const body = String(read(payload).notification.body);
      assert.ok(body.endsWith('…'));
      assert.equal(body.slice(0, -1), letter.repeat((body.length - 1) / letter.length));
    }
  });

  it('fails hard over what push services take', () => {
    assert.ok(Buffer.byteLength(pushPayload({ ...plain, title: 'T'.repeat(3600) }, origin)) <= mostPushBytes);
    assert.throws(() => pushPayload({ ...plain, title: 'T'.repeat(3993) }, origin), {
      code: 'push.too-large',
    });
  });
});
