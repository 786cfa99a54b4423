import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import { redirect } from '../../platform/http/answers.ts';
import type { Answer, Request, Route } from '../../platform/http/route-table.ts';
import { fieldPart } from '../../readers/index.ts';
import type { DomainContext } from '../../site/context.ts';
import { html, type Html } from '../../site/html.ts';
import { plainPart } from '../form-parts.ts';
import { moderationText } from '../text.ts';
import { isAgainst, type Decision, type ModerationHandlers } from './decision.ts';
import { decisionsFor, findDecision } from './decisions.ts';
import { askAgain, findLook, longestLook, mayAskAgain, type Look } from './look.ts';

const words = moderationText.decisions;

/** What was decided about one's own, with the reasons and the way to another look. */
export function decisionRoutes(context: DomainContext, handlers: ModerationHandlers): Route[] {
  const { database } = context;

  const ownDecision = async (request: Request): Promise<Decision> => {
    const decision = await findDecision(database.read, request.params.id!);
    if (decision && decision.owner === request.identity!.id) return decision;
    throw new AppError('moderation.no-decision', moderationText.errors.noDecision, { status: 404 });
  };

  const show = async (request: Request, returned: Returned = {}): Promise<Answer> => {
    const decision = await ownDecision(request);
    const [look, target] = await Promise.all([
      findLook(database.read, decision.id),
      handlers.findTarget(database.read, decision.target),
    ]);
    // What is taken away has no address any more at which it could be read.
    const path = target?.isVisible ? target.path : undefined;
    const about = target && { title: target.title, text: target.text, path };
    return statementPage(context, request, { decision, look, about, returned });
  };

  const ask = async (request: Request): Promise<Answer> => {
    const { text } = lookForm.parse(request.body);
    try {
      await database.write((tx) =>
        askAgain(tx, { decision: request.params.id!, reader: request.identity!.id, text }),
      );
    } catch (error) {
      if (error instanceof AppError && error.fields.text !== undefined)
        return show(request, { text, problem: error.fields.text });
      throw error;
    }
    return redirect(`/account/decisions/${request.params.id!}`, 303, { noStore: true });
  };

  return [
    {
      method: 'GET',
      path: '/account/decisions',
      name: 'decisions',
      who: 'reader',
      proof: 'none',
      handle: (request) => listPage(context, request),
    },
    {
      method: 'GET',
      path: '/account/decisions/:id',
      name: 'decision',
      who: 'reader',
      proof: 'none',
      handle: (request) => show(request),
    },
    {
      method: 'POST',
      path: '/account/decisions/:id/look',
      name: 'decision-look',
      who: 'reader',
      proof: 'same-origin',
      bodyLimit: 32 * 1024,
      handle: ask,
    },
  ];
}

const lookForm = z.object({ text: z.string().catch('') }).catch({ text: '' });

interface Returned {
  readonly text?: string;
  readonly problem?: string;
}

async function listPage(context: DomainContext, request: Request): Promise<Answer> {
  const { site } = context;
  const before = request.query.get('before') ?? undefined;
  const { items, next } = await decisionsFor(context.database.read, request.identity!.id, { before });
  const list = items.map(
    (decision) =>
      html`<li><p class="meta">${moderationText.time(decision.at, site.language, site.zone)}</p><h2><a href="/account/decisions/${decision.id}">${words.subject(decision.action, decision.target.kind)}</a></h2><p>${reasonOf(decision) ?? words.reach[decision.action]}</p></li>`,
  );
  const older =
    next !== undefined &&
    html`<p><a class="pill" href="/account/decisions?before=${next}">${words.older}</a></p>`;
  return context.frame(request, {
    title: words.title,
    canonical: '/account/decisions',
    main: html`<div class="wrap account"><p class="crumbs"><a href="/account">${words.account}</a></p><h1>${words.title}</h1><p class="lede">${words.lede}</p>${list.length > 0 ? html`<ol class="decisions">${list}</ol>` : html`<div class="empty"><p>${words.empty}</p></div>`}${older}</div>`,
    kind: 'account',
    robots: 'noindex',
    noStore: true,
  });
}

