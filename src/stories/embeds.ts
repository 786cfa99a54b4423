const frames: readonly [pattern: RegExp, frame: (match: RegExpExecArray) => string][] = [
  [
    /^https:\/\/(?:www\.|m\.)?youtube(?:-nocookie)?\.com\/(?:watch\?(?:.*&)?v=|embed\/|shorts\/)([\w-]{6,20})/,
    ([, id]) => `https://www.youtube-nocookie.com/embed/${id}?autoplay=1`,
  ],
  [
    /^https:\/\/youtu\.be\/([\w-]{6,20})/,
    ([, id]) => `https://www.youtube-nocookie.com/embed/${id}?autoplay=1`,
  ],
  [
    /^https:\/\/(?:www\.|player\.)?vimeo\.com\/(?:video\/)?(\d{5,12})/,
    ([, id]) => `https://player.vimeo.com/video/${id}?dnt=1`,
  ],
  [
    /^https:\/\/(?:www\.)?dailymotion\.com\/(?:video|embed\/video)\/(\w{5,12})/,
    ([, id]) => `https://www.dailymotion.com/embed/video/${id}`,
  ],
  [
    /^https:\/\/open\.spotify\.com\/(?:embed\/)?(episode|track|show|playlist|album)\/(\w{10,30})/,
    ([, kind, id]) => `https://open.spotify.com/embed/${kind}/${id}`,
  ],
  [/^https:\/\/www\.openstreetmap\.org\/export\/embed\.html\?[^\s"'<>]+$/, ([url]) => url],
  [
    /^https:\/\/datawrapper\.dwcdn\.net\/(\w{5})\/(\d{1,5})/,
    ([, id, version]) => `https://datawrapper.dwcdn.net/${id}/${version}/`,
  ],
  [
    /^https:\/\/archive\.org\/(?:details|embed)\/([\w.-]{3,120})/,
    ([, id]) => `https://archive.org/embed/${id}`,
  ],
];

/**
 * The address that shows an embed in a frame.
 * @returns undefined for a site that cannot be framed; it stays a link
 */
export function frameOf(url: string): string | undefined {
  for (const [pattern, frame] of frames) {
    const match = pattern.exec(url);
    if (match) return frame(match);
  }
  return undefined;
}
