/**
 * Judges the conditions of a pack: each compiles, asks of things that exist, compares with values that can occur.
 */
import { debtorKinds } from '../case/case-entity.ts';
import { listConditions } from './list-conditions.ts';
import type { Comparison, Literal } from './script-condition.ts';
import { compileCondition, splitVariable } from './script-condition.ts';
import type { ScriptFieldType, ScriptFields } from './pack-fields.ts';
import { fieldsOf } from './pack-fields.ts';
import type { ScriptFinding } from './script-finding.ts';
import type { ScriptPack } from './script-pack.ts';
import { answersOf, isSpoken, scriptDirections, scriptRoles, scriptStages } from './script-pack.ts';

const wordsOf: Readonly<Record<string, readonly string[]>> = {
  audience: ['person', 'organisation'], debtorKind: debtorKinds, stage: scriptStages, direction: scriptDirections, partyRole: scriptRoles,
};

/** Findings about conditions, and the texts of those that the rest of the checker must do without. */
export function checkConditions(pack: ScriptPack): { findings: ScriptFinding[]; broken: ReadonlySet<string> } {
  const broken = new Set<string>();
  const fields = fieldsOf(pack);
  const answers = answersByUnit(pack);
  const findings = listConditions(pack).flatMap(({ where, text }): ScriptFinding[] => {
    const compiled = compileCondition(text);
    const found: Omit<ScriptFinding, 'where'>[] = compiled.ok
      ? compiled.condition.comparisons.flatMap((comparison) => problemsOf(comparison, fields, answers))
      : [{ code: compiled.code, detail: `${text}: ${compiled.detail}` }];
    if (found.some(({ code }) => code !== 'condition-unknown-value')) broken.add(text);
    return found.map((finding) => ({ ...finding, where }));
  });
  return { findings, broken };
}

function problemsOf({ variable, literals }: Comparison, fields: ScriptFields, answers: ReadonlyMap<string, readonly string[]>): Omit<ScriptFinding, 'where'>[] {
  const [map, name] = splitVariable(variable);
  if (map === null) return unknownValues(variable, literals, wordsOf[variable]);
  if (map === 'answers') {
    const ids = answers.get(name);
    return ids === undefined ? [{ code: 'condition-unknown-variable', detail: variable }] : unknownValues(variable, literals, ['', ...ids]);
  }
  const field = fields.get(name);
  if (field === undefined) return [{ code: 'condition-unknown-variable', detail: variable }];
  if (field.restricted === true) return [{ code: 'restricted-said', detail: variable }];
  const wrong = literals.filter((literal) => !fits(literal, field.type));
  if (wrong.length > 0) return wrong.map((literal) => ({ code: 'condition-wrong-type', detail: `${variable}: ${String(literal)}` }));
  return unknownValues(variable, literals, field.type === 'choice' ? ['', ...(field.choices ?? []).map((choice) => choice.value)] : undefined);
}

function unknownValues(variable: string, literals: readonly Literal[], known: readonly string[] | undefined): Omit<ScriptFinding, 'where'>[] {
  if (known === undefined) return [];
  return literals.filter((literal) => !known.includes(String(literal))).map((literal) => ({ code: 'condition-unknown-value', detail: `${variable}: ${String(literal)}` }));
}

function fits(literal: Literal, type: ScriptFieldType): boolean {
  return type === 'number' || type === 'money' ? typeof literal === 'bigint' || typeof literal === 'number' : typeof literal === 'string';
}

function answersByUnit(pack: ScriptPack): Map<string, string[]> {
  return new Map([...pack.steps.filter(isSpoken), ...pack.objections].map((unit) => [unit.id, answersOf(unit).map((answer) => answer.id)]));
}
