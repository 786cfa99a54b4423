import type { IncomingHttpHeaders } from 'node:http';
import { helpText, type Guide } from './help-text.ts';

/** What a device runs, as far as notifications go. */
export type DeviceSystem = keyof typeof helpText.systems;

/**
 * Which guide is for this very browser. Chromium says what it is in client hints (Sec-CH-UA, sent with every request), others
 * in the User-Agent. Every browser on an iPhone is the system's own.
 */
export function guideOf(headers: IncomingHttpHeaders): {
  readonly guide: Guide;
  readonly system: DeviceSystem;
} {
  const agent = (headers['user-agent'] ?? '').slice(0, 400);
  const hints = new Set(
    [
      ...String(headers['sec-ch-ua'] ?? '')
        .slice(0, 400)
        .matchAll(/"([^"]+)";v=/g),
    ].map(([, name]) => name),
  );
  const system = systemOf(agent, String(headers['sec-ch-ua-platform'] ?? ''));
  if (system === 'iphone') return { guide: 'iphone', system };
  const isAndroid = system === 'android';
  const says = (hint: string, mark: RegExp) => hints.has(hint) || mark.test(agent);
  if (says('Samsung Internet', /\bSamsungBrowser\//)) return { guide: 'samsung', system };
  if (says('Microsoft Edge', /\bEdgA?\//)) return { guide: isAndroid ? 'edge-android' : 'edge', system };
  if (/\bFirefox\//.test(agent)) return { guide: isAndroid ? 'firefox-android' : 'firefox', system };
  if (says('Opera', /\bOPR\//)) return { guide: 'other', system };
  if (says('Google Chrome', /\bChrom(?:e|ium)\//))
    return { guide: isAndroid ? 'chrome-android' : 'chrome', system };
  if (/\bSafari\//.test(agent) && system === 'mac') return { guide: 'safari-mac', system };
  return { guide: 'other', system };
}

function systemOf(agent: string, platform: string): DeviceSystem {
  if (/\b(?:iPhone|iPad|iPod)\b/.test(agent)) return 'iphone';
  if (platform === '"Android"' || /\bAndroid\b/.test(agent)) return 'android';
  if (platform === '"Windows"' || /\bWindows\b/.test(agent)) return 'windows';
  if (platform === '"macOS"' || /\bMacintosh\b/.test(agent)) return 'mac';
  return 'other';
}
