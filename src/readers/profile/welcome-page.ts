import type { Answer, Request } from '../../platform/http/route-table.ts';
import type { DomainContext } from '../../site/context.ts';
import { html, type Html } from '../../site/html.ts';
import { buttonForm, fieldPart, type Problems } from '../account/form.ts';
import { stepPage, waitsPart } from '../sign-in/pages.ts';
import type { PendingSignIn } from '../sign-in/pending.ts';
import { longestName } from './name.ts';
import { profileText } from './text.ts';

const words = profileText.welcome;

/** The step before a first comment: the name, and how people talk here. */
export function welcomePage(
  context: DomainContext,
  request: Request,
  step: {
    readonly pending: PendingSignIn | undefined;
    readonly guidelines: Html | undefined;
    readonly name?: string;
    readonly handle?: string;
    readonly problems?: Problems;
  },
): Promise<Answer> {
  const { problems = {} } = step;
  const name = fieldPart({
    name: 'name',
    label: words.name,
    value: step.name ?? '',
    problem: problems.name,
    more: { autocomplete: 'nickname', maxlength: 2 * longestName, required: true },
  });
  const handle = fieldPart({
    name: 'handle',
    label: words.handle,
    value: step.handle ?? '',
    help: words.handleHelp,
    problem: problems.handle,
    more: { autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', maxlength: 31 },
  });
  // Below the button: whoever has words waiting finds it at once, and sees what it means.
  const guidelines =
    step.guidelines &&
    html`<section class="guidelines" id="how-we-talk"><h2>${words.guidelines}</h2>${step.guidelines}</section>`;
  const address = guidelines ? '#how-we-talk' : '/guidelines';
  const agree = html`<p class="meta">${words.agree} <a class="text-link" href="${address}">${words.agreed}</a>.</p>`;
  return stepPage(context, request, {
    title: words.title,
    canonical: '/welcome',
    status: Object.keys(problems).length > 0 ? 422 : 200,
    main: html`<p class="lede">${words.lede}</p>${waitsPart(step.pending, words.waits)}<form class="fields" method="post" action="/welcome" data-inline>${name}${handle}${agree}<button class="pill main" type="submit">${words.save}</button></form>${!step.pending?.intent && buttonForm({ action: '/sign-in/leave', label: words.later, kind: 'quiet', isInline: false })}${guidelines}`,
  });
}
