import { attributes, html, type Html } from '../../site/html.ts';
import type { AlertChannel, AlertKind, AlertOwner } from '../alert.ts';
import {
  channelsOf,
  isFollowed,
  keyOf,
  usualChannel,
  type AlertChoice,
  type AlertThing,
  type TargetKind,
} from './choice.ts';
import type { HeldThing } from './held-things.ts';
import type { OwnerName } from './owners.ts';
import { preferencesText as words } from './text.ts';

/** One thing with the ways in which one can be told of it. */
export interface ChoiceRow {
  readonly thing: AlertThing;
  readonly name: string;
  readonly path?: string;
  /** What is chosen now; '' for what is left as it is without a choice. */
  readonly value: AlertChannel | '';
  readonly options: readonly { readonly value: AlertChannel | ''; readonly label: string }[];
}

/** A kind as a whole: what is one's own affair, breaking news, or all that is followed. */
export function kindRow(owner: AlertOwner, kind: AlertKind, choices: readonly AlertChoice[]): ChoiceRow {
  const chosen = choices.find((each) => each.kind === kind && each.target === '')?.channel;
  const isBrowser = owner.startsWith('browser:');
  return {
    thing: { kind, target: '' },
    name: words.kinds[kind],
    value: chosen ?? (isBrowser ? '' : usualChannel(kind)),
    options: isBrowser ? browserOptions(owner) : accountOptions(owner, kind),
  };
}

/** One section, topic, author, story or reader. */
export function thingRow(owner: AlertOwner, held: HeldThing): ChoiceRow {
  const { kind, target, name, path, chosen } = held;
  const isBrowser = owner.startsWith('browser:');
  const unchosen =
    held.isFollowed && isFollowed(kind)
      ? words.asUsual[kind]
      : chosen === undefined
        ? words.notChosen
        : words.remove;
  return {
    thing: { kind, target },
    name,
    path,
    value: chosen ?? '',
    options: isBrowser
      ? browserOptions(owner)
      : [{ value: '', label: unchosen }, ...accountOptions(owner, kind)],
  };
}

function accountOptions(owner: AlertOwner, kind: AlertKind) {
  return channelsOf(owner, kind).map((value) => ({ value, label: words.channels[value] }));
}

function browserOptions(owner: AlertOwner) {
  const values = [...channelsOf(owner, 'breaking'), ''] as const;
  return values.map((value) => ({ value, label: words.inBrowser[value]! }));
}

/** A form of rows, each with a list of ways. @param form.to path to come back to */
export function choicesForm(form: {
  readonly owner: OwnerName;
  readonly rows: readonly ChoiceRow[];
  readonly to: string;
}): Html {
  const rows = form.rows.map(({ thing, name, path, value, options }) => {
    const id = `${form.owner}-${keyOf(thing)}`;
    const choices = options.map(
      (each) =>
        html`<option value="${each.value}"${attributes({ selected: each.value === value })}>${each.label}</option>`,
    );
    const label = path
      ? html`<a href="${path}" dir="auto">${name}</a>`
      : html`<label for="${id}">${name}</label>`;
    const spoken = attributes({ 'aria-label': path !== undefined && words.how(name) });
    return html`<li>${label}<select id="${id}" name="${keyOf(thing)}"${spoken}>${choices}</select></li>`;
  });
  return html`<form class="alert-choices" method="post" action="/alerts/choices" data-inline><input type="hidden" name="owner" value="${form.owner}"><input type="hidden" name="to" value="${form.to}"><ul>${rows}</ul><button class="pill" type="submit">${words.save}</button></form>`;
}

/** What was chosen or is followed of one kind, with the way to the rest. */
export function heldPart(part: {
  readonly owner: OwnerName;
  readonly kind: TargetKind;
  readonly rows: readonly ChoiceRow[];
  readonly to: string;
  /** Where more of them are. */
  readonly more?: string | undefined;
}): Html {
  const title = words.targets[part.kind];
  return html`<div data-flow class="held"><h3>${title}</h3>${choicesForm(part)}${part.more && html`<p><a class="text-link" href="${part.more}">${words.all(title)}</a></p>`}</div>`;
}
