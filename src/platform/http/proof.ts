import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '../errors.ts';

/**
 * A write must come from one of our own pages. Browsers say so in Sec-Fetch-Site, which no page can forge; older
 * ones in Origin.
 * @throws AppError `request.foreign`
 */
export function requireSameOrigin(headers: IncomingHttpHeaders, origin: string): void {
  const site = headers['sec-fetch-site'];
  const isOurs = site === undefined ? headers.origin === origin : site === 'same-origin';
  if (!isOurs) {
    throw new AppError(
      'request.foreign',
      'This form came from another site. Open our page and send it from there.',
      {
        status: 403,
      },
    );
  }
}
