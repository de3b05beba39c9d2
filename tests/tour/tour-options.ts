/** The tour's command line. */
import { parseArgs } from 'node:util';
import { join } from 'node:path';
import { projectDirectory } from '../../scripts/project.ts';

export interface TourOptions {
  json: boolean;
  /** The creditor's file to import; null = the demo. */
  file: string | null;
  creditor: string;
  /** Handed to `hub -- import` as they are. */
  importOptions: string[];
  outDirectory: string;
}

const passedOn = ['map', 'date-format', 'currency', 'as-of'] as const;

export function readTourOptions(args: string[]): TourOptions {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean', default: false },
      file: { type: 'string' },
      creditor: { type: 'string', default: 'Creditor of the file' },
      out: { type: 'string', default: join(projectDirectory, 'out', 'tour') },
      map: { type: 'string', multiple: true },
      'date-format': { type: 'string' },
      currency: { type: 'string' },
      'as-of': { type: 'string' },
    },
    strict: true,
  });
  const importOptions = passedOn.flatMap((name) => [values[name] ?? []].flat().flatMap((value) => [`--${name}`, value]));
  if (values.file === undefined && importOptions.length > 0) throw new Error('These options need --file: --map, --date-format, --currency, --as-of.');
  return { json: values.json, file: values.file ?? null, creditor: values.creditor, importOptions, outDirectory: values.out };
}
