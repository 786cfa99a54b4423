/* Runs within a page: what an eye would stumble over. Given to `page.evaluate`, so nothing outside it is known there. */

/** Text that is cut, runs over the edge or over other text, torn words, and targets too small to press. */
export function stumbles(): string[] {
  const found = new Set<string>();
  const width = document.documentElement.clientWidth;
  const root = document.scrollingElement!;
  if (root.scrollWidth > width) found.add(`the page scrolls sideways`);

  const nameOf = (element: Element): string => {
    const classes = [...element.classList].map((name) => `.${name}`).join('');
    return `${element.localName}${classes} '${(element.textContent ?? '').trim().slice(0, 30)}'`;
  };
  const ancestors = (element: Element): Element[] => {
    const all: Element[] = [];
    for (let each: Element | null = element; each; each = each.parentElement) all.push(each);
    return all;
  };
  const isHidden = (element: Element): boolean =>
    !element.checkVisibility({ visibilityProperty: true }) ||
    ancestors(element).some((each) => {
      const { clipPath, position } = getComputedStyle(each);
      return clipPath !== 'none' || (each.classList.contains('skip') && position === 'absolute');
    });
  const scrolls = (element: Element): boolean => /auto|scroll/.test(getComputedStyle(element).overflowX);
  const blockOf = (element: Element): Element =>
    ancestors(element).find((each) => !/^(inline|contents)$/.test(getComputedStyle(each).display))!;

  const lines: { block: Element; box: DOMRect }[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const parent = text.parentElement!;
    if (!text.textContent?.trim() || /^(script|style|option)$/.test(parent.localName) || isHidden(parent))
      continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 1);
    if (boxes.length > 1) {
      // A word that is as long as a line may be torn, no other.
      for (const { index, 0: word } of text.textContent.matchAll(/[\p{L}\p{N}]{2,20}/gu)) {
        if (/[\p{L}\p{N}]/u.test(text.textContent[index + word.length] ?? '')) continue;
        if (/[\p{L}\p{N}]/u.test(text.textContent[index - 1] ?? '')) continue;
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        const tops = [...range.getClientRects()].map(({ top }) => top);
        if (Math.max(...tops) - Math.min(...tops) > boxes[0]!.height / 2)
          found.add(`tears '${word}': ${nameOf(parent)}`);
      }
    }
    const above = ancestors(parent);
    const frame = above.find((each) => scrolls(each) && each !== root && each !== document.body);
    for (const box of boxes) {
      if (!frame && (box.left < -0.5 || box.right > width + 0.5))
        found.add(`runs over the edge: ${nameOf(parent)}`);
      for (const each of above) {
        const { overflowX, overflowY } = getComputedStyle(each);
        const clip = each.getBoundingClientRect();
        const isCutAside =
          /hidden|clip/.test(overflowX) && (box.left < clip.left - 1 || box.right > clip.right + 1);
        const isCutBelow = /hidden|clip/.test(overflowY) && box.bottom - box.height / 4 > clip.bottom + 1;
        if (each !== document.documentElement && (isCutAside || isCutBelow))
          found.add(`is cut: ${nameOf(parent)}`);
      }
      if (!frame) lines.push({ block: blockOf(parent), box });
    }
  }
  // A line's box is higher than its letters, so only what overlaps by more than that counts.
  const inner = ({ left, right, top, height }: DOMRect) => ({
    left: left + 1,
    right: right - 1,
    top: top + height * 0.25,
    bottom: top + height * 0.75,
  });
  const boxes = lines.map(({ block, box }) => ({ block, ...inner(box) })).sort((a, b) => a.top - b.top);
  for (const [index, one] of boxes.entries()) {
    for (let next = index + 1; next < boxes.length && boxes[next]!.top < one.bottom; next += 1) {
      const other = boxes[next]!;
      const isApart = other.left >= one.right || other.right <= one.left;
      if (!isApart && other.block !== one.block)
        found.add(`lies over each other: ${nameOf(one.block)} and ${nameOf(other.block)}`);
    }
  }

  const least = 24;
  for (const target of document.querySelectorAll('a[href], button, input, select, summary')) {
    if (isHidden(target)) continue;
    // The link of a card spreads over the card, and a label presses what it names; a link in a sentence is as high as
    // its line (WCAG 2.2, 2.5.8).
    const shown = target.closest(target.classList.contains('card-link') ? '.card' : 'label') ?? target;
    const isInText =
      getComputedStyle(target).display === 'inline' &&
      (blockOf(target).textContent ?? '').trim().length > (target.textContent ?? '').trim().length;
    const { width: wide, height: high } = shown.getBoundingClientRect();
    if (!isInText && (wide < least - 0.5 || high < least - 0.5))
      found.add(`is too small to press: ${nameOf(target)}, ${Math.round(wide)} x ${Math.round(high)} px`);
  }
  return [...found];
}
