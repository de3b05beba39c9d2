/**
 * What the page that is printed may load: itself, its style, its fonts.
 *
 * Invariants: no script, no frame, no connection, no picture but those inside the document; the title is escaped, the body was when it was made.
 */
import { escapeHtml } from '../../../shared/documents/html.ts';
import type { PrintPage } from '../../../shared/documents/print-page.ts';
import { appOrigin } from '../app-origin.ts';

export const printUrl = `${appOrigin}/print/index.html`;

export const printPolicy = [
  "default-src 'none'", "style-src 'self'", "font-src 'self'", 'img-src data:', "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ');

const placeholders = /__LANGUAGE__|__TITLE__|<!--document-->/g;

/** The built page with a document in it. @throws Error where the build has no place for it */
export function fillPrintPage(template: string, { language, title, bodyHtml }: PrintPage): string {
  let filled = 0;
  const text = template.replace(placeholders, (placeholder) => {
    filled += 1;
    if (placeholder === '__LANGUAGE__') return language;
    return placeholder === '__TITLE__' ? escapeHtml(title) : bodyHtml;
  });
  if (filled !== 3) throw new Error(`the print page has ${String(filled)} of its 3 places`);
  return text;
}

/**
 * The foot of each page, with its number: a document of its own in the engine, which has none of our styles and waits for no font, so it is in the
 * system's (a font inside it was tried: the foot stayed empty).
 */
export function footerTemplate({ footer, pageOf }: PrintPage): string {
  const style = 'display:flex;justify-content:space-between;width:100%;margin:0 18mm;font:7.5pt sans-serif;color:#333';
  return `<div style="${style}"><span>${escapeHtml(footer)}</span><span>${escapeHtml(pageOf.before)} <span class="pageNumber"></span> ${escapeHtml(pageOf.between)} <span class="totalPages"></span></span></div>`;
}
