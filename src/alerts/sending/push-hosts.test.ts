import assert from 'node:assert/strict';
import { createECDH, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { arePushKeys, isPushEndpoint } from './push-hosts.ts';

describe('hosts of push services', () => {
  const config = { PUSH_HOSTS: 'Push.intranet.example:8443, 127.0.0.1:9001,[::1]:9002' };

  it('are those of browsers, and what the settings add', () => {
    const good = `https://fcm.googleapis.com/fcm/send/dQw:APA91b-_x https://jmt17.google.com/fcm/send/x
      https://updates.push.services.mozilla.com/wpush/v2/gAAAAAB https://web.push.apple.com/QGuQyavXut
      https://wns2-par02p.notify.windows.com/w/?token=BQYAAAD%2bx%3d https://api.push.apple.com/3/device
      https://push.intranet.example:8443/x https://127.0.0.1:9001/push/x https://[::1]:9002/x`;
    for (const address of good.split(/\s+/)) assert.equal(isPushEndpoint(config, address), true, address);
  });

  it('are no others, however they are spelled', () => {
    const bad = `http://fcm.googleapis.com/fcm/send/x https://fcm.googleapis.com:8443/x https://fcm.googleapis.com:80/x
      https://fcm.googleapis.com.evil.example/x https://evil.example/fcm.googleapis.com https://xfcm.googleapis.com/x
      https://fcm.googleapis.com@evil.example/x https://a:b@fcm.googleapis.com/x https://fcm.googleapis.com./x
      https://evilnotify.windows.com/x https://notify.windows.com/x https://notify.windows.com.evil.example/x
      https://push.apple.com/x https://push.services.mozilla.com/x https://FCM.googleapis.com/x
      https://ｆｃｍ.googleapis.com/x https://fcm。googleapis。com/x https://fcm.googleapis.com\\\\@evil.example/x
      https:fcm.googleapis.com/x https:\\\\\\\\fcm.googleapis.com/x https://fcm.googleapis.com https://fcm.googleapis.com/x#y
      https://fcm.googleapis.com/../x https://fcm.googleapis.com/é https://fcm.googleapis.com:443/x
      https://127.0.0.1/x https://127.0.0.1:9002/x https://127.1:9001/x https://2130706433:9001/x https://0x7f000001:9001/
      https://0177.0.0.1:9001/x https://localhost:9001/x https://[::ffff:127.0.0.1]:9001/x https://[0:0:0:0:0:0:0:1]:9002/x
      https://169.254.169.254/latest https://10.0.0.1/ https://[::1]/x https://push.intranet.example/x
      ftp://fcm.googleapis.com/x file:///etc/passwd javascript:1 //fcm.googleapis.com/x fcm.googleapis.com
      https://fcm.googleapis.com/${'x'.repeat(2000)}`;
    for (const address of ['', ' ', ...bad.split(/\s+/)])
      assert.equal(isPushEndpoint(config, address), false, address);
    for (const address of [
      'https://fcm.googleapis.com/x\n',
      'https://fcm.googleapis.com/\tx',
      ' https://fcm.googleapis.com/x',
    ])
      assert.equal(isPushEndpoint(config, address), false, JSON.stringify(address));
    assert.equal(isPushEndpoint({ PUSH_HOSTS: '' }, 'https://127.0.0.1:9001/x'), false);
  });
});

describe('keys of subscriptions', () => {
  const p256dh = createECDH('prime256v1').generateKeys('base64url');
  const auth = randomBytes(16).toString('base64url');

  it('are a point on the curve and sixteen bytes', () => {
    assert.equal(arePushKeys({ p256dh, auth }), true);
    const point = Buffer.from(p256dh, 'base64url');
    point[40]! ^= 1;
    const bad = [
      { p256dh: point.toString('base64url'), auth },
      { p256dh: `${p256dh}=`, auth },
      { p256dh: createECDH('prime256v1').generateKeys('base64url', 'compressed'), auth },
      { p256dh: Buffer.alloc(65).toString('base64url'), auth },
      { p256dh: '', auth },
      { p256dh, auth: '' },
      { p256dh, auth: `${auth}AA` },
      { p256dh, auth: `${auth.slice(0, 21)}!` },
    ];
    for (const keys of bad) assert.equal(arePushKeys(keys), false, JSON.stringify(keys));
  });
});
