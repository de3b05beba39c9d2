import { createHash, randomBytes } from 'node:crypto';
import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { AttachmentBody } from '../../../shared/facts/fact-bodies.ts';
import type { AttachmentId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import { MAX_ATTACHMENT_BYTES } from '../../../shared/protocol/attachment-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { blobsOf } from '../attachments/attachment-blobs.ts';
import { insertAttachment } from '../store/attachment-store.ts';
import { afterCaseCommit } from './after-commit.ts';
import { appendCaseFact } from './append-case-fact.ts';
import { commitOnce } from './commit-once.ts';

const LONGEST_NAME = 200;

/**
 * Attaches a file to a case: the sealed blob first, durable; then fact, row and acknowledgement in one transaction.
 * A crash between the two leaves a blob without a key, which the next sign-in sweeps away.
 */
export async function attachFile(session: Session, input: CommandRequest<'attach-file'>): Promise<Result<CommandOutput<'attach-file'>>> {
  const { bytes } = input;
  if (bytes.length === 0) return fail('attachment-empty', 'error.attachmentEmpty', { field: 'file' });
  if (bytes.length > MAX_ATTACHMENT_BYTES) return fail('attachment-too-large', 'error.attachmentTooLarge', { field: 'file' });
  if (session.book.get(input.caseId, viewContext(session)) === null) return fail('case-not-mine', 'error.caseNotMine');
  const note = input.note.trim();
  const blob = { attachmentId: newId<AttachmentId>(), sizeBytes: bytes.length, key: randomBytes(32) };
  const body: AttachmentBody = {
    attachmentId: blob.attachmentId, fileName: plainName(input.fileName), mediaType: plainMediaType(input.mediaType), sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'), note: note === '' ? null : note,
  };
  const blobs = blobsOf(session.db);
  let kept = false;
  try {
    await blobs.write(blob, bytes);
    // Signed out while the file was written.
    if (!session.db.open) return fail('not-signed-in', 'error.notSignedIn');
    const done = commitOnce(session, { commandId: input.commandId, name: 'attach-file' }, () => {
      const held = session.book.get(input.caseId, viewContext(session));
      if (held === null) return fail('case-not-mine', 'error.caseNotMine');
      const fact = appendCaseFact(session, held.entity, 'attachment-added', { ...body }, input.basedOn);
      insertAttachment(session.db, { ...blob, factId: fact.header.id, caseId: input.caseId, sha256: body.sha256 });
      session.book.placeAgain(input.caseId, viewContext(session));
      return ok({ factId: fact.header.id });
    });
    if (!done.ok) return done;
    kept = !done.value.repeated;
    if (kept) afterCaseCommit(session, input.caseId);
    return ok(done.value.reply);
  } catch (error) {
    return fileFailure(error);
  } finally {
    await blobs.settle(blob.attachmentId, kept);
  }
}

/** The name without folders and control characters, its ending kept when it is too long. */
function plainName(fileName: string): string {
  const last = fileName.split(/[\\/]/).at(-1) ?? '';
  const plain = last.replace(/\p{Cc}/gu, '').trim();
  if (plain === '') return 'file';
  if (plain.length <= LONGEST_NAME) return plain;
  const ending = /\.[^.]{1,20}$/.exec(plain)?.[0] ?? '';
  return plain.slice(0, LONGEST_NAME - ending.length) + ending;
}

function plainMediaType(mediaType: string): string {
  return mediaType.length <= 100 && /^[\w.+-]+\/[\w.+-]+$/.test(mediaType) ? mediaType : 'application/octet-stream';
}

/** What the disk refused, as the operator can act on it; anything else is a bug and is thrown. */
function fileFailure(error: unknown): ReturnType<typeof fail> {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return fail('disk-full', 'error.attachmentDiskFull', { file: code }, true);
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return fail('disk-read-only', 'error.attachmentDiskReadOnly', { file: code }, true);
  throw error;
}
