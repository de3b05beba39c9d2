/** Which column feeds which field: suggestions, choices by hand, and what is still wrong. Pure; the rules are the protocol's own data. */
import type { ImportContent, ImportField } from '../../../shared/protocol/import-columns.ts';
import { importFieldsOf, manyColumnFields, missingImportFields } from '../../../shared/protocol/import-columns.ts';
import type { ColumnMapping, ImportPreview } from '../../../shared/protocol/import-protocol.ts';

/** A column's field and who chose it; `field` null = the column is not read. */
export interface ColumnChoice {
  column: string;
  field: ImportField | null;
  from: 'saved' | 'name' | 'values' | 'hand' | null;
}

/** The suggestions of a look at the file; what was chosen by hand for a column of the same name stays. */
export function takeSuggestions(preview: Pick<ImportPreview, 'columns' | 'content'>, before: readonly ColumnChoice[]): ColumnChoice[] {
  const allowed = new Set(importFieldsOf(preview.content));
  return preview.columns.map(({ column, field, from }) => {
    const byHand = before.find((choice) => choice.column === column && choice.from === 'hand');
    return byHand !== undefined && (byHand.field === null || allowed.has(byHand.field)) ? byHand : { column, field, from };
  });
}

/** Chooses by hand; a field that only one column may feed leaves the column that had it. */
export function chooseField(choices: readonly ColumnChoice[], column: string, field: ImportField | null): ColumnChoice[] {
  return choices.map((choice) => {
    if (choice.column === column) return { column, field, from: 'hand' };
    return field !== null && choice.field === field && !manyColumnFields.has(field) ? { ...choice, field: null, from: 'hand' } : choice;
  });
}

/** Required fields that no column feeds. */
export function missingFields(choices: readonly ColumnChoice[], content: ImportContent): ImportField[] {
  return missingImportFields(content, (field) => choices.some((choice) => choice.field === field));
}

/** What the hub is told: the columns that are read. */
export function toMap(choices: readonly ColumnChoice[]): ColumnMapping[] {
  return choices.flatMap(({ column, field }) => (field === null ? [] : [{ column, field }]));
}
