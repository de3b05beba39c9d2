/** The fields that a pack captures, by id. */
import type { FieldType, ScriptField } from './script-fields.ts';
import type { ScriptPack } from './script-pack.ts';

export type ScriptFieldType = FieldType;
export type ScriptFields = ReadonlyMap<string, ScriptField>;

/** By id; of two with the same id the first. */
export function fieldsOf(pack: ScriptPack): ScriptFields {
  const fields = new Map<string, ScriptField>();
  for (const step of pack.steps) {
    if (step.kind !== 'capture') continue;
    for (const field of step.fields) if (!fields.has(field.id)) fields.set(field.id, field);
  }
  return fields;
}
