/**
 * The rows of a sheet, one after the other.
 *
 * Invariants: a row comes out once, with the number Excel shows beside it, and memory holds the rows of one piece of XML only;
 * of a formula the value that was last computed counts; what a phonetic guide or a comment says is not the cell's text.
 */
import { ImportRefusal } from '../import-refusal.ts';
import type { CsvRecord } from '../read-records.ts';
import { numberText } from './cell-text.ts';
import type { SheetInfo, Workbook } from './open-workbook.ts';
import { isTrue } from './open-workbook.ts';
import type { XmlHandlers } from './scan-xml.ts';
import { scanXml } from './scan-xml.ts';

const MAX_COLUMNS = 16_384;
const MAX_ROWS = 1_048_576;
const MAX_CELL_LENGTH = 1_000_000;

/** Every row that has a cell with something in it; `onBytes` hears how much of the sheet's XML was read. */
export async function* readSheet(workbook: Workbook, sheet: SheetInfo, onBytes: (bytes: number) => void): AsyncGenerator<CsvRecord> {
  const reader = new SheetReader(workbook);
  for await (const bytes of scanXml(workbook.parts.read(sheet.part), reader)) {
    onBytes(bytes);
    yield* reader.take();
  }
}

class SheetReader implements XmlHandlers {
  readonly #workbook: Workbook;
  #rows: CsvRecord[] = [];
  #line = 0;
  #isHidden = false;
  #cells: string[] = [];
  #numbers: Set<number> | null = null;
  #hasValue = false;
  #column = -1;
  #type = 'n';
  #style = 0;
  #value = '';
  #isValue = false;
  #phonetic = 0;
  #isInSheet = false;

  constructor(workbook: Workbook) {
    this.#workbook = workbook;
  }

  /** The rows that were completed since the last call. */
  take(): CsvRecord[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'sheetData':
        this.#isInSheet = true;
        return;
      case 'row':
        this.#line = attributes.r === undefined ? this.#line + 1 : Number(attributes.r);
        if (!(this.#line >= 1 && this.#line <= MAX_ROWS)) throw new ImportRefusal('import-workbook-damaged');
        this.#isHidden = isTrue(attributes.hidden);
        this.#cells = [];
        this.#numbers = null;
        this.#hasValue = false;
        this.#column = -1;
        return;
      case 'c':
        this.#column = attributes.r === undefined ? this.#column + 1 : columnOf(attributes.r);
        if (this.#column >= MAX_COLUMNS) throw new ImportRefusal('import-workbook-damaged');
        this.#type = attributes.t ?? 'n';
        this.#style = attributes.s === undefined ? 0 : Number(attributes.s);
        this.#value = '';
        return;
      case 'rPh':
        this.#phonetic += 1;
        return;
      case 'v':
        this.#isValue = this.#isInSheet;
        return;
      case 't':
        this.#isValue = this.#isInSheet && this.#type === 'inlineStr' && this.#phonetic === 0;
        return;
      default:
        this.#isValue = false;
    }
  }

  text(text: string): void {
    if (!this.#isValue) return;
    this.#value += text;
    if (this.#value.length > MAX_CELL_LENGTH) throw new ImportRefusal('import-workbook-damaged');
  }

  close(name: string): void {
    switch (name) {
      case 'v':
      case 't':
        this.#isValue = false;
        return;
      case 'rPh':
        this.#phonetic -= 1;
        return;
      case 'c':
        this.#endCell();
        return;
      case 'row':
        if (this.#hasValue) this.#rows.push({ line: this.#line, cells: this.#cells, numbers: this.#numbers, hidden: this.#isHidden });
        return;
      case 'sheetData':
        this.#isInSheet = false;
    }
  }

  #endCell(): void {
    if (!this.#isInSheet || this.#value === '') return;
    const text = this.#textOfCell();
    if (text.trim() === '') return;
    while (this.#cells.length < this.#column) this.#cells.push('');
    this.#cells[this.#column] = text;
    this.#hasValue = true;
    if (this.#type === 'n') (this.#numbers ??= new Set()).add(this.#column);
  }

  #textOfCell(): string {
    switch (this.#type) {
      case 's':
        return unescape(this.#workbook.strings.get(Number(this.#value)));
      case 'n': {
        const format = this.#workbook.formats[this.#style] ?? 'plain';
        return numberText(this.#value, format, this.#workbook.date1904);
      }
      case 'b':
        return isTrue(this.#value.trim()) ? 'TRUE' : 'FALSE';
      case 'd':
        return this.#value.replace(/T.*$/, '');
      default:
        // `str` (a formula's text), `inlineStr`, `e` (an error such as #N/A).
        return unescape(this.#value);
    }
  }
}

/** `_x000D_` stands for a character that XML cannot hold. */
function unescape(text: string): string {
  return text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_match, code: string) => (code === '0000' ? '' : String.fromCharCode(parseInt(code, 16)))) : text;
}

/** `AB12` → 27. */
function columnOf(reference: string): number {
  let column = 0;
  for (let place = 0; place < reference.length; place += 1) {
    const code = reference.charCodeAt(place);
    const letter = code >= 97 ? code - 32 : code;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + (letter - 64);
  }
  if (column === 0) throw new ImportRefusal('import-workbook-damaged');
  return column - 1;
}
