/**
 * The parts of a workbook: a zip, read in place.
 *
 * Invariants: nothing is believed of the zip that was not checked (sizes by yauzl, the checksum here, at the end of each part);
 * a part that would swell beyond what a workbook of Excel's own limits can be is refused before a byte of it is unpacked.
 */
import { crc32 } from 'node:zlib';
import * as yauzl from 'yauzl';
import { ImportRefusal } from '../import-refusal.ts';

/** A full sheet of Excel (1,048,576 rows) with twenty columns is about 1 GB of XML. */
const MAX_PART_BYTES = 2 * 1024 ** 3;
const MAX_ENTRIES = 10_000;
/** Deflate reaches 1,000 to 1; the XML of a real sheet stays well under this. */
const MAX_RATIO = 250;
const RATIO_MATTERS_FROM_BYTES = 64 * 1024 ** 2;
const ENCRYPTED_FLAG = 1;

export interface WorkbookParts {
  has(name: string): boolean;
  sizeOf(name: string): number;
  /** The bytes of a part that there is. */
  read(name: string): AsyncGenerator<Buffer>;
  close(): void;
}

/** Opens the zip at `path`; names are compared without case, as OPC says. */
export async function openParts(path: string): Promise<WorkbookParts> {
  const zip = await yauzl.openPromise(path, { autoClose: false, lazyEntries: true, validateEntrySizes: true }).catch(toRefusal);
  const entries = new Map<string, yauzl.Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= MAX_ENTRIES) throw new ImportRefusal('import-workbook-too-large');
      entries.set(entry.fileName.toLowerCase(), entry);
    }
  } catch (error) {
    zip.close();
    return toRefusal(error);
  }
  const find = (name: string): yauzl.Entry => {
    const entry = entries.get(name.toLowerCase());
    if (entry === undefined) throw new ImportRefusal('import-workbook-damaged', { part: name });
    return entry;
  };
  return {
    has: (name) => entries.has(name.toLowerCase()),
    sizeOf: (name) => find(name).uncompressedSize,
    read: (name) => readEntry(zip, find(name)),
    close: () => {
      zip.close();
    },
  };
}

async function* readEntry(zip: yauzl.ZipFile, entry: yauzl.Entry): AsyncGenerator<Buffer> {
  const { uncompressedSize, compressedSize, fileName, generalPurposeBitFlag } = entry;
  const isSwelling = uncompressedSize > RATIO_MATTERS_FROM_BYTES && uncompressedSize > compressedSize * MAX_RATIO;
  if (uncompressedSize > MAX_PART_BYTES || isSwelling) throw new ImportRefusal('import-workbook-too-large', { part: fileName });
  if ((generalPurposeBitFlag & ENCRYPTED_FLAG) !== 0) throw new ImportRefusal('import-workbook-locked');
  let checksum = 0;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
  } catch (error) {
    toRefusal(error);
  }
  if (checksum !== entry.crc32) throw new ImportRefusal('import-workbook-damaged', { part: fileName });
}

/** What yauzl and zlib throw about a file is the file's fault; what the operating system throws (it has a system call) is not. */
function toRefusal(error: unknown): never {
  if (error instanceof ImportRefusal || !(error instanceof Error) || 'syscall' in error) throw error;
  throw new ImportRefusal('import-workbook-damaged');
}
