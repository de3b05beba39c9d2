/**
 * Conditions of a script: the part of CEL that compares one thing of the call with values written in the script.
 *
 * Invariants: a condition reaches nothing but the declared variables and has no effect; it never fails while a call runs, because
 * what was not yet answered or captured counts as '' or 0. Only comparisons of a variable with literals, joined by && || and !, are
 * allowed: so the values written in a script divide all calls into finitely many classes, and the checker can walk every one.
 */
import type { ASTNode } from '@marcbachmann/cel-js';
import { Environment } from '@marcbachmann/cel-js';
import type { Situation } from './situation.ts';

export type Literal = string | number | bigint | boolean;

/** One variable (`overdueCount`, `answers.opening`, `captured.amount`) and what it is compared with. */
export interface Comparison { variable: string; literals: Literal[] }

export interface ConditionValues extends Situation {
  /** Answer by step. */
  answers: Readonly<Record<string, string>>;
  /** Value by field: money in cents, dates as 2026-11-30. */
  captured: Readonly<Record<string, string | number>>;
}

export type ConditionProblem = 'condition-unreadable' | 'condition-unknown-variable' | 'condition-wrong-type' | 'condition-not-allowed';

export interface Condition {
  comparisons: readonly Comparison[];
  holds: (values: ConditionValues) => boolean;
}
export type CompiledCondition = { ok: true; condition: Condition } | { ok: false; code: ConditionProblem; detail: string };

const variableTypes: Record<keyof ConditionValues, string> = {
  audience: 'string', debtorKind: 'string', overdueCount: 'int', upcomingCount: 'int', promiseBroken: 'bool', someDisputed: 'bool',
  someCredit: 'bool', hasPrintedNumber: 'bool', stage: 'string', direction: 'string', partyRole: 'string', answers: 'map<string, string>', captured: 'map<string, dyn>',
};
const comparing = ['==', '!=', '<', '<=', '>', '>='];

const environment = new Environment({ limits: { maxAstNodes: 200, maxDepth: 20, maxListElements: 50, maxMapEntries: 0, maxCallArguments: 8 } });
for (const [name, type] of Object.entries(variableTypes)) environment.registerVariable(name, type);

const compiled = new Map<string, CompiledCondition>();

/** Compiles a condition; the same text is compiled once. */
export function compileCondition(text: string): CompiledCondition {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  if (compiled.size >= 5000) compiled.clear();
  const fresh = compile(text);
  compiled.set(text, fresh);
  return fresh;
}

/** Whether a condition holds; none = always. One that does not compile is a bug here: the checker lets none through. */
export function holds(text: string | undefined, values: ConditionValues): boolean {
  if (text === undefined) return true;
  const result = compileCondition(text);
  if (!result.ok) throw new Error(`condition of a script: ${result.code}: ${text}: ${result.detail}`);
  return result.condition.holds(values);
}

function compile(text: string): CompiledCondition {
  let program;
  try {
    program = environment.parse(text);
  } catch (error) {
    return { ok: false, code: 'condition-unreadable', detail: summaryOf(error) };
  }
  const comparisons: Comparison[] = [];
  const refused = collect(program.ast, comparisons);
  const unknown = /\bUnknown variable\b/;
  const { valid, type, error } = program.check();
  if (!valid) return { ok: false, code: unknown.test(summaryOf(error)) ? 'condition-unknown-variable' : 'condition-wrong-type', detail: summaryOf(error) };
  if (type !== 'bool') return { ok: false, code: 'condition-wrong-type', detail: type ?? '' };
  if (refused !== null) return { ok: false, code: 'condition-not-allowed', detail: refused };
  return { ok: true, condition: { comparisons, holds: rememberOutcomes(comparisons, (values) => program(contextOf(values, comparisons)) === true) } };
}

