import { randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { AttachmentBody } from '../../../shared/facts/fact-bodies.ts';
import type { AttachmentId, CaseId, FactId, UserId } from '../../../shared/id.ts';
import { newId, newRandomHex } from '../../../shared/id.ts';
import { ATTACHMENT_CHUNK_BYTES } from '../../../shared/protocol/attachment-protocol.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { adoptLostAttachments, forgetAttachments, insertAttachment, markStored, readWaitingAttachments, releaseStored } from '../store/attachment-store.ts';
import type { Sqlite } from '../store/database.ts';
import { openStore } from '../store/database.ts';
import { appendFact } from '../store/fact-store.ts';
import { writeMeta } from '../store/meta.ts';
import { blobsOf } from './attachment-blobs.ts';

function open(): { db: Sqlite; folder: string } {
  const folder = temporaryFolder();
  const opened = openStore({ path: join(folder, 'desk.db'), keyHex: newRandomHex(32), testRuntime: false });
  if (!opened.ok) throw new Error(opened.error.code);
  return { db: opened.value.db, folder: join(folder, 'attachments') };
}

async function add(db: Sqlite, bytes: Buffer): Promise<{ factId: FactId; attachmentId: AttachmentId; sizeBytes: number; key: Buffer }> {
  const blob = { factId: newId<FactId>(), attachmentId: newId<AttachmentId>(), sizeBytes: bytes.length, key: randomBytes(32) };
  await blobsOf(db).write(blob, bytes);
  insertAttachment(db, { ...blob, caseId: newId<CaseId>(), sha256: newRandomHex(32) });
  await blobsOf(db).settle(blob.attachmentId, true);
  return blob;
}

it('reads from any offset to the end of that chunk', async () => {
  const { db } = open();
  const bytes = randomBytes(2 * ATTACHMENT_CHUNK_BYTES + 7);
  const blob = await add(db, bytes);
  for (const offset of [0, 1, ATTACHMENT_CHUNK_BYTES - 1, ATTACHMENT_CHUNK_BYTES, ATTACHMENT_CHUNK_BYTES + 5, 2 * ATTACHMENT_CHUNK_BYTES, bytes.length - 1]) {
    const end = Math.min(bytes.length, (Math.floor(offset / ATTACHMENT_CHUNK_BYTES) + 1) * ATTACHMENT_CHUNK_BYTES);
    expect(await blobsOf(db).read(blob, offset)).toEqual(bytes.subarray(offset, end));
  }
  db.close();
});

it('sweeps what no row names, and nothing that is waiting or being added', async () => {
  const { db, folder } = open();
  const kept = await add(db, randomBytes(10));
  const erased = await add(db, randomBytes(10));
  const stored = await add(db, randomBytes(10));
  const beingAdded = newId<AttachmentId>();
  await blobsOf(db).write({ attachmentId: beingAdded, sizeBytes: 10, key: randomBytes(32) }, randomBytes(10));
  writeFileSync(join(folder, `${newId<AttachmentId>()}.new`), 'half');
  writeFileSync(join(folder, newId<AttachmentId>()), 'of a crash before its commit');
  db.transaction(() => { forgetAttachments(db, [erased.factId]); }).immediate();
  markStored(db, stored.factId, 1_000);
  releaseStored(db, 1_001);
  blobsOf(db).sweep(db);
  expect(readdirSync(folder).toSorted()).toEqual([kept.attachmentId, beingAdded].toSorted());
  expect(readWaitingAttachments(db).map((row) => row.factId)).toEqual([kept.factId]);
  await blobsOf(db).settle(beingAdded, false);
  expect(readdirSync(folder)).toEqual([kept.attachmentId]);
  db.close();
});

it('says damaged for what is missing, and does not die of it', async () => {
  const { db } = open();
  const blob = await add(db, randomBytes(10));
  expect(await blobsOf(db).read({ ...blob, attachmentId: newId<AttachmentId>() }, 0)).toBe('damaged');
  expect(await blobsOf(db).read({ ...blob, sizeBytes: 11 }, 0)).toBe('damaged');
  db.close();
});

it('adopts, after a salvage, the fact whose row was lost: its file waits to be asked about and does not open', async () => {
  const { db } = open();
  writeMeta(db, 'deviceId', newId<string>());
  const body: AttachmentBody = { attachmentId: newId<AttachmentId>(), fileName: 'x.pdf', mediaType: 'application/pdf', sizeBytes: 10, sha256: newRandomHex(32), note: null };
  await blobsOf(db).write({ attachmentId: body.attachmentId, sizeBytes: 10, key: randomBytes(32) }, randomBytes(10));
  const fact = appendFact(db, {
    id: newId<FactId>(), type: 'attachment-added', version: 1, caseId: newId<CaseId>(), at: 1, zone: 'Europe/Rome', actor: newId<UserId>(),
    basedOn: { caseRevision: null, scriptVersion: null, policyVersion: null },
  }, { ...body });
  adoptLostAttachments(db);
  adoptLostAttachments(db);
  const [waiting, ...others] = readWaitingAttachments(db);
  expect(others).toEqual([]);
  expect(waiting).toMatchObject({ factId: fact.header.id, attachmentId: body.attachmentId, sizeBytes: 10 });
  expect(waiting === undefined ? null : await blobsOf(db).read(waiting, 0)).toBe('damaged');
  db.close();
});
