import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import { redirect } from '../../platform/http/answers.ts';
import { networkOf } from '../../platform/http/limits.ts';
import type { Answer, Request, Route } from '../../platform/http/route-table.ts';
import { parseMailbox } from '../../platform/mail/mailbox.ts';
import { fieldPart } from '../../readers/index.ts';
import type { DomainContext } from '../../site/context.ts';
import { attributes, html, type Html } from '../../site/html.ts';
import type { ModerationHandlers, Target } from '../decisions/decision.ts';
import { plainPart } from '../form-parts.ts';
import { moderationText } from '../text.ts';
import { fileNotice, findNotice, type Notice } from './notices.ts';

const words = moderationText.notice;
const longestReason = 5000;

const text = (missing: string, most: number) =>
  z
    .string({ error: missing })
    .trim()
    .min(1, { error: missing })
    .max(most, { error: words.long(most) });
const noticeForm = z.object({
  address: text(words.needsAddress, 1000),
  law: text(words.needsLaw, 500),
  reason: text(words.needsReason, longestReason),
  name: z
    .string()
    .trim()
    .max(200, { error: words.long(200) })
    .default(''),
  email: z
    .string()
    .trim()
    .toLowerCase()
    .max(254, { error: words.notAnAddress })
    .refine((value) => value === '' || parseMailbox(value)?.address === value, { error: words.notAnAddress })
    .default(''),
  faith: z.literal('yes', { error: words.needsFaith }),
});
const typedForm = z.record(z.string(), z.unknown()).catch({});

/** Notices of illegal content, for everybody. */
export function noticeRoutes(context: DomainContext, handlers: ModerationHandlers): Route[] {
  const { database, site, config } = context;

  /** What a link beside a comment or on a profile names; nothing where it does not lead to what everyone sees. */
  const targetOf = async (given: unknown): Promise<Target | undefined> => {
    const asked = z
      .object({ kind: z.enum(['comment', 'profile']), id: z.string().min(1).max(100) })
      .safeParse(given);
    const target = asked.success ? await handlers.findTarget(database.read, asked.data) : undefined;
    return target?.isVisible ? target : undefined;
  };

  const show = async (request: Request): Promise<Answer> => {
    const code = request.query.get('code');
    if (code !== null) return redirect(`/notices/${(await noticeOf(code)).code}`, 303, { noStore: true });
    const target = await targetOf(Object.fromEntries(request.query));
    return formPage(context, request, {
      target,
      typed: target?.path ? { address: config.origin + target.path } : {},
    });
  };

  const send = async (request: Request): Promise<Answer> => {
    const target = await targetOf(request.body);
    const typed = typedForm.parse(request.body);
    const checked = noticeForm.safeParse(typed);
    const problems: Record<string, string> = {};
    for (const { path, message } of checked.error?.issues ?? []) problems[String(path[0])] ??= message;
    if (checked.success && !isHere(checked.data.address, config.origin)) problems.address = words.notHere;
    if (!checked.success || Object.keys(problems).length > 0)
      return formPage(context, request, { target, typed, problems });
    const { address, law, reason, name, email } = checked.data;
    const code = await database.write((tx) =>
      fileNotice(tx, {
        address,
        law,
        reason,
        name,
        email,
        target,
        network: networkOf(request.ip),
        paper: site,
      }),
    );
    return redirect(`/notices/${code}`, 303, { noStore: true });
  };

  const noticeOf = async (code: string): Promise<Notice> => {
    const notice = await findNotice(database.read, code);
    if (!notice) throw new AppError('moderation.no-notice', words.none, { status: 404 });
    return notice;
  };

  return [
    { method: 'GET', path: '/notices', name: 'notice', who: 'anyone', proof: 'none', handle: show },
    {
      method: 'POST',
      path: '/notices',
      name: 'notice-send',
      who: 'anyone',
      proof: 'same-origin',
      bodyLimit: 64 * 1024,
      handle: send,
    },
    {
      method: 'GET',
      path: '/notices/:code',
      name: 'notice-receipt',
      who: 'anyone',
      proof: 'none',
      handle: async (request) => receiptPage(context, request, await noticeOf(request.params.code!)),
    },
  ];
}

/** On this site, written whole or from its root. */
function isHere(address: string, origin: string): boolean {
  return URL.canParse(address, origin) && new URL(address, origin).host === new URL(origin).host;
}

