/**
 * Who writes and to whom, on top of every document.
 *
 * Invariant: a logo is a picture inside the document, never an address that something would fetch.
 */
import { z } from 'zod';

const line = (most: number): z.ZodString => z.string().trim().min(1).max(most);
const LARGEST_LOGO_CHARACTERS = 400_000;

/** PNG or SVG, in base64. */
export const logoSchema = z.object({
  mediaType: z.enum(['image/png', 'image/svg+xml']),
  base64: z.base64().min(4).max(LARGEST_LOGO_CHARACTERS),
});

export const letterheadSchema = z.object({
  name: line(200),
  /** Lines as they are printed. */
  address: z.array(line(300)).max(6),
  taxCode: line(40).nullable(),
  /** Telephone, e-mail, hours: a line each. */
  contact: z.array(line(160)).max(6),
  logo: logoSchema.nullable(),
});
export type Letterhead = z.infer<typeof letterheadSchema>;

export const addresseeSchema = z.object({
  name: line(200),
  address: z.array(line(300)).max(6),
  taxCode: line(40).nullable(),
  /** As the creditor knows the customer. */
  code: line(80).nullable(),
});
export type Addressee = z.infer<typeof addresseeSchema>;

export const documentLanguages = ['it', 'en'] as const;
export type DocumentLanguage = (typeof documentLanguages)[number];
