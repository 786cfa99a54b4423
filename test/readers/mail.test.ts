import assert from 'node:assert/strict';
import { it } from 'node:test';
import { startMailServer, headersOf } from '../../src/platform/mail/testing.ts';
import { until } from '../../src/platform/http/testing.ts';
import { openTestSite } from '../rig/site.ts';
import { Visitor } from '../rig/visitor.ts';

it('the code comes through a real mail server, as text and as HTML, and opens the door', async (t) => {
  const server = await startMailServer();
  const site = await openTestSite('sqlite', {
    env: {
      SMTP_URL: `smtp://${server.host}?tls.rejectUnauthorized=false`,
      MAIL_FROM: 'Die Überzeitung <door@paper.example>',
      NAME: 'Die Überzeitung',
    },
  });
  t.after(async () => {
    await site.close();
    server.close();
  });
  const visitor = new Visitor(site);
  const asked = await visitor.send('/sign-in', {
    fields: { email: 'Zoë <zoe@readers.example>', to: '/archive' },
  });
  assert.equal(asked.status, 422, 'an address alone is asked for');
  const page = await visitor.send('/sign-in', { fields: { email: 'Zoe@readers.example', to: '/archive' } });
  await until(() => server.taken.length > 0);
  const { to, from, raw } = server.taken[0]!;
  assert.deepEqual(to, ['zoe@readers.example']);
  assert.equal(from, 'door@paper.example');
  const headers = headersOf(raw);
  assert.equal(headers.get('auto-submitted')?.[0], 'auto-generated');
  assert.match(headers.get('content-type')![0]!, /^multipart\/alternative/);
  const [, text = '', html = ''] = raw.split(/^--.*Part_\d+(?:--)?\r\n/m).map(decoded);
  const code = /^ {4}(\d{3}) (\d{3})$/m.exec(text)!;
  assert.ok(html.includes(`${code[1]} ${code[2]}`));
  assert.match(html, /<html lang="en">/);
  const link = /https:\/\/paper\.example(\/sign-in\/link\/[\w-]+)/;
  assert.equal(link.exec(text)![1], link.exec(html)![1]);
  const back = await visitor.press(page, '/sign-in/code', { code: `${code[1]} ${code[2]}` });
  assert.equal(back.path, '/archive');
  assert.ok(visitor.cookies.has('__Host-session'));
  assert.equal(server.taken.length, 1);
});

/** The words of a part in quoted-printable or plain (RFC 2045, section 6.7). */
function decoded(part: string): string {
  const [head = '', ...body] = part.split('\r\n\r\n');
  const text = body.join('\n\n').replaceAll('\r\n', '\n');
  if (!/quoted-printable/i.test(head)) return text;
  const bytes = text
    .replaceAll('=\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
