import type { Page } from 'playwright-core';

/** A node of Chromium's accessibility tree, as CDP's `Accessibility.AXNode` gives it. */
interface Node {
  readonly nodeId: string;
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly description?: { readonly value: string };
  readonly value?: { readonly value: string | number };
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value?: unknown } }[];
  readonly childIds?: readonly string[];
  readonly backendDOMNodeId?: number;
}

/** What is read out as it stands, without a role of its own. */
const plain = new Set(['generic', 'none', 'paragraph', 'InlineTextBox', 'LabelText', 'emphasis', 'strong']);

/** Named by all that stands in them, so that nothing below is read out once more. */
const named = new Set(['link', 'button', 'DisclosureTriangle', 'option', 'image', 'time', 'code']);

const roles: Readonly<Record<string, string>> = {
  DisclosureTriangle: 'disclosure',
  RootWebArea: 'page',
  textbox: 'text field',
};

const states = ['focused', 'invalid', 'required', 'checked', 'expanded'] as const;

/**
 * What a screen reader has to tell of a part of a page: a line for each thing, set in by what it stands in, with role,
 * name, description and state.
 * @param selector of the part
 */
export async function spoken(page: Page, selector: string): Promise<string> {
  const line = await page.context().newCDPSession(page);
  try {
    const { nodes } = (await line.send('Accessibility.getFullAXTree')) as unknown as { nodes: Node[] };
    const { root } = await line.send('DOM.getDocument', { depth: 0 });
    const { nodeId } = await line.send('DOM.querySelector', { nodeId: root.nodeId, selector });
    const { node } = await line.send('DOM.describeNode', { nodeId });
    const byId = new Map(nodes.map((each) => [each.nodeId, each]));
    const start = nodes.find((each) => each.backendDOMNodeId === node.backendNodeId);
    if (!start) throw new Error(`Nothing is told of ${selector}.`);
    return `${tell(start, byId, 0).join('\n')}\n`;
  } finally {
    await line.detach();
  }
}

function tell(node: Node, all: ReadonlyMap<string, Node>, depth: number): string[] {
  const below = (into: number) =>
    (node.childIds ?? []).flatMap((id) => {
      const child = all.get(id);
      return child ? tell(child, all, into) : [];
    });
  const role = node.role?.value ?? 'none';
  if (role === 'InlineTextBox' || role === 'ListMarker') return [];
  const indent = '  '.repeat(depth);
  const name = String(node.name?.value ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (role === 'StaticText') return node.ignored || name === '' ? [] : [`${indent}${name}`];
  if (node.ignored || (plain.has(role) && !isFocused(node))) return below(depth);
  const own = [
    `${roles[role] ?? role}${levelOf(node)}`,
    name && `'${name}'`,
    node.value?.value ? `= '${node.value.value}'` : '',
    node.description?.value ? `(${node.description.value})` : '',
    ...statesOf(node),
  ];
  const head = indent + own.filter(Boolean).join(' ');
  if (named.has(role)) return [head];
  const inner = below(depth + 1);
  // A heading, or a label, is its words: what stands in it is told only where it is more.
  return inner.length === 1 && inner[0]!.trim() === name ? [head] : [head, ...inner];
}

function isFocused(node: Node): boolean {
  return node.properties?.some(({ name, value }) => name === 'focused' && value.value === true) ?? false;
}

function levelOf({ properties = [], role }: Node): string {
  const level = properties.find(({ name }) => name === 'level')?.value.value;
  return role?.value === 'heading' && level !== undefined ? ` ${String(level)}` : '';
}

function statesOf({ properties = [] }: Node): string[] {
  const found = (name: string) => properties.find((each) => each.name === name)?.value.value;
  const said = states.flatMap((state) => {
    const value = found(state);
    if (state === 'expanded') return value === undefined ? [] : [value === true ? 'open' : 'closed'];
    return value === undefined || value === false || value === 'false' ? [] : [state];
  });
  const live = found('live');
  return live === undefined || live === 'off' ? said : [...said, `live: ${String(live)}`];
}
