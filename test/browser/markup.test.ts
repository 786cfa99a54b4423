import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { cookieFor, openNewsroom } from '../rig/newsroom.ts';

const validator = new HtmlValidate(
  new StaticConfigLoader({ extends: ['html-validate:standard'], elements: ['html5'] }),
);

describe('the markup', () => {
  let newsroom: Awaited<ReturnType<typeof openNewsroom>>;
  before(async () => {
    newsroom = await openNewsroom();
  });
  after(() => newsroom.close());

  it('of every page is without an error', async () => {
    const found: string[] = [];
    for (const [kind, url] of Object.entries(newsroom.pages)) {
      const cookie = cookieFor(newsroom, kind);
      const response = await fetch(url, { headers: cookie ? { cookie } : {} });
      const markup = await response.text();
      const { results } = await validator.validateString(markup, kind);
      for (const { messages } of results) {
        for (const { ruleId, message, selector } of messages) {
          found.push(`${kind}: ${message} (${ruleId}) at ${selector}`);
        }
      }
    }
    assert.deepEqual(found, []);
  });
});
