/**
 * Reads QR codes from pixels, with another implementation (ZXing) than the one that draws ours.
 *
 * Invariant: the decoder's file comes from its package; nothing is fetched.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

export interface Pixels {
  width: number;
  height: number;
  /** Red, green, blue, alpha. */
  data: Uint8ClampedArray;
}

export interface ReadCode {
  text: string;
  version: string;
  correction: string;
}

const extraSchema = z.object({ Version: z.string(), ECLevel: z.string() });
const file = readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')));
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(file).buffer } });

/** Every QR code in a picture. */
export async function readQrCodes({ width, height, data }: Pixels): Promise<ReadCode[]> {
  const picture = { width, height, data: new Uint8ClampedArray(data), colorSpace: 'srgb' } as ImageData;
  const found = await readBarcodes(picture, { formats: ['QRCode'], tryHarder: true });
  return found.filter(({ isValid }) => isValid).map(({ text, extra }) => {
    const { Version: version, ECLevel: correction } = extraSchema.parse(JSON.parse(extra));
    return { text, version, correction };
  });
}
