import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import { redirect } from '../../platform/http/answers.ts';
import type { Answer, Identity, Request, Route } from '../../platform/http/route-table.ts';
import { askToSignIn, fieldPart, type IntentHandler } from '../../readers/index.ts';
import type { DomainContext } from '../../site/context.ts';
import { html } from '../../site/html.ts';
import type { ModerationHandlers, Target } from '../decisions/decision.ts';
import { choicePart, plainPart } from '../form-parts.ts';
import { moderationText } from '../text.ts';
import { longestReport, reportCategories } from './report.ts';
import { findReportable, reportTarget } from './report-target.ts';

const words = moderationText.report;

const targetForm = z.object({ kind: z.enum(['comment', 'profile']), id: z.string().min(1).max(100) });
const reportForm = targetForm.extend({
  category: z.enum(reportCategories, { error: words.choose }),
  text: z
    .string()
    .max(longestReport, { error: words.long(longestReport) })
    .default(''),
});
type ReportForm = z.output<typeof reportForm>;

/** Reporting a comment or a profile. */
export function reportRoutes(context: DomainContext, handlers: ModerationHandlers): Route[] {
  const { database } = context;
  const targetOf = ({ kind, id }: z.output<typeof targetForm>, request: Request) =>
    findReportable(database.read, handlers, { kind, id }, request.identity?.id);

  const show = async (request: Request): Promise<Answer> => {
    const asked = readTarget(Object.fromEntries(request.query));
    return reportPage(context, request, await targetOf(asked, request));
  };

  const send = async (request: Request): Promise<Answer> => {
    const asked = readTarget(request.body);
    const target = await targetOf(asked, request);
    const checked = reportForm.safeParse(request.body);
    if (!checked.success) {
      const typed = z
        .object({ category: z.string().catch(''), text: z.string().catch('') })
        .parse(request.body);
      const problems = Object.fromEntries(
        checked.error.issues.map(({ path, message }) => [String(path[0]), message]),
      );
      return reportPage(context, request, target, { typed, problems, status: 422 });
    }
    if (!request.identity) {
      return askToSignIn(context, request, {
        intent: { kind: 'report', data: checked.data },
        to: `/report?kind=${asked.kind}&id=${encodeURIComponent(asked.id)}`,
      });
    }
    return redirect(await report(context, handlers, request.identity, checked.data), 303, { noStore: true });
  };

  const sent = async (request: Request): Promise<Answer> => {
    const asked = targetForm.safeParse(Object.fromEntries(request.query));
    const target = asked.success ? await handlers.findTarget(database.read, asked.data) : undefined;
    // What is hidden by now has no address any more that leads anywhere.
    const back = target?.isVisible ? target.path : undefined;
    return context.frame(request, {
      title: words.sent,
      canonical: '/report/sent',
      main: html`<div class="wrap step" data-flow><h1 tabindex="-1">${words.sent}</h1><p class="lede" role="status">${words.sentLede}</p>${back && html`<p><a class="pill" href="${back}">${words.back}</a></p>`}</div>`,
      kind: 'account',
      robots: 'noindex',
      noStore: true,
    });
  };

  return [
    { method: 'GET', path: '/report', name: 'report', who: 'anyone', proof: 'none', handle: show },
    {
      method: 'POST',
      path: '/report',
      name: 'report-send',
      who: 'anyone',
      proof: 'same-origin',
      bodyLimit: 16 * 1024,
      handle: send,
    },
    { method: 'GET', path: '/report/sent', name: 'report-sent', who: 'anyone', proof: 'none', handle: sent },
  ];
}

/** Sends the report that somebody wrote before signing in; for the intents of readers. */
export function reportIntent(context: DomainContext, handlers: ModerationHandlers): IntentHandler {
  return async (_request, identity, { data }) => ({
    to: await report(context, handlers, identity, reportForm.parse(data)),
  });
}

async function report(
  { database }: DomainContext,
  handlers: ModerationHandlers,
  { reader }: Identity,
  { kind, id, category, text }: ReportForm,
): Promise<string> {
  await database.write((tx) => reportTarget(tx, { reader, target: { kind, id }, category, text }, handlers));
  return `/report/sent?kind=${kind}&id=${encodeURIComponent(id)}`;
}

function readTarget(given: unknown): z.output<typeof targetForm> {
  const checked = targetForm.safeParse(given);
  if (checked.success) return checked.data;
  throw new AppError('moderation.no-target', moderationText.errors.noTarget, { status: 404 });
}

function reportPage(
  context: DomainContext,
  request: Request,
  target: Target,
  returned: {
    readonly typed?: { readonly category: string; readonly text: string };
    readonly problems?: Readonly<Record<string, string>>;
    readonly status?: number;
  } = {},
): Promise<Answer> {
  const { typed, problems = {}, status = 200 } = returned;
  const kind = target.kind === 'comment' ? 'comment' : 'profile';
  const title = words.titleOf(kind);
  const category = choicePart({
    name: 'category',
    label: words.what,
    options: words.categories,
    value: typed?.category,
    problem: problems.category,
  });
  const text = fieldPart({
    name: 'text',
    label: words.text,
    value: typed?.text ?? '',
    help: words.textHelp(longestReport),
    problem: problems.text,
    rows: 4,
    more: { maxlength: longestReport },
  });
  const law = html`<p class="meta">${words.law} <a class="text-link" href="/notices?kind=${kind}&amp;id=${target.id}" rel="nofollow">${words.lawLink}</a>, ${words.lawHelp}</p>`;
  return context.frame(request, {
    title,
    canonical: '/report',
    main: html`<div class="wrap step" data-flow><h1 tabindex="-1">${title}</h1><p class="lede">${words.lede}</p><blockquote class="reported"><p class="meta">${target.title}</p>${plainPart(target.text)}</blockquote><form class="fields" method="post" action="/report" data-inline><input type="hidden" name="kind" value="${kind}"><input type="hidden" name="id" value="${target.id}">${category}${text}<button class="pill main" type="submit">${words.send}</button></form>${law}</div>`,
    kind: 'account',
    robots: 'noindex, nofollow',
    status,
    noStore: true,
  });
}
