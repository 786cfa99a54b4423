import { attributes, html, type Html } from '../site/html.ts';

/** One of several, with what is wrong with the choice told to those who do not see it. */
export function choicePart(field: {
  readonly name: string;
  readonly label: string;
  readonly options: Readonly<Record<string, string>>;
  readonly value?: string | undefined;
  readonly problem?: string | undefined;
}): Html {
  const { name, problem } = field;
  const id = `field-${name}`;
  const described = attributes({ 'aria-describedby': problem && `${id}-problem` });
  const options = Object.entries(field.options).map(
    ([value, label]) =>
      html`<label class="check"><input type="radio" name="${name}" value="${value}"${attributes({ checked: field.value === value, required: true })}>${label}</label>`,
  );
  return html`<fieldset class="field" id="${id}"${described}><legend>${field.label}</legend>${problem && html`<p class="problem" id="${`${id}-problem`}">${problem}</p>`}${options}</fieldset>`;
}

/** A text of people in which only line breaks count. */
export function plainPart(text: string): Html {
  return html`<p class="plain" dir="auto">${text}</p>`;
}
