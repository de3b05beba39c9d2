/**
 * Finds text on the screen that cannot be read: cut off by a box that does not scroll, standing out of its button, lying on
 * other text, or pushed to a side where only a sideways scroll finds it.
 *
 * An ellipsis counts as readable where the whole text stands in a title, and for names and reasons in rows and on the own
 * button: what they open has them whole. A word that gave way to others in one line (`.fits`) is not there at all; half of it may not stand. The columns of somebody's file are as many as they are: that table scrolls.
 */
import type { Page } from 'playwright-core';

/** One sentence each; empty when all can be read. */
export async function findClippedText(page: Page, zoom: number): Promise<string[]> {
  return page.evaluate((magnified) => {
    const SLACK_PX = 1.5;
    interface Piece { element: Element; text: string; rect: DOMRect }
    const pieces: Piece[] = [];
    const problems = new Set<string>();
    const nameOf = (element: Element): string => `${element.tagName.toLowerCase()}.${[...element.classList].filter((name) => !name.startsWith('Mui') && !name.startsWith('p-')).join('.')}`;
    const say = (what: string, { element, text }: Piece): void => { problems.add(`${what}: «${text.slice(0, 60)}» in ${nameOf(element)} of ${nameOf(element.parentElement ?? element)}`); };
    const top = [...document.querySelectorAll('[role="dialog"], [role="menu"]')].at(-1) ?? document.body;
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (element === null || text === '' || element.closest('.visually-hidden, script, style, option, [hidden], noscript') !== null) continue;
      if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) if (rect.width > 1 && rect.height > 1) pieces.push({ element, text, rect });
    }
    const mayScrollSideways = (holder: Element): boolean =>
      // As WCAG 1.4.10 has it: bars and tables may need two directions where the page is magnified, words may not.
      holder.matches('.columns-scroll') || (magnified && (holder.matches('header, nav, [role="tablist"], .incoming-scroll') || holder.querySelector('table') !== null));
    for (const box of top.querySelectorAll('*')) {
      const { overflowX } = getComputedStyle(box);
      if ((overflowX === 'auto' || overflowX === 'scroll') && box.scrollWidth > box.clientWidth + SLACK_PX && box.clientWidth > 0 && !mayScrollSideways(box)) problems.add(`scrolls sideways: ${nameOf(box)}`);
    }
    const scrolls = (element: Element): boolean => {
      for (let holder = element.parentElement; holder !== null; holder = holder.parentElement) if (/auto|scroll/.test(getComputedStyle(holder).overflowX)) return true;
      return false;
    };
    for (const control of top.querySelectorAll('button, input, select, textarea:not([aria-hidden])')) {
      const { right, left, width } = control.getBoundingClientRect();
      if (width > 1 && (right > window.innerWidth + SLACK_PX || left < -SLACK_PX) && !scrolls(control) && control.closest('.visually-hidden') === null) problems.add(`beyond the window: ${nameOf(control)}`);
    }
    const gaveWay = ({ element, rect }: Piece): boolean => {
      const line = element.closest('.fits')?.getBoundingClientRect();
      return line !== undefined && rect.top >= line.bottom - SLACK_PX;
    };
    const isTold = (element: Element): boolean => element.closest('[title], [role="option"], [role="row"], .who') !== null;
    const visible: Piece[] = [];
    for (const piece of pieces) {
      if (gaveWay(piece)) continue;
      const { element, rect } = piece;
      let { left, right, top: above, bottom } = rect;
      let isCut = false;
      for (let holder: Element | null = element; holder !== null && !isCut; holder = holder.parentElement) {
        const style = getComputedStyle(holder);
        const box = holder.getBoundingClientRect();
        const cutsX = style.overflowX === 'hidden' || style.overflowX === 'clip';
        const cutsY = style.overflowY === 'hidden' || style.overflowY === 'clip';
        const scrollsX = style.overflowX === 'auto' || style.overflowX === 'scroll';
        const scrollsY = style.overflowY === 'auto' || style.overflowY === 'scroll';
        if ((cutsX || scrollsX) && (right > box.right + SLACK_PX || left < box.left - SLACK_PX)) {
          if (scrollsX && !mayScrollSideways(holder)) say('only by scrolling sideways', piece);
          if (!scrollsX && !(style.textOverflow === 'ellipsis' && isTold(element))) say('cut off', piece);
          isCut = true;
        }
        if (cutsY && (bottom > box.bottom + SLACK_PX || above < box.top - SLACK_PX)) {
          say('cut off below or above', piece);
          isCut = true;
        }
        if (scrollsX || scrollsY || cutsX || cutsY) [left, right, above, bottom] = [Math.max(left, box.left), Math.min(right, box.right), Math.max(above, box.top), Math.min(bottom, box.bottom)];
        if (right - left <= 1 || bottom - above <= 1) isCut = true;
        if (style.position === 'fixed') break;
      }
      const button = element.closest('button, .tag, .chip, [role="option"], .card');
      if (button !== null && !isCut) {
        const box = button.getBoundingClientRect();
        if (rect.right > box.right + SLACK_PX || rect.left < box.left - SLACK_PX || rect.bottom > box.bottom + 3 || rect.top < box.top - 3) say('stands out of its box', piece);
      }
      if (!isCut) visible.push({ ...piece, rect: new DOMRect(left, above, right - left, bottom - above) });
    }
    const isSeen = ({ element, rect }: Piece): boolean => {
      const hit = document.elementFromPoint(rect.x + rect.width / 2, rect.y + rect.height / 2);
      return hit !== null && (hit.contains(element) || element.contains(hit));
    };
    visible.forEach((one, index) => {
      for (const other of visible.slice(index + 1)) {
        if (one.element === other.element) continue;
        const wide = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
        const high = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
        if (wide > 3 && high > 5 && (isSeen(one) || isSeen(other))) {
          // What is stuck to the foot of a scroller covers text that scrolls out from under it.
          if (getComputedStyle(one.element.closest('.outcome-foot') ?? one.element).position === 'sticky' || getComputedStyle(other.element.closest('.outcome-foot') ?? other.element).position === 'sticky') continue;
          say(`lies on «${other.text.slice(0, 40)}»`, one);
        }
      }
    });
    return [...problems];
  }, zoom > 1);
}
