/**
 * Printing, between the desk, which has the document, and main, which has the browser engine.
 *
 *   desk  print-request ─▶ main   one page of HTML that the desk made from its own data
 *   main  print-reply ───▶ desk   the PDF, or null where it could not be made
 *
 * Invariant: neither comes from a page nor goes to one.
 */
import { z } from 'zod';
import { printPageSchema } from '../documents/print-page.ts';

const requestId = z.string().min(1).max(80);

export const desksPrintRequest = z.object({ type: z.literal('print-request'), requestId, page: printPageSchema });
export const mainsPrintReply = z.object({ type: z.literal('print-reply'), requestId, pdf: z.instanceof(Uint8Array).nullable() });

export type PrintRequest = z.infer<typeof desksPrintRequest>;
export type PrintReply = z.infer<typeof mainsPrintReply>;
