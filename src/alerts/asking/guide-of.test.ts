import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { guideOf } from './guide-of.ts';
import { guides, helpText } from './help-text.ts';

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const agents: readonly (readonly [string, Readonly<Record<string, string>>, string, string])[] = [
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/146.0.0.0 Safari/537.36`,
    {},
    'chrome',
    'windows',
  ],
  [`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/146.0.0.0 Safari/537.36`, {}, 'chrome', 'other'],
  [
    `Mozilla/5.0 (Linux; Android 10; K) ${webkit} Chrome/146.0.0.0 Mobile Safari/537.36`,
    {},
    'chrome-android',
    'android',
  ],
  // Its User-Agent is that of Chrome; only the hint says what it is.
  [
    `Mozilla/5.0 (Linux; Android 10; K) ${webkit} Chrome/146.0.0.0 Mobile Safari/537.36`,
    {
      'sec-ch-ua': '"Chromium";v="146", "Samsung Internet";v="30", "Not/A)Brand";v="8"',
      'sec-ch-ua-platform': '"Android"',
    },
    'samsung',
    'android',
  ],
  [
    `Mozilla/5.0 (Linux; Android 14; SM-S901B) ${webkit} SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36`,
    {},
    'samsung',
    'android',
  ],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/146.0.0.0 Safari/537.36 Edg/146.0.0.0`,
    {},
    'edge',
    'windows',
  ],
  [
    `Mozilla/5.0 (Linux; Android 10; K) ${webkit} Chrome/146.0.0.0 Mobile Safari/537.36 EdgA/146.0.0.0`,
    {},
    'edge-android',
    'android',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', {}, 'firefox', 'other'],
  ['Mozilla/5.0 (Android 14; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0', {}, 'firefox-android', 'android'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
    {},
    'safari-mac',
    'mac',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
    {},
    'iphone',
    'iphone',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/146.0.0.0 Mobile/15E148 Safari/604.1',
    {},
    'iphone',
    'iphone',
  ],
  [
    'Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/153.0 Mobile/15E148 Safari/604.1',
    {},
    'iphone',
    'iphone',
  ],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/146.0.0.0 Safari/537.36 OPR/130.0.0.0`,
    {},
    'other',
    'windows',
  ],
  ['', {}, 'other', 'other'],
  ['"><script>', { 'sec-ch-ua': '"Samsung Internet' }, 'other', 'other'],
];

describe('the guide to notifications', () => {
  it('is the one of this very browser', () => {
    for (const [agent, hints, guide, system] of agents)
      assert.deepEqual(guideOf({ 'user-agent': agent, ...hints }), { guide, system }, agent);
    assert.deepEqual(guideOf({}), { guide: 'other', system: 'other' });
  });

  it('is there for each, and says of iPhones that the Home Screen comes first', () => {
    const texts = helpText.guide('paper.example');
    for (const guide of guides) assert.ok(texts[guide].steps.length >= 2, guide);
    assert.match(texts.iphone.note!, /only from the Home Screen/);
    assert.match(texts.iphone.steps[0]!, /Add to Home Screen/);
  });
});