/** Why; undefined where it is good for the reader, and the reason only what they had been suspected of. */
function reasonOf({ action, reason }: Decision): string | undefined {
  const isTold = isAgainst(action) || reason === 'appeal' || reason === 'mistake';
  return isTold ? moderationText.reasons[reason] : undefined;
}

/** A statement of reasons, with all that it must hold (Regulation (EU) 2022/2065, article 17(3)). */
function statementPage(
  context: DomainContext,
  request: Request,
  parts: {
    readonly decision: Decision;
    readonly look: Look | undefined;
    readonly about:
      | { readonly title: string; readonly text: string; readonly path: string | undefined }
      | undefined;
    readonly returned: Returned;
  },
): Promise<Answer> {
  const { decision, look, about, returned } = parts;
  const { site, clock } = context;
  const time = (at: number) => moderationText.time(at, site.language, site.zone);
  const title = words.subject(decision.action, decision.target.kind);
  const what =
    about &&
    html`<dt>${words.what}</dt><dd>${about.path ? html`<a class="text-link" href="${about.path}">${about.title}</a>` : about.title}${plainPart(about.text)}</dd>`;
  const reason = reasonOf(decision);
  const law =
    decision.law === undefined
      ? html`<a class="text-link" href="/guidelines">${words.guidelines}</a>`
      : words.law(decision.law);
  const ground = isAgainst(decision.action) && html`<dt>${words.ground}</dt><dd>${law}</dd>`;
  const facts = html`<dl class="facts"><dt>${words.when}</dt><dd>${time(decision.at)}</dd>${what}<dt>${words.scope}</dt><dd>${words.reach[decision.action]}</dd>${decision.until !== undefined && html`<dt>${words.until}</dt><dd>${time(decision.until)}</dd>`}${reason && html`<dt>${words.reason}</dt><dd>${reason}</dd>`}${ground}${decision.note !== '' && html`<dt>${words.facts}</dt><dd>${plainPart(decision.note)}</dd>`}<dt>${words.how}</dt><dd>${words.by[decision.actor.kind]}${decision.notice !== undefined && html` ${words.notice}`}</dd></dl>`;
  const mayAsk = mayAskAgain(decision, look, clock.now());
  const redress = mayAsk && html`<h2>${words.redress}</h2><p>${words.redressHelp}</p>`;
  return context.frame(request, {
    title,
    canonical: `/account/decisions/${decision.id}`,
    main: html`<div class="wrap step" data-flow><p class="crumbs"><a href="/account/decisions">${words.back}</a></p><h1 tabindex="-1">${title}</h1>${facts}${redress}${look ? lookPart(look, time) : mayAsk && askPart(decision, returned)}</div>`,
    kind: 'account',
    robots: 'noindex',
    status: returned.problem === undefined ? 200 : 422,
    noStore: true,
  });
}

function lookPart(look: Look, time: (at: number) => string): Html {
  const { look: said } = moderationText;
  const outcome = look.outcome === undefined ? said.waits : said[look.outcome];
  return html`<section><h2>${said.title}</h2><p role="status">${outcome}</p>${look.answer !== '' && plainPart(look.answer)}${look.answeredAt !== undefined && html`<p class="meta">${time(look.answeredAt)}</p>`}<p class="meta">${said.yours}, ${time(look.at)}</p>${plainPart(look.text)}</section>`;
}

function askPart(decision: Decision, { text = '', problem }: Returned): Html {
  const { look: said } = moderationText;
  const field = fieldPart({
    name: 'text',
    label: said.text,
    value: text,
    help: said.textHelp(longestLook),
    problem,
    rows: 5,
    more: { maxlength: longestLook, required: true },
  });
  return html`<section><h2>${said.title}</h2><p>${said.lede}</p><form class="fields" method="post" action="/account/decisions/${decision.id}/look" data-inline>${field}<button class="pill main" type="submit">${said.send}</button></form></section>`;
}
