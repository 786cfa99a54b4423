import { moderationText } from '../text.ts';
import type { Rule } from './rule.ts';

const words = moderationText.rules;

/**
 * Not too many links, none to hosts that are barred. Settings: `links.new`, `links.known`, `links.trusted`,
 * `links.most`, `links.barred`.
 */
export const linksRule: Rule = {
  name: 'links',
  judge({ submission: { links }, settings, level }) {
    if (links.length === 0) return undefined;
    const barred = links.map(hostOf).find((host) => host && isBarred(host, settings['links.barred']));
    if (barred) {
      return {
        verdict: 'reject',
        reason: { code: 'moderation.barred-link', message: words.barredLink(barred), field: 'text' },
        evidence: { host: barred },
      };
    }
    const most = settings['links.most'];
    if (links.length > most) {
      return {
        verdict: 'reject',
        reason: { code: 'moderation.too-many-links', message: words.tooManyLinks(most), field: 'text' },
        evidence: { links: links.length, most },
      };
    }
    if (level === 'staff' || links.length <= settings[`links.${level}`]) return undefined;
    return {
      verdict: 'hold',
      reason: { code: 'moderation.links', message: words.linksHeld },
      evidence: { links: links.length, most: settings[`links.${level}`] },
    };
  },
};

/** As browsers read it: in small letters, in numbers where it is an address, without the dot at its end. */
function hostOf(link: string): string | undefined {
  return URL.canParse(link) ? new URL(link).hostname.replace(/\.$/, '') : undefined;
}

/** A host itself or one below it; notexample.com is not example.com. */
function isBarred(host: string, barred: readonly string[]): boolean {
  return barred.some((each) => {
    const plain = hostOf(each.includes('//') ? each : `http://${each.replace(/^\*?\./, '')}`);
    return plain !== undefined && (host === plain || host.endsWith(`.${plain}`));
  });
}