/** A condition depends on nothing but what it compares: it is evaluated once for each set of such values. */
function rememberOutcomes(comparisons: readonly Comparison[], evaluate: Condition['holds']): Condition['holds'] {
  const asked = [...new Set(comparisons.map(({ variable }) => variable))].map(splitVariable);
  const outcomes = new Map<string, boolean>();
  return (values) => {
    const key = JSON.stringify(asked.map(([map, name]) => (map === null ? values[name as keyof Situation] : values[map][name])));
    const known = outcomes.get(key);
    if (known !== undefined) return known;
    if (outcomes.size >= 1000) outcomes.clear();
    const outcome = evaluate(values);
    outcomes.set(key, outcome);
    return outcome;
  };
}

/** The first part that goes beyond comparing, or null. */
function collect(node: ASTNode, comparisons: Comparison[]): string | null {
  switch (node.op) {
    case '&&': case '||':
      return collect(node.args[0], comparisons) ?? collect(node.args[1], comparisons);
    case '!_':
      return collect(node.args, comparisons);
    case 'id':
      comparisons.push({ variable: node.args, literals: [true] });
      return null;
    case 'in': {
      const [left, right] = node.args;
      const variable = variableOf(left);
      const literals = right.op === 'list' ? right.args.map(literalOf) : [null];
      return addTo(comparisons, node, variable, literals);
    }
    default: {
      if (!comparing.includes(node.op)) return textOf(node);
      const [left, right] = node.args as [ASTNode, ASTNode];
      const variable = variableOf(left);
      return variable === null ? addTo(comparisons, node, variableOf(right), [literalOf(left)]) : addTo(comparisons, node, variable, [literalOf(right)]);
    }
  }
}

function addTo(comparisons: Comparison[], node: ASTNode, variable: string | null, literals: (Literal | null)[]): string | null {
  const written = literals.filter((literal) => literal !== null);
  if (variable === null || written.length < literals.length) return textOf(node);
  comparisons.push({ variable, literals: written });
  return null;
}

function variableOf(node: ASTNode): string | null {
  if (node.op === 'id') return node.args;
  if (node.op !== '.' && node.op !== '[]') return null;
  const [map, key] = node.args;
  if (map.op !== 'id' || (map.args !== 'answers' && map.args !== 'captured')) return null;
  const name = typeof key === 'string' ? key : literalOf(key);
  return typeof name === 'string' ? `${map.args}.${name}` : null;
}

function literalOf(node: ASTNode): Literal | null {
  if (node.op === '-_') {
    const inner = literalOf(node.args);
    return typeof inner === 'bigint' || typeof inner === 'number' ? -inner : null;
  }
  if (node.op !== 'value') return null;
  const value: unknown = node.args;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? value : null;
}

function contextOf({ answers, captured, ...situation }: ConditionValues, comparisons: readonly Comparison[]): Record<string, unknown> {
  const given = { answers: { ...answers } as Record<string, unknown>, captured: {} as Record<string, unknown> };
  for (const [name, value] of Object.entries(captured)) given.captured[name] = Number.isInteger(value) ? BigInt(value) : value;
  for (const { variable, literals: [literal] } of comparisons) {
    const [map, name] = splitVariable(variable);
    if (map !== null && !Object.hasOwn(given[map], name)) given[map][name] = typeof literal === 'string' ? '' : 0n;
  }
  return { ...situation, overdueCount: BigInt(situation.overdueCount), upcomingCount: BigInt(situation.upcomingCount), ...given };
}

/** `captured.amount` → its map and its key; other variables have no map. */
export function splitVariable(variable: string): ['answers' | 'captured' | null, string] {
  const dot = variable.indexOf('.');
  const map = variable.slice(0, Math.max(dot, 0));
  return map === 'answers' || map === 'captured' ? [map, variable.slice(dot + 1)] : [null, variable];
}

function summaryOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'summary' in error && typeof error.summary === 'string' ? error.summary : error.message;
}

function textOf(node: ASTNode): string {
  return node.input.slice(node.range.start, node.range.end);
}
