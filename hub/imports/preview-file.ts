/** The first look at a file: what it is, its first rows, and what each column probably holds. */
import type { ImportPreview } from '../../shared/protocol/import-protocol.ts';
import { PREVIEW_ROWS } from '../../shared/protocol/import-protocol.ts';
import { missingImportFields } from '../../shared/protocol/import-columns.ts';
import type { ImportContent } from '../../shared/protocol/import-columns.ts';
import { ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { openSource } from './decode-source.ts';
import { catchRefusal } from './import-refusal.ts';
import { inspectSource } from './inspect-file.ts';
import type { FileInspection } from './inspect-file.ts';
import type { SavedMapping } from './jobs/saved-mapping.ts';
import type { CsvRecord } from './read-records.ts';
import { guessContent, suggestColumns } from './suggest-columns.ts';

/** So many rows decide the guess of the dates' order; the job looks at all. */
const ROWS_LOOKED_AT = 5_000;

export interface PreviewQuestion {
  path: string;
  content: ImportContent | null;
  sheet: string | null;
  /** The creditor's saved mapping of a content. */
  savedFor(content: ImportContent): Promise<SavedMapping | null>;
}

export async function previewFile(question: PreviewQuestion): Promise<Result<ImportPreview>> {
  const source = await openSource({ path: question.path });
  const sheet = question.sheet === null ? {} : { sheet: question.sheet };
  const first = await inspectSource(source, { ...sheet, content: question.content ?? 'invoices' }, PREVIEW_ROWS);
  if (!first.ok) return first;
  let inspection: FileInspection = first.value;
  try {
    return await catchRefusal(async () => {
      const rows = await readFirstRows(inspection);
      const { headers, table } = inspection;
      const content = question.content ?? guessContent(headers, rows);
      const saved = await question.savedFor(content);
      const columns = suggestColumns(headers, rows, content, saved?.map ?? null);
      const chosen = columns.flatMap(({ column, field }) => (field === null ? [] : [{ column, field }]));
      // Once more with these columns: the order of the dates is that of the columns that hold dates.
      await table.close();
      const weighed = await inspectSource(source, { ...sheet, content, columns: chosen, ...(table.sheet === null ? {} : { sheet: table.sheet }) }, ROWS_LOOKED_AT);
      if (!weighed.ok) return weighed;
      inspection = weighed.value;
      const { shape } = inspection.table;
      const found = new Set(chosen.map(({ field }) => field));
      const order = inspection.dateOrder;
      return ok({
        format: table.format, content, contentGuessed: question.content === null,
        sheets: [...table.sheets], sheet: table.sheet, encoding: shape?.encoding ?? null, delimiter: shape?.delimiter ?? null,
        headerLine: table.header.line, columns,
        rows: rows.map(({ line, cells }) => ({ line, cells: headers.map((_header, index) => (cells[index] ?? '').slice(0, 500)) })),
        missingFields: missingImportFields(content, (field) => found.has(field)),
        dateFormat: saved?.dateFormat ?? (order.ok ? ({ DMY: 'DD/MM/YYYY', MDY: 'M/D/YYYY', YMD: 'YYYY-MM-DD' } as const)[order.value] : null),
        currency: saved?.currency ?? 'EUR', hasSavedMapping: saved !== null,
      });
    });
  } finally {
    await inspection.table.close();
    await source.close();
  }
}

async function readFirstRows({ table }: FileInspection): Promise<CsvRecord[]> {
  const rows: CsvRecord[] = [];
  for await (const record of table.records()) {
    if (record.line <= table.header.line) continue;
    rows.push(record);
    if (rows.length >= PREVIEW_ROWS) break;
  }
  return rows;
}
