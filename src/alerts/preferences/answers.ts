import { z } from 'zod';
import type { Transaction } from '../../platform/database/database.ts';
import { AppError } from '../../platform/errors.ts';
import { redirect } from '../../platform/http/answers.ts';
import type { Answer, Request } from '../../platform/http/route-table.ts';
import { returnPath, said } from '../../readers/index.ts';
import type { DomainContext } from '../../site/context.ts';
import { alertChannels, personalKinds, publicKinds, type AlertChannel, type AlertOwner } from '../alert.ts';
import { changeSetting, pauseAlerts } from './change-setting.ts';
import { keyOf, usualChannel, type AlertThing } from './choice.ts';
import { chooseAlert } from './choose-alert.ts';
import { choicesOf } from './choices.ts';
import { ownerNamed, ownersOf } from './owners.ts';
import type { AlertSetting } from './setting.ts';
import { preferencesText } from './text.ts';

const words = preferencesText.errors;
/** Rows that a form can have. */
const mostRows = 200;
const owner = z.enum(['reader', 'browser']);
const choicesForm = z.object({ owner, to: z.string().max(2000).catch('/alerts') });
const channel = z.enum(['', ...alertChannels]);
const kindNames: ReadonlySet<string> = new Set([...publicKinds, ...personalKinds]);

/** A row of a form: the thing is its name, the way its value. */
interface Wish extends AlertThing {
  readonly channel: AlertChannel | '';
}

/**
 * `POST /alerts/choices`: what a list of choices says now. Rows that say what holds already change nothing.
 * @throws AppError `alert.bad-form`, `alert.no-owner`, and as `chooseAlert`
 */
export async function answerChoices(context: DomainContext, request: Request): Promise<Answer> {
  const { database, config } = context;
  const form = parse(choicesForm, request.body);
  const wishes = wishesOf(request.body as Record<string, unknown>);
  const name = ownerNamed(await ownersOf(database.read, config.origin, request), form.owner);
  await database.write((tx) => takeWishes(tx, name, wishes));
  return saved(context, form.to);
}

function wishesOf(fields: Readonly<Record<string, unknown>>): Wish[] {
  const wishes: Wish[] = [];
  for (const [name, value] of Object.entries(fields)) {
    const [kind = '', target] = name.split(/:(.*)/su, 2);
    if (target === undefined || !kindNames.has(kind)) continue;
    const given = channel.safeParse(value);
    if (!given.success || target.length > 120) throw badForm();
    wishes.push({ kind: kind as Wish['kind'], target, channel: given.data });
  }
  if (wishes.length === 0 || wishes.length > mostRows) throw badForm();
  return wishes;
}

async function takeWishes(tx: Transaction, name: AlertOwner, wishes: readonly Wish[]): Promise<void> {
  const before = new Map((await choicesOf(tx.db, name)).map((each) => [keyOf(each), each.channel]));
  for (const { channel: wanted, ...thing } of wishes) {
    const known = before.get(keyOf(thing));
    const isUsual = thing.target === '' && name.startsWith('reader:') && wanted === usualChannel(thing.kind);
    const next = wanted === '' || isUsual ? undefined : wanted;
    if (next !== known) await chooseAlert(tx, { owner: name, ...thing, channel: next });
  }
}

const yes = z
  .literal('yes')
  .optional()
  .transform((value) => value === 'yes');
const clock = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d(?::\d\d)?$/)
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5)));
const cap = z.coerce.number().int().min(0).max(1000);
const whenForm = z.union([
  z.object({ owner, pause: z.enum(['week', 'end']) }),
  z.object({ owner, only: z.literal('cap'), cap }),
  z.object({
    owner,
    quiet: yes,
    from: clock.optional().catch(undefined),
    to: clock.optional().catch(undefined),
    zone: z.string().max(80),
    gravest: yes,
    cap,
  }),
]);

/**
 * `POST /alerts/when`: quiet hours, how much a day, and a pause.
 * @throws AppError `alert.bad-form`, `alert.no-owner`, `alert.bad-setting`
 */
export async function answerWhen(context: DomainContext, request: Request): Promise<Answer> {
  const { database, config, site } = context;
  const form = parse(whenForm, request.body);
  const owners = await ownersOf(database.read, config.origin, request);
  const name = ownerNamed(owners, form.owner);
  const zone = owners.browser?.zone ?? site.zone;
  await database.write((tx) =>
    'pause' in form
      ? pauseAlerts(tx, name, form.pause === 'week', zone)
      : changeSetting(tx, name, 'only' in form ? { dailyCap: form.cap } : settingFrom(form), zone),
  );
  return saved(context, 'only' in form ? '/alerts#news' : '/alerts#when');
}

function settingFrom(
  form: Extract<z.infer<typeof whenForm>, { readonly quiet: boolean }>,
): Partial<AlertSetting> {
  const { quiet, from = Number.NaN, to = Number.NaN, zone, gravest, cap: dailyCap } = form;
  return { quiet: quiet ? { from, to } : undefined, zone, isGravestLet: gravest, dailyCap };
}

function saved({ config }: DomainContext, to: string): Answer {
  return redirect(returnPath(config.origin, to), 303, {
    noStore: true,
    cookies: [said(config.origin, 'saved')],
  });
}

/** @throws AppError `alert.bad-form` */
function parse<T>(schema: z.ZodType<T>, given: unknown): T {
  const result = schema.safeParse(given);
  if (!result.success) throw badForm();
  return result.data;
}

function badForm(): AppError {
  return new AppError('alert.bad-form', words.badForm, { status: 422 });
}
