/**
 * The command line's `--map field=Column,field=Column`.
 *
 * Invariant: a column name may hold commas and equals signs; a new pair begins only where a known field
 * and `=` follow a comma.
 */
import { ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { importFields } from './import-fields.ts';
import type { ColumnMap } from './map-columns.ts';
import { failImport } from './import-refusal.ts';

const pairStart = new RegExp(`,(?=\\s*(?:${importFields.join('|')})\\s*=)`, 'i');

/** Reads the option, or says which part of it names no field. */
export function parseMapOption(text: string): Result<ColumnMap> {
  const map: ColumnMap = {};
  for (const pair of text.split(pairStart)) {
    const equals = pair.indexOf('=');
    const name = pair.slice(0, Math.max(equals, 0)).trim().toLowerCase();
    const field = importFields.find((candidate) => candidate.toLowerCase() === name);
    const column = pair.slice(equals + 1).trim();
    if (field === undefined || column === '') return failImport('import-map-invalid', { part: pair.trim(), fields: importFields.join(', ') });
    map[field] = column;
  }
  return ok(map);
}