function formPage(
  context: DomainContext,
  request: Request,
  form: {
    readonly target: Target | undefined;
    readonly typed: Readonly<Record<string, unknown>>;
    readonly problems?: Readonly<Record<string, string>>;
  },
): Promise<Answer> {
  const { target, problems = {} } = form;
  const typed = (name: string) => (typeof form.typed[name] === 'string' ? form.typed[name] : '');
  const field = (
    name: 'address' | 'law' | 'name',
    help: string | undefined,
    more: Readonly<Record<string, string | number | boolean>>,
  ) => fieldPart({ name, label: words[name], value: typed(name), help, problem: problems[name], more });
  const reason = fieldPart({
    name: 'reason',
    label: words.reason,
    value: typed('reason'),
    help: words.reasonHelp(longestReason),
    problem: problems.reason,
    rows: 6,
    more: { maxlength: longestReason, required: true },
  });
  const email = fieldPart({
    name: 'email',
    label: words.email,
    type: 'email',
    value: typed('email'),
    help: words.emailHelp,
    problem: problems.email,
    more: { autocomplete: 'email', maxlength: 254 },
  });
  const about =
    target &&
    html`<blockquote class="reported"><p class="meta">${words.about}: ${target.title}</p>${plainPart(target.text)}</blockquote><input type="hidden" name="kind" value="${target.kind}"><input type="hidden" name="id" value="${target.id}">`;
  return context.frame(request, {
    title: words.title,
    description: words.lede,
    canonical: '/notices',
    main: html`<div class="wrap step" data-flow><h1 tabindex="-1">${words.title}</h1><p class="lede">${words.lede}</p><form class="fields" method="post" action="/notices" data-inline>${about}${field('address', words.addressHelp, { maxlength: 1000, required: true, spellcheck: 'false' })}${field('law', words.lawHelp, { maxlength: 500, required: true })}${reason}${field('name', undefined, { maxlength: 200, autocomplete: 'name' })}${email}${faithPart(typed('faith') === 'yes', problems.faith)}<button class="pill main" type="submit">${words.send}</button></form><form class="fields find-notice" method="get" action="/notices"><h2>${words.find}</h2>${fieldPart({ name: 'code', label: words.number, more: { maxlength: 40, required: true, spellcheck: 'false', autocomplete: 'off' } })}<button class="pill" type="submit">${words.show}</button></form></div>`,
    kind: 'account',
    ...(request.url.search !== '' && { robots: 'noindex' }),
    status: Object.keys(problems).length > 0 ? 422 : 200,
    noStore: true,
  });
}

function faithPart(isChecked: boolean, problem: string | undefined): Html {
  const more = attributes({
    checked: isChecked,
    required: true,
    'aria-invalid': problem && 'true',
    'aria-describedby': problem && 'field-faith-problem',
  });
  return html`<div class="field"><label class="check"><input type="checkbox" name="faith" value="yes"${more}>${words.faith}</label>${problem && html`<p class="problem" id="field-faith-problem">${problem}</p>`}</div>`;
}

/** What the sender may see again: not the name and the address, as the number may be shown to others. */
function receiptPage(context: DomainContext, request: Request, notice: Notice): Promise<Answer> {
  const { site } = context;
  const time = (at: number) => moderationText.time(at, site.language, site.zone);
  const isAnswered = notice.answeredAt !== undefined;
  const answer = isAnswered
    ? html`<dt>${words.answered}</dt><dd>${time(notice.answeredAt)}</dd><dt>${words.answer}</dt><dd>${plainPart(notice.answer)}</dd>`
    : undefined;
  return context.frame(request, {
    title: words.receipt,
    canonical: `/notices/${notice.code}`,
    main: html`<div class="wrap step" data-flow><h1 tabindex="-1">${words.receipt}</h1><p class="lede">${words.receiptLede}</p><dl class="facts"><dt>${words.number}</dt><dd><code>${notice.code}</code></dd><dt>${words.received}</dt><dd>${time(notice.at)}</dd><dt>${words.address}</dt><dd dir="auto">${notice.address}</dd>${answer}</dl><p role="status">${isAnswered ? words.disagree : words.waits}</p></div>`,
    kind: 'account',
    robots: 'noindex, nofollow',
    noStore: true,
  });
}
