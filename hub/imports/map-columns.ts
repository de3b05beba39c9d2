/**
 * Decides which column of the file feeds which field.
 *
 * Invariant: what the user mapped wins; a header is taken by one field only; a required field fed by
 * two columns of the same name is an error, never a choice.
 */
import { ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { ColumnMapping } from '../../shared/protocol/import-protocol.ts';
import { importContents, manyColumnFields, missingImportFields, requiredImportFields } from '../../shared/protocol/import-columns.ts';
import { fieldJoin, fieldLabels, foldHeader, importFields, isFieldOf, synonymsOf } from './import-fields.ts';
import type { ImportContent, ImportField } from './import-fields.ts';
import { failImport } from './import-refusal.ts';

/** Field → header as typed by the user; `Importo#2` is the second column called Importo. */
export type ColumnMap = Partial<Record<ImportField, string>>;

/** Field → indexes of its columns, in the order in which they are read; no entry when there is none. */
export type ColumnPlan = Partial<Record<ImportField, number[]>>;

/** By content: `Data pagamento` is one thing beside an invoice and another in a paid list. */
const fieldsOfFold = new Map(importContents.map((content) => {
  const fieldOfFold = new Map<string, { field: ImportField; rank: number }>();
  for (const field of importFields.filter((one) => isFieldOf(content, one))) {
    synonymsOf(content, field).forEach((synonym, rank) => fieldOfFold.set(foldHeader(synonym), { field, rank }));
  }
  return [content, fieldOfFold];
}));

/** Headers made unique: the second `Importo` is `Importo#2`, a nameless one is `#7`. */
export function nameHeaders(cells: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return cells.map((cell, index) => {
    const name = cell.replace(/\s+/g, ' ').trim();
    if (name === '') return `#${index + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}#${count}`;
  });
}

/** The columns that the synonyms recognise, without the user's map. */
export function recogniseColumns(
  headers: readonly string[], taken: ReadonlySet<number> = new Set(), content: ImportContent = 'invoices',
): ColumnPlan {
  const found = new Map<ImportField, { index: number; rank: number }[]>();
  headers.forEach((header, index) => {
    if (taken.has(index) || /^#\d+$/.test(header)) return;
    const known = fieldsOfFold.get(content)?.get(foldHeader(header.replace(/#\d+$/, '')));
    if (known === undefined) return;
    found.set(known.field, [...(found.get(known.field) ?? []), { index, rank: known.rank }]);
  });
  const plan: ColumnPlan = {};
  for (const [field, columns] of found) {
    const ordered = fieldJoin[field] === 'all' ? columns : columns.toSorted((a, b) => a.rank - b.rank || a.index - b.index);
    const kept = fieldJoin[field] === 'first' ? ordered.slice(0, 1) : ordered;
    plan[field] = kept.map((column) => column.index);
  }
  return isFieldOf(content, 'customerName') ? joinSurname(headers, plan, taken) : plan;
}

/** `Cognome` beside `Nome`: together they are the name. */
function joinSurname(headers: readonly string[], plan: ColumnPlan, taken: ReadonlySet<number>): ColumnPlan {
  const indexOf = (fold: string): number => headers.findIndex((header, index) => foldHeader(header) === fold && !taken.has(index));
  const surname = indexOf('cognome');
  const given = indexOf('nome');
  const current = plan.customerName?.[0];
  if (surname === -1 || (current !== undefined && current !== given)) return plan;
  return { ...plan, customerName: given === -1 ? [surname] : [surname, given] };
}

/** The columns that the user's map names; a header that is not there is left out. */
export function resolveMap(headers: readonly string[], map: ColumnMap): ColumnPlan {
  const mapped: ColumnPlan = {};
  for (const field of importFields) {
    const wanted = map[field];
    const index = wanted === undefined ? -1 : indexOfHeader(headers, wanted);
    if (index !== -1) mapped[field] = [index];
  }
  return mapped;
}

/** The plan for a header row, or which column is missing and how to name it. */
export function mapColumns(headers: readonly string[], map: ColumnMap, content: ImportContent): Result<ColumnPlan> {
  const mapped = resolveMap(headers, map);
  for (const field of importFields) {
    const wanted = map[field];
    if (wanted === undefined || mapped[field] !== undefined) continue;
    return failImport('import-map-unknown-column', { field, column: wanted, headers: headers.join(', ') });
  }
  const taken = new Set(Object.values(mapped).flat());
  const plan: ColumnPlan = { ...recogniseColumns(headers, taken, content), ...mapped };
  for (const field of requiredImportFields[content]) {
    const columns = plan[field];
    if (columns === undefined) return missingColumn(field, headers, content);
    const fold = foldHeader((headers[columns[0] ?? 0] ?? '').replace(/#\d+$/, ''));
    const namesakes = headers.filter((header, index) => foldHeader(header.replace(/#\d+$/, '')) === fold && !taken.has(index));
    if (mapped[field] === undefined && namesakes.length > 1) {
      const [, second = ''] = namesakes;
      return failImport('import-column-ambiguous', {
        field, label: fieldLabels[field] ?? field, columns: namesakes.join(', '), example: `--map ${field}=${quoteForShell(second)}`,
      });
    }
  }
  return checkPlan(plan, headers, content);
}

/** The plan that a person drew on the screen: these columns and no others. */
export function planColumns(headers: readonly string[], columns: readonly ColumnMapping[], content: ImportContent): Result<ColumnPlan> {
  const plan: ColumnPlan = {};
  const taken = new Set<number>();
  for (const { column, field } of columns) {
    const index = headers.indexOf(column);
    if (index === -1 || !isFieldOf(content, field)) {
      return failImport('import-map-unknown-column', { field, column, headers: headers.join(', ') });
    }
    const earlier = plan[field] ?? [];
    if (taken.has(index) || (earlier.length > 0 && !manyColumnFields.has(field))) {
      return failImport('import-column-twice', { field, column });
    }
    taken.add(index);
    plan[field] = [...earlier, index];
  }
  return checkPlan(plan, headers, content);
}

function checkPlan(plan: ColumnPlan, headers: readonly string[], content: ImportContent): Result<ColumnPlan> {
  const [missing] = missingImportFields(content, (field) => plan[field] !== undefined);
  return missing === undefined ? ok(plan) : missingColumn(missing, headers, content);
}

function missingColumn(field: ImportField, headers: readonly string[], content: ImportContent): Result<never> {
  const example = headers.find((header) => !/^#\d+$/.test(header) && fieldsOfFold.get(content)?.get(foldHeader(header)) === undefined) ?? headers[0] ?? 'Colonna';
  return failImport('import-column-missing', {
    field, label: fieldLabels[field] ?? field, headers: headers.join(', '), example: `--map ${field}=${quoteForShell(example)}`,
  });
}

function indexOfHeader(headers: readonly string[], wanted: string): number {
  const exact = headers.indexOf(wanted.trim());
  if (exact !== -1) return exact;
  const split = (header: string): string => {
    const match = /^(.*?)(#\d+)?$/.exec(header);
    return `${foldHeader(match?.[1] ?? '')}${match?.[2] ?? ''}`;
  };
  return headers.findIndex((header) => split(header) === split(wanted.trim()));
}

function quoteForShell(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `"${text}"`;
}
