import { attributes, html, type Html } from '../../site/html.ts';

/** What is wrong with a form, by the name of its field. */
export type Problems = Readonly<Record<string, string | undefined>>;

/** One field with its label, its help and what is wrong with it, all told to those who do not see them. */
export function fieldPart(field: {
  readonly name: string;
  /** Where two of a page have one name; made of the name when left out. */
  readonly id?: string;
  readonly label: string;
  readonly value?: string;
  readonly type?: string;
  readonly help?: string | undefined;
  readonly problem?: string | undefined;
  /** Further attributes of the input, such as autocomplete. */
  readonly more?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Lines of a larger text; a field of one line when left out. */
  readonly rows?: number;
}): Html {
  const { name, problem, help } = field;
  const { id = `field-${name}` } = field;
  const described = [help && `${id}-help`, problem && `${id}-problem`].filter(Boolean).join(' ');
  const more = attributes({
    ...field.more,
    'aria-invalid': problem && 'true',
    'aria-describedby': described || undefined,
  });
  const input = field.rows
    ? html`<textarea id="${id}" name="${name}" rows="${field.rows}"${more}>${field.value}</textarea>`
    : html`<input id="${id}" name="${name}" type="${field.type ?? 'text'}" value="${field.value}"${more}>`;
  return html`<div class="field"><label for="${id}">${field.label}</label>${help && html`<p class="help" id="${`${id}-help`}">${help}</p>`}${input}${problem && html`<p class="problem" id="${`${id}-problem`}">${problem}</p>`}</div>`;
}

/** A form of one button, for what needs no words. */
export function buttonForm(form: {
  readonly action: string;
  readonly label: string;
  /** Where it is not enough to read the button alone. */
  readonly spoken?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly kind?: 'main' | 'quiet';
  /** False where the answer is a page of its own. */
  readonly isInline?: boolean;
}): Html {
  const hidden = Object.entries(form.fields ?? {}).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const style = form.kind === 'main' ? 'pill main' : form.kind === 'quiet' ? 'quiet' : 'pill';
  return html`<form method="post" action="${form.action}"${attributes({ 'data-inline': form.isInline !== false })}>${hidden}<button class="${style}" type="submit"${attributes({ 'aria-label': form.spoken })}>${form.label}</button></form>`;
}
