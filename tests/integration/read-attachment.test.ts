/**
 * Saving an attached file from the timeline.
 *
 * Invariants: what is given is what was attached; offline it is given where it is held and refused with a sentence where it
 * is not; a file that was altered on the hub's disk is not given at all.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CaseId, FactId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { ATTACHMENT_CHUNK_BYTES } from '../../shared/protocol/attachment-protocol.ts';
import { allSent, openAgency, workableRows } from '../support/agency.ts';
import type { DeskProcess } from '../support/desk-process.ts';
import { signInAs } from '../support/shift.ts';

async function given(desk: DeskProcess, caseId: CaseId, factId: FactId): Promise<{ name: string; bytes: Buffer } | string> {
  const file = await desk.query('read-attachment', { caseId, factId });
  return file.ok ? { name: file.value.fileName, bytes: Buffer.from(file.value.bytes) } : file.error.messageKey;
}

it('gives the file from the desk that holds it, from the hub elsewhere, and says where it is when neither answers', async () => {
  const agency = await openAgency();
  const desk = await agency.startDesk('pc');
  await signInAs(desk, 'carla');
  const [row] = await workableRows(desk);
  if (row === undefined) throw new Error('nothing to work');
  const { caseId } = row;
  await allSent(desk);
  await agency.killHub();
  const bytes = randomBytes(2 * ATTACHMENT_CHUNK_BYTES + 5);
  const attached = await desk.command('attach-file', { caseId, fileName: 'contratto.pdf', mediaType: 'application/pdf', note: '', bytes, basedOn: { caseRevision: 1, scriptVersion: null } });
  if (!attached.ok) throw new Error(attached.error.code);
  const { factId } = attached.value;
  expect(await given(desk, caseId, factId)).toEqual({ name: 'contratto.pdf', bytes });
  expect(await given(desk, caseId, newId<FactId>())).toBe('error.attachmentNotFound');

  await agency.startHub();
  await allSent(desk);
  const other = await agency.startDesk('other-pc');
  await signInAs(other, 'carla');
  await workableRows(other);
  await allSent(other);
  await other.until('show-case', { caseId }, (screen) => screen.history.some((entry) => entry.factId === factId));
  expect(await given(other, caseId, factId)).toEqual({ name: 'contratto.pdf', bytes });

  const folder = join(agency.hub.dataDir, 'attachments');
  const [stored] = readdirSync(folder);
  if (stored === undefined) throw new Error('the hub holds no file');
  const altered = readFileSync(join(folder, stored));
  altered.writeUInt8(altered.readUInt8(7) ^ 1, 7);
  writeFileSync(join(folder, stored), altered);
  expect(await given(other, caseId, factId)).toBe('error.attachmentNotWhole');

  await agency.killHub();
  expect(await given(other, caseId, factId)).toBe('error.attachmentOffline');
  expect(await given(desk, caseId, factId)).toEqual({ name: 'contratto.pdf', bytes });
});
