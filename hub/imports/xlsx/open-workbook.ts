/**
 * A workbook as Excel, LibreOffice and accounting programs write it: its sheets, its number formats, its date system.
 *
 * Invariant: what is found out here once holds for every sheet; whoever opens closes, and then no temporary file is left.
 */
import { posix } from 'node:path';
import { ImportRefusal } from '../import-refusal.ts';
import type { CellFormat } from './cell-text.ts';
import { readFormat } from './cell-text.ts';
import type { WorkbookParts } from './open-parts.ts';
import { openParts } from './open-parts.ts';
import { scanWhole } from './scan-xml.ts';
import type { SharedStrings } from './shared-strings.ts';
import { noSharedStrings, readSharedStrings } from './shared-strings.ts';

export interface SheetInfo { name: string; hidden: boolean; part: string }

export interface Workbook {
  sheets: readonly SheetInfo[];
  /** Days count from 1904 (old Excel for Mac). */
  date1904: boolean;
  /** By the style number of a cell. */
  formats: readonly CellFormat[];
  parts: WorkbookParts;
  strings: SharedStrings;
  /** Once or twice alike. */
  close(): Promise<void>;
}

/** Opens the workbook at `path`. */
export async function openWorkbook(path: string): Promise<Workbook> {
  const parts = await openParts(path);
  let strings = noSharedStrings;
  try {
    const book = await findBook(parts);
    const relations = await readRelations(parts, book);
    const { sheets, date1904 } = await readBook(parts, book, relations);
    const partOf = (type: string, usual: string): string | null => relations.find((relation) => relation.type === type)?.target
      ?? (parts.has(usual) ? usual : null);
    const styles = partOf('styles', 'xl/styles.xml');
    const formats = styles === null || !parts.has(styles) ? [] : await readFormats(parts, styles);
    const table = partOf('sharedStrings', 'xl/sharedStrings.xml');
    if (table !== null && parts.has(table)) strings = await readSharedStrings(parts.read(table));
    let closed: Promise<void> | null = null;
    return {
      sheets, date1904, formats, parts, strings,
      close: () => {
        if (closed === null) parts.close();
        closed ??= strings.close();
        return closed;
      },
    };
  } catch (error) {
    parts.close();
    await strings.close();
    throw error;
  }
}

async function findBook(parts: WorkbookParts): Promise<string> {
  if (!parts.has('[Content_Types].xml')) throw new ImportRefusal('import-not-text');
  const found = (await readRelations(parts, '')).find((relation) => relation.type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  if (found.endsWith('.bin')) throw new ImportRefusal('import-workbook-old');
  if (!parts.has(found)) throw new ImportRefusal('import-not-text');
  return found;
}

interface Relation { id: string; type: string; target: string }

/** The relations of a part; of the package for the empty name. */
async function readRelations(parts: WorkbookParts, part: string): Promise<Relation[]> {
  const folder = posix.dirname(part);
  const file = part === '' ? '_rels/.rels' : posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const relations: Relation[] = [];
  if (!parts.has(file)) return relations;
  await scanWhole(parts.read(file), {
    open: (name, { Id = '', Type = '', Target = '', TargetMode = '' }) => {
      if (name !== 'Relationship' || TargetMode === 'External') return;
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(part === '' ? '' : folder, Target);
      relations.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target });
    },
    text: ignore, close: ignore,
  });
  return relations;
}

async function readBook(parts: WorkbookParts, book: string, relations: readonly Relation[]): Promise<{ sheets: SheetInfo[]; date1904: boolean }> {
  const sheets: SheetInfo[] = [];
  let date1904 = false;
  await scanWhole(parts.read(book), {
    open: (name, attributes) => {
      if (name === 'workbookPr') date1904 = isTrue(attributes.date1904);
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key === 'r:id' || key.endsWith(':id'))?.[1];
      const relation = relations.find((candidate) => candidate.id === id);
      if (relation?.type !== 'worksheet' || !parts.has(relation.target)) return;
      sheets.push({ name: attributes.name ?? '', hidden: (attributes.state ?? 'visible') !== 'visible', part: relation.target });
    },
    text: ignore, close: ignore,
  });
  if (sheets.length === 0) throw new ImportRefusal('import-workbook-damaged', { part: book });
  return { sheets, date1904 };
}

async function readFormats(parts: WorkbookParts, styles: string): Promise<CellFormat[]> {
  const codes = new Map<number, string>();
  const formats: CellFormat[] = [];
  let isCellFormats = false;
  await scanWhole(parts.read(styles), {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      if (name === 'cellXfs') isCellFormats = true;
      if (name !== 'xf' || !isCellFormats) return;
      const id = Number(attributes.numFmtId ?? '0');
      formats.push(readFormat(id, codes.get(id) ?? null));
    },
    text: ignore,
    close: (name) => {
      if (name === 'cellXfs') isCellFormats = false;
    },
  });
  return formats;
}

export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true' || value === 'on';
}

function ignore(): void {
  // This part's text and ends say nothing.
}
