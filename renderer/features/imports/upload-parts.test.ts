import { describe, expect, it } from 'vitest';
import { IMPORT_PART_BYTES } from '../../../shared/contract/import-channels.ts';
import type { ImportFileId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { ImportFile } from '../../../shared/protocol/import-protocol.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { UploadPort } from './upload-parts.ts';
import { uploadParts } from './upload-parts.ts';

const sizeBytes = 2 * IMPORT_PART_BYTES + 700;
const content = Uint8Array.from({ length: sizeBytes }, (_, index) => (index * 31) % 251);
const begun: ImportFile = { fileId: newId<ImportFileId>(), fileName: 'a.csv', sizeBytes, receivedBytes: 0, expiresAt: 0 };
const noLine = fail('hub-unreachable', 'error.hubUnreachable', {}, true);

/** A hub that keeps what it gets, behind a line that follows the script: true = answers, `lost` = stores and the answer is lost, false = nothing. */
function hubBehind(script: (true | false | 'lost')[]): { port: UploadPort; kept: () => Uint8Array; sizes: number[]; troubles: (AppError | null)[]; cancel: () => void } {
  const kept: number[] = [];
  const sizes: number[] = [];
  const troubles: (AppError | null)[] = [];
  let cancelled = false;
  const state = (): Result<ImportFile> => ok({ ...begun, receivedBytes: kept.length });
  const port: UploadPort = {
    send: (_fileId, offset, bytes) => {
      const line = script.shift() ?? true;
      sizes.push(bytes.length);
      if (line !== false && offset === kept.length) for (const byte of bytes) kept.push(byte);
      return Promise.resolve(line === true ? state() : noLine);
    },
    ask: () => Promise.resolve((script.shift() ?? true) === true ? state() : noLine),
    pause: () => Promise.resolve(),
    isCancelled: () => cancelled,
    onProgress: () => undefined,
    onTrouble: (error) => troubles.push(error),
  };
  return { port, kept: () => Uint8Array.from(kept), sizes, troubles, cancel: () => { cancelled = true; } };
}

describe('uploadParts', () => {
  it.each([
    ['a good line', []], ['a line that goes away for a while', [true, false, false, false, true]], ['an answer that is lost', [true, 'lost', true, 'lost']],
  ] as [string, (true | false | 'lost')[]][])('brings every byte over %s, in parts', async (_name, script) => {
    const hub = hubBehind(script);
    expect(await uploadParts(new Blob([content]), begun, hub.port)).toMatchObject({ ok: true, value: { receivedBytes: sizeBytes } });
    expect(Buffer.from(hub.kept()).equals(Buffer.from(content))).toBe(true);
    expect(Math.max(...hub.sizes)).toBe(IMPORT_PART_BYTES);
    expect(hub.troubles.at(-1) ?? null).toBeNull();
  });

  it('goes on where the hub stands', async () => {
    const hub = hubBehind([]);
    await hub.port.send(begun.fileId, 0, content.subarray(0, IMPORT_PART_BYTES));
    await uploadParts(new Blob([content]), { ...begun, receivedBytes: IMPORT_PART_BYTES }, hub.port);
    expect(hub.sizes).toEqual([IMPORT_PART_BYTES, IMPORT_PART_BYTES, 700]);
  });

  it('ends at a refusal, at a standstill and when it is cancelled', async () => {
    const refused = hubBehind([]);
    refused.port.send = () => Promise.resolve(fail('import-disk-full', 'error.importDiskFull'));
    expect(await uploadParts(new Blob([content]), begun, refused.port)).toMatchObject({ ok: false, error: { code: 'import-disk-full' } });
    const stuck = hubBehind([]);
    stuck.port.send = () => Promise.resolve(ok(begun));
    expect(await uploadParts(new Blob([content]), begun, stuck.port)).toMatchObject({ ok: false, error: { code: 'upload-stuck' } });
    const cancelled = hubBehind([false]);
    cancelled.port.pause = () => {
      cancelled.cancel();
      return Promise.resolve();
    };
    expect(await uploadParts(new Blob([content]), begun, cancelled.port)).toEqual(ok('cancelled'));
  });
});
