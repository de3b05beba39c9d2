/** Reads `--map field=Column,…`: the same text on the command line and in the query of `POST /v1/imports`. */
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import { importFields } from '../imports/import-fields.ts';
import type { ImportField } from '../imports/import-fields.ts';
import type { ColumnMap } from '../imports/map-columns.ts';

/** A comma separates two entries only where a field follows it, for headers hold commas too. */
const separator = new RegExp(`,\\s*(?=(?:${importFields.join('|')})\\s*=)`);

export function readColumnMap(text: string): HubResult<ColumnMap> {
  const map: ColumnMap = {};
  for (const entry of text.split(separator)) {
    const cut = entry.indexOf('=');
    const field = entry.slice(0, cut).trim();
    const column = entry.slice(cut + 1).trim();
    if (cut < 1 || column === '' || !isImportField(field)) {
      return refuse(400, 'invalid-map', `“${entry}” is not field=Column. The fields are: ${importFields.join(', ')}.`);
    }
    map[field] = column;
  }
  return accept(map);
}

function isImportField(text: string): text is ImportField {
  return importFields.some((field) => field === text);
}
