import type { Block } from '../../stories/index.ts';
import { fitted } from './import-words.ts';
import type { Notes } from './loose-blocks.ts';

/** Names that readers know, by host. */
const providers: Readonly<Record<string, string>> = {
  'youtube.com': 'YouTube',
  'youtube-nocookie.com': 'YouTube',
  'youtu.be': 'YouTube',
  'vimeo.com': 'Vimeo',
  'player.vimeo.com': 'Vimeo',
  'twitter.com': 'X',
  'platform.twitter.com': 'X',
  'x.com': 'X',
  'instagram.com': 'Instagram',
  'facebook.com': 'Facebook',
  'tiktok.com': 'TikTok',
  'w.soundcloud.com': 'SoundCloud',
  'soundcloud.com': 'SoundCloud',
  'open.spotify.com': 'Spotify',
  'google.com': 'Google',
  'bsky.app': 'Bluesky',
  'embed.bsky.app': 'Bluesky',
  'datawrapper.dwcdn.net': 'Datawrapper',
  'flo.uri.sh': 'Flourish',
};

/** A click-to-load placeholder for an address, or a note why there is none. */
export function embedOf(
  address: string | undefined,
  title: string | undefined,
  notes: Notes,
): Extract<Block, { type: 'embed' }> | undefined {
  const given = (address ?? '').trim().replace(/^\/\//, 'https://');
  const url = URL.parse(given);
  if (!url || !/^https?:$/.test(url.protocol)) {
    notes.add('embed.dropped', given);
    return undefined;
  }
  if (url.protocol === 'http:') {
    notes.add('embed.made-https', given);
    url.protocol = 'https:';
  }
  if (url.href.length > 2048) {
    notes.add('embed.dropped', given);
    return undefined;
  }
  const host = url.hostname.replace(/^(www|m)\./, '');
  const provider = Object.hasOwn(providers, host) ? providers[host]! : host.slice(0, 2000);
  const words = fitted(title ?? '', 2000, 'title', notes);
  return { type: 'embed', url: url.href, provider, title: words === '' ? provider : words };
}
