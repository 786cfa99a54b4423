/**
 * Sent with every answer. No inline script runs, nothing is loaded from elsewhere, and a page cannot be framed.
 * Embeds that a reader loads by a click stand in frames of https.
 */
const always: readonly (readonly [string, string])[] = [
  [
    'Content-Security-Policy',
    [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "media-src 'self'",
      "connect-src 'self'",
      "manifest-src 'self'",
      "worker-src 'self'",
      'frame-src https:',
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "object-src 'none'",
      "require-trusted-types-for 'script'",
      // One policy, for markup that this server made: site/browser/markup.ts.
      'trusted-types freesheet',
    ].join('; '),
  ],
  // `no-referrer` would make the Origin of a form `null`.
  ['Referrer-Policy', 'strict-origin-when-cross-origin'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()'],
];

/** Header pairs. @param isSecure whether the site's public address is https */
export function securityHeaders(isSecure: boolean): readonly (readonly [string, string])[] {
  return isSecure ? [...always, ['Strict-Transport-Security', 'max-age=31536000']] : always;
}
