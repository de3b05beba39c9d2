/**
 * Workbooks as Excel and as LibreOffice write them, for tests: the parts, the attributes and the habits of each.
 *
 * Excel: shared strings, `dimension`, `spans`, rich text and phonetic runs, empty styled cells, dates by the built-in format 14.
 * LibreOffice: shared strings too, `numFmt` codes of its own for dates, `t="n"` said aloud, `customFormat`/`ht` on rows, booleans
 * as formulas' values. `inline`: what many accounting programs write (no shared strings, no `r` on cells).
 */
import { crc32, deflateRawSync } from 'node:zlib';

export type Cell =
  | string | null | { number: number | string } | { date: number } | { bool: boolean } | { formula: string; value: number | string }
  | { rich: readonly string[]; phonetic?: string } | { error: string } | { zeros: number; digits: number };

export interface SheetSpec { name: string; rows: readonly (readonly Cell[])[]; hidden?: boolean; hiddenRows?: readonly number[]; merges?: readonly string[] }
export interface BookSpec { writer: 'excel' | 'libreoffice' | 'inline'; sheets: readonly SheetSpec[]; date1904?: boolean }

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n';

/** The bytes of a workbook. */
export function writeXlsx(book: BookSpec): Buffer {
  const strings = new Map<string, number>();
  const sheets = book.sheets.map((sheet) => sheetXml(sheet, book.writer, strings));
  const relation = (id: string, type: string, target: string): string => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
  const parts: [string, string][] = [
    ['[Content_Types].xml', `${xmlHead}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`],
    ['_rels/.rels', `${xmlHead}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relation('rId1', 'officeDocument', book.writer === 'excel' ? 'xl/workbook.xml' : '/xl/workbook.xml')}</Relationships>`],
    ['xl/workbook.xml', `${xmlHead}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${book.date1904 === true ? ' date1904="1"' : ''}/><sheets>${book.sheets
      .map((sheet, index) => `<sheet name="${escape(sheet.name)}" sheetId="${String(index + 1)}"${sheet.hidden === true ? ' state="hidden"' : ''} r:id="rId${String(index + 1)}"/>`).join('')}</sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', `${xmlHead}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${book.sheets
      .map((_sheet, index) => relation(`rId${String(index + 1)}`, 'worksheet', `worksheets/sheet${String(index + 1)}.xml`)).join('')}${relation('rId90', 'styles', 'styles.xml')}${book.writer === 'inline' ? '' : relation('rId91', 'sharedStrings', 'sharedStrings.xml')}</Relationships>`],
    ['xl/styles.xml', stylesXml(book.writer)],
    ...sheets.map((xml, index): [string, string] => [`xl/worksheets/sheet${String(index + 1)}.xml`, xml]),
    ...(book.writer === 'inline' ? [] : [['xl/sharedStrings.xml', `${xmlHead}<sst xmlns="${main}" uniqueCount="${String(strings.size)}">${[...strings.keys()].map((inner) => `<si>${inner}</si>`).join('')}</sst>`] as [string, string]]),
  ];
  return zip(parts.map(([name, text]) => ({ name, bytes: Buffer.from(text) })));
}

const DATE_STYLE = 1;
const ZEROS_STYLE = 2;

function stylesXml(writer: BookSpec['writer']): string {
  const date = writer === 'excel' ? 14 : 165;
  const codes = writer === 'excel' ? '<numFmts count="1"><numFmt numFmtId="164" formatCode="00000"/></numFmts>'
    : '<numFmts count="3"><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy"/><numFmt numFmtId="166" formatCode="[$-410]General"/></numFmts>';
  return `${xmlHead}<styleSheet xmlns="${main}">${codes}<cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="${String(date)}" applyNumberFormat="1"/><xf numFmtId="164"/></cellXfs></styleSheet>`;
}

function sheetXml(sheet: SheetSpec, writer: BookSpec['writer'], strings: Map<string, number>): string {
  const rows = sheet.rows.map((cells, index) => {
    const row = index + 1;
    const hidden = sheet.hiddenRows?.includes(row) === true ? ' hidden="1"' : '';
    const own = writer === 'excel' ? ` spans="1:${String(cells.length)}"` : writer === 'libreoffice' ? ' customFormat="false" ht="12.8" outlineLevel="0"' : '';
    const inner = cells.map((cell, column) => cellXml(cell, writer === 'inline' ? '' : ` r="${columnName(column)}${String(row)}"`, writer, strings)).join('');
    return cells.length === 0 && writer === 'excel' ? '' : `<row${writer === 'inline' ? '' : ` r="${String(row)}"`}${own}${hidden}>${inner}</row>`;
  });
  const merges = sheet.merges === undefined ? '' : `<mergeCells count="${String(sheet.merges.length)}">${sheet.merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`;
  return `${xmlHead}<worksheet xmlns="${main}">${writer === 'excel' ? `<dimension ref="A1:Z${String(rows.length)}"/>` : ''}<sheetData>${rows.join('')}</sheetData>${merges}</worksheet>`;
}

function cellXml(cell: Cell, ref: string, writer: BookSpec['writer'], strings: Map<string, number>): string {
  const shared = (inner: string): string => {
    if (writer === 'inline') return `<c${ref} t="inlineStr"><is>${inner}</is></c>`;
    const index = strings.get(inner) ?? strings.size;
    strings.set(inner, index);
    return `<c${ref} t="s"><v>${String(index)}</v></c>`;
  };
  const type = writer === 'libreoffice' ? ' t="n"' : '';
  if (cell === null) return writer === 'inline' ? '<c/>' : writer === 'excel' ? `<c${ref} s="1"/>` : '';
  if (typeof cell === 'string') return shared(`<t xml:space="preserve">${escape(cell)}</t>`);
  if ('number' in cell) return `<c${ref}${type}><v>${String(cell.number)}</v></c>`;
  if ('date' in cell) return `<c${ref} s="${String(DATE_STYLE)}"${type}><v>${String(cell.date)}</v></c>`;
  if ('zeros' in cell) return `<c${ref} s="${String(ZEROS_STYLE)}"${type}><v>${String(cell.digits)}</v></c>`;
  if ('bool' in cell) return writer === 'libreoffice' ? `<c${ref} t="b"><f aca="false">TRUE()</f><v>${cell.bool ? '1' : '0'}</v></c>` : `<c${ref} t="b"><v>${cell.bool ? '1' : '0'}</v></c>`;
  if ('error' in cell) return `<c${ref} t="e"><f>VLOOKUP(1,A1,1)</f><v>${cell.error}</v></c>`;
  if ('formula' in cell) {
    return typeof cell.value === 'number'
      ? `<c${ref}><f>${escape(cell.formula)}</f><v>${String(cell.value)}</v></c>` : `<c${ref} t="str"><f>${escape(cell.formula)}</f><v>${escape(cell.value)}</v></c>`;
  }
  const runs = cell.rich.map((text) => `<r><rPr><b/></rPr><t xml:space="preserve">${escape(text)}</t></r>`).join('');
  return shared(`${runs}${cell.phonetic === undefined ? '' : `<rPh sb="0" eb="1"><t>${escape(cell.phonetic)}</t></rPh><phoneticPr fontId="1"/>`}`);
}

function columnName(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : columnName(Math.floor(column / 26) - 1) + String.fromCharCode(65 + (column % 26));
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/\r/g, '_x000D_');
}

/** `claimedBytes`: what the directory says the part unpacks to, where that is to be a lie. */
export interface ZipPart { name: string; bytes: Buffer; claimedBytes?: number }

/** A zip with every part deflated. */
export function zip(parts: readonly ZipPart[]): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, claimedBytes } of parts) {
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claimedBytes ?? bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), common, tail, Buffer.from(name)]));
    pieces.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('504b0506', 0, 'hex');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...pieces, central, end]);
}
