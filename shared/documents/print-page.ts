/**
 * What is handed to the printer: the body of a page, its title, its foot.
 *
 * Invariant: the body is HTML made by `html.ts`; it is shown where no script runs and nothing is fetched.
 */
import { z } from 'zod';
import { documentLanguages } from './letterhead.ts';

const LARGEST_BODY_CHARACTERS = 4_000_000;

export const printPageSchema = z.object({
  language: z.enum(documentLanguages),
  title: z.string().min(1).max(200),
  bodyHtml: z.string().min(1).max(LARGEST_BODY_CHARACTERS),
  /** On the left of every page's foot; the page numbers stand on the right. */
  footer: z.string().max(200),
  /** "Page {page} of {pages}" in the document's language. */
  pageOf: z.object({ before: z.string().max(20), between: z.string().max(20) }),
});
export type PrintPage = z.infer<typeof printPageSchema>;
