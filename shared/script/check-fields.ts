/**
 * Judges what a pack captures: where it goes, that its type fits there, and that the person's own needs go nowhere else.
 */
import type { ScriptFinding } from './script-finding.ts';
import type { ScriptField } from './script-fields.ts';
import { fillRuleOf } from './script-fields.ts';
import type { ScriptPack } from './script-pack.ts';
import { repeated } from './repeated.ts';

/** Findings about single fields. */
export function checkFields(pack: ScriptPack): ScriptFinding[] {
  const captures = pack.steps.filter((step) => step.kind === 'capture');
  const placed = captures.flatMap((step) => step.fields.map((field) => ({ where: step.id, field })));
  const twice = repeated(placed.map(({ field }) => field.id));
  return [
    ...twice.map((id): ScriptFinding => ({ code: 'duplicate-field', where: placed.findLast(({ field }) => field.id === id)?.where ?? '', detail: id })),
    ...placed.flatMap(({ where, field }) => checkField(field).map((finding) => ({ ...finding, where }))),
  ];
}

function checkField(field: ScriptField): Omit<ScriptFinding, 'where'>[] {
  const findings: Omit<ScriptFinding, 'where'>[] = [];
  const values = (field.choices ?? []).map((choice) => choice.value);
  if ((field.type === 'choice') !== values.length > 0 || repeated(values).length > 0) findings.push({ code: 'choices-missing', detail: field.id });
  const rule = field.fills === undefined ? null : fillRuleOf(field.fills);
  if (field.fills !== undefined && rule === null) return [...findings, { code: 'fills-unknown', detail: `${field.id}: ${field.fills}` }];
  if ((field.restricted === true) !== (rule?.restricted === true)) findings.push({ code: 'restricted-misplaced', detail: field.id });
  if (rule === null) return findings;
  const stray = rule.values === undefined ? [] : values.filter((value) => rule.values?.includes(value) !== true);
  const wrong = rule.types.includes(field.type) ? stray : [field.type];
  return [...findings, ...wrong.map((what): Omit<ScriptFinding, 'where'> => ({ code: 'fills-wrong-type', detail: `${field.id}: ${what}` }))];
}
