const steps = /^\/(?:sign-in|sign-out|welcome)(?:[/?#]|$)/;

/**
 * Where to go when one is signed in: a path on this site, whatever was sent. An address elsewhere, and a step of
 * signing in itself, become the front page.
 */
export function returnPath(origin: string, given: unknown): string {
  // Browsers skip tabs and line breaks in an address, and read `\` as `/`.
  // oxlint-disable-next-line no-control-regex
  if (typeof given !== 'string' || given.length > 2000 || /[\u0000-\u0020\u007f\\]/.test(given)) return '/';
  if (!/^\/(?!\/)/.test(given) || !URL.canParse(given, origin)) return '/';
  const url = new URL(given, origin);
  if (url.origin !== new URL(origin).origin || url.pathname.startsWith('//') || steps.test(url.pathname))
    return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
