/** The one way from a document to a PDF of a case. */
import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { PrintableDocument } from '../../../shared/documents/printable-document.ts';
import { fileNameOf, renderDocument } from '../../../shared/documents/render-document.ts';
import type { Result } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';
import { attachFile } from '../commands/attach-file.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import type { Printer } from './printer.ts';

export interface PrintJob extends Pick<CommandRequest<'attach-file'>, 'commandId' | 'caseId' | 'basedOn'> {
  document: PrintableDocument;
}

/**
 * Prints a document and attaches it to its case: the bytes on the disk, in the fact's hash and, later, in the customer's mail are the same ones. Sent again,
 * a command gets its first acknowledgement, and the first PDF stays the only one.
 * Errors: `case-not-mine`, `print-failed` (retryable), those of an attachment.
 */
export async function printDocument(session: Session, printer: Printer, { document, commandId, caseId, basedOn }: PrintJob): Promise<Result<CommandOutput<'attach-file'>>> {
  if (session.book.get(caseId, viewContext(session)) === null) return fail('case-not-mine', 'error.caseNotMine');
  const page = renderDocument(document);
  const printed = await printer.print(page);
  if (!printed.ok) return printed;
  // Signed out while it was printed.
  if (!session.db.open) return fail('not-signed-in', 'error.notSignedIn');
  return attachFile(session, { commandId, caseId, basedOn, fileName: fileNameOf(document, page), mediaType: 'application/pdf', note: '', bytes: new Uint8Array(printed.value) });
}
