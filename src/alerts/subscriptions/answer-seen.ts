import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import { text } from '../../platform/http/answers.ts';
import type { Answer, Request } from '../../platform/http/route-table.ts';
import { told } from '../breaking/count-alerts.ts';
import type { BrowserParts } from './parts.ts';
import { subscriptionsText as words } from './text.ts';

const form = z.object({ alert: z.string().regex(/^[a-z0-9]{4,16}$/), act: z.enum(told) });

/** `POST /alerts/seen`: a service worker says what became of an alert to many, and not who it is. */
export function answerSeen({ count }: Pick<BrowserParts, 'count'>, { body }: Request): Answer {
  const given = form.safeParse(body);
  if (!given.success) throw new AppError('alerts.bad-form', words.badForm, { status: 422 });
  count(given.data.alert, given.data.act);
  return text('', { status: 204, noStore: true });
}
