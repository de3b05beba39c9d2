/**
 * From a document to its page and to the name of its file.
 *
 * Invariant: a soft hyphen (U+00AD) only says where a screen may break a word: it is no sign of a name, and none reaches the paper, the code or
 * the file's name.
 */
import type { PrintPage } from './print-page.ts';
import type { PrintableDocument } from './printable-document.ts';
import { printableDocumentSchema } from './printable-document.ts';
import { renderAgreement } from './render-agreement.ts';
import { renderCoordinates } from './render-coordinates.ts';
import { renderInterest } from './render-interest.ts';

const LONGEST_TITLE = 120;
const SOFT_HYPHEN = '\u00AD';

/** The page to print. */
export function renderDocument(given: PrintableDocument): PrintPage {
  const document = printableDocumentSchema.parse(JSON.parse(JSON.stringify(given).replaceAll(SOFT_HYPHEN, '')));
  switch (document.kind) {
    case 'agreement': return renderAgreement(document);
    case 'coordinates': return renderCoordinates(document);
    case 'interest': return renderInterest(document);
  }
}

/** "Accordo di rientro RF18539007547034 2026-11-23.pdf"; no sign that a file system minds. */
export function fileNameOf(document: PrintableDocument, { title }: Pick<PrintPage, 'title'>): string {
  const on = document.kind === 'agreement' ? document.agreedOn : document.kind === 'interest' ? document.until : document.on;
  const plain = title.replace(/[^\p{L}\p{N} ’'-]+/gu, ' ').replace(/ +/g, ' ').trim().slice(0, LONGEST_TITLE).trim();
  return `${plain} ${on}.pdf`;
}
