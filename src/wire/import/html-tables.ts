import { plainText, type Text } from '../../stories/index.ts';
import { deepest, silent, textOf, type HtmlNode } from './html-nodes.ts';
import { fitted } from './import-words.ts';
import type { LooseBlock, Notes } from './loose-blocks.ts';

interface Row {
  readonly cells: { readonly node: HtmlNode; readonly isHead: boolean; readonly span: number }[];
  readonly isHead: boolean;
}

const mostColumns = 50;
const mostRows = 2000;

/**
 * A table block, followed by what its cells could not hold; or 'layout' for a table that only places things.
 * Cells that span columns or rows are written once, with empty cells beside them.
 */
export function tableOf(
  table: HtmlNode,
  cellText: (cell: HtmlNode) => { text: Text; others: LooseBlock[] },
  notes: Notes,
): LooseBlock[] | 'layout' {
  const rows: Row[] = [];
  const others: LooseBlock[] = [];
  let caption = '';
  const gather = (nodes: readonly HtmlNode[], isHead: boolean, depth: number) => {
    for (const node of nodes) {
      if (node.name === 'caption') caption = fitted(textOf(node), 2000, 'table.caption', notes);
      else if (node.name === 'tr') rows.push(rowOf(node, isHead, others, notes));
      else if (node.name && !silent.has(node.name) && depth < deepest)
        gather(node.children ?? [], node.name === 'thead' || (isHead && node.name !== 'tbody'), depth + 1);
      else others.push(...strayText(node));
    }
  };
  gather(table.children ?? [], false, 0);
  const filled = rows.filter((row) => row.cells.length > 0);
  const columns = Math.max(0, ...filled.map((row) => row.cells.length));
  if (columns <= 1 || /presentation|none/.test(table.attribs?.role ?? '')) return 'layout';
  const textsOf = (row: Row): Text[] =>
    row.cells.flatMap(({ node, span }) => {
      const found = cellText(node);
      others.push(...found.others);
      return [found.text, ...Array.from({ length: span - 1 }, (): Text => [])];
    });
  const isHead = (row: Row) => row.isHead || row.cells.every((cell) => cell.isHead);
  const headRow = filled[0] && isHead(filled[0]) && filled.length > 1 ? filled[0] : undefined;
  const bodyRows = headRow ? filled.slice(1) : filled;
  const head = headRow && textsOf(headRow).slice(0, mostColumns);
  const body = bodyRows.slice(0, mostRows).map((row) => textsOf(row).slice(0, mostColumns));
  const widest = Math.max(...filled.map((row) => row.cells.reduce((sum, cell) => sum + cell.span, 0)));
  if (bodyRows.length > mostRows || widest > mostColumns)
    notes.add('table.cut', `${bodyRows.length} × ${widest}`);
  const width = Math.max(head?.length ?? 0, ...body.map((row) => row.length));
  const even = (row: Text[]) => [...row, ...Array.from({ length: width - row.length }, (): Text => [])];
  if (caption === '' && [head ?? [], ...body].every((row) => row.every((cell) => plainText(cell) === '')))
    return others;
  return [
    {
      type: 'table',
      ...(caption === '' ? {} : { caption }),
      ...(head ? { head: even(head) } : {}),
      rows: body.map(even),
      rowHeads: bodyRows.every((row) => row.cells[0]?.isHead ?? false),
    },
    ...others,
  ];
}

/** Words that stand in a table but in no cell, as broken HTML has them. */
function strayText(node: HtmlNode): LooseBlock[] {
  const text = textOf(node).replaceAll(/\s+/g, ' ').trim();
  return text === '' ? [] : [{ type: 'paragraph', text: [{ text }] }];
}

function rowOf(node: HtmlNode, isHead: boolean, others: LooseBlock[], notes: Notes): Row {
  const isCell = ({ name }: HtmlNode) => name === 'td' || name === 'th';
  others.push(...(node.children ?? []).filter((child) => !isCell(child)).flatMap(strayText));
  const cells = (node.children ?? []).filter(isCell).map((child) => {
    const span = Math.min(mostColumns, Math.max(1, Math.trunc(Number(child.attribs?.colspan ?? 1)) || 1));
    if (span > 1 || Number(child.attribs?.rowspan ?? 1) > 1)
      notes.add('table.spans', textOf(child).replaceAll(/\s+/g, ' ').trim());
    return { node: child, isHead: child.name === 'th', span };
  });
  return { cells, isHead };
}
