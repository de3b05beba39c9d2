/**
 * A creditor's file on a hub whose disk is full: while it comes, and while it is taken.
 *
 * Invariants: a sentence says so and the hub lives; nothing is half; facts keep room of their own; when space returns the upload goes on where
 * it was, and the job run again completes the file.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '../../hub/store/open-store.ts';
import { addUser } from '../../hub/users/add-user.ts';
import { KEPT_FREE_BYTES } from '../../hub/file-pieces.ts';
import type { ImportJob } from '../../shared/protocol/import-protocol.ts';
import { IMPORT_CHUNK_CONTENT_TYPE, importFileSchema, importJobSchema, importPreviewSchema } from '../../shared/protocol/import-protocol.ts';
import { systemClock } from '../../shared/time.ts';
import { errorCode, PASSWORD, signInOver } from '../integration/hub-harness.ts';
import { HubProcess } from '../support/hub-process.ts';
import { SmallDisk } from './small-disk.ts';

const ROWS = 6_000;
const PIECE = 100_000;
const csv = Buffer.from(['Codice cliente;Ragione sociale;Numero fattura;Data fattura;Scadenza;Importo',
  ...Array.from({ length: ROWS }, (_, row) => `D${String(row)};Cliente ${String(row)};F/${String(row)};01/02/2026;01/03/2026;10,00`)].join('\n'));

it('says that the disk is full while a file comes and while it is taken, and goes on when there is room', async () => {
  const disk = SmallDisk.create(80);
  const dataDir = join(disk.path, 'hub');
  const store = await openStore({ dataDir, postgresUrl: null });
  const added = await addUser(store, systemClock, { username: 'lead', displayName: 'Lead', role: 'lead', password: PASSWORD });
  if (!added.ok) throw new Error(added.refusal.code);
  await store.close();
  const hub = await HubProcess.start(dataDir, { extra: ['--quiet'] });
  try {
    const lead = await signInOver(hub, 'lead');
    const send = (fileId: string, offset: number): Promise<Response> => fetch(`${hub.url}/v1/import-files/${fileId}?offset=${String(offset)}`, {
      method: 'PATCH', headers: { authorization: `Bearer ${lead.token}`, 'content-type': IMPORT_CHUNK_CONTENT_TYPE },
      body: new Uint8Array(csv.subarray(offset, offset + PIECE)),
    });
    const file = importFileSchema.parse(await (await lead.call('POST', '/v1/import-files', { fileName: 'd.csv', sizeBytes: csv.length })).json());
    expect((await send(file.fileId, 0)).status).toBe(200);
    for (const pagesLeft of [0, KEPT_FREE_BYTES / 4096]) {
      disk.fill(pagesLeft);
      const refused = await send(file.fileId, PIECE);
      expect(refused.status).toBe(507);
      expect(await errorCode(refused)).toBe('import-disk-full');
      expect(statSync(join(dataDir, 'imports', file.fileId)).size).toBe(PIECE);
    }
    disk.free();
    for (let offset = PIECE; offset < csv.length; offset += PIECE) expect((await send(file.fileId, offset)).status).toBe(200);

    const seen = importPreviewSchema.parse(await (await lead.call('GET', `/v1/import-files/${file.fileId}/preview`)).json());
    const request = {
      creditor: 'Disco', content: 'invoices', sheet: null, map: seen.columns.flatMap(({ column, field }) => (field === null ? [] : [{ column, field }])),
      dateFormat: null, currency: 'EUR', asOf: null, dryRun: false, saveMapping: false,
    };
    const ask = async (job: ImportJob): Promise<ImportJob> => importJobSchema.parse(await (await lead.call('GET', `/v1/import-jobs/${job.jobId}`)).json());
    const finish = async (begun: ImportJob): Promise<ImportJob> => {
      for (let now = begun; ; now = await ask(now)) if (now.endedAt !== null) return now;
    };
    const job = importJobSchema.parse(await (await lead.call('POST', `/v1/import-files/${file.fileId}/jobs`, request)).json());
    while ((await ask(job)).progress.rowsStored < 400);
    // To the last byte: not even the end of the job can be written down, and it is told all the same.
    disk.fill(0);
    const ended = await finish(job);
    expect(ended).toMatchObject({ state: 'failed', error: { code: 'import-disk-full', messageKey: 'error.importDiskFull' }, report: null, fileKept: true });
    const { rowsStored } = ended.progress;
    expect(rowsStored % 200).toBe(0);
    expect(rowsStored).toBeLessThan(ROWS);
    expect(await errorCode(await lead.call('POST', `/v1/import-jobs/${job.jobId}/again`, {}))).toBe('import-disk-full');
    disk.free();
    const again = await finish(importJobSchema.parse(await (await lead.call('POST', `/v1/import-jobs/${job.jobId}/again`, {})).json()));
    expect(again).toMatchObject({ state: 'done', report: { invoices: { new: ROWS - rowsStored, unchanged: rowsStored } } });
  } finally {
    await hub.stop();
  }
});
