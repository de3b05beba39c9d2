/**
 * Says one step or objection of a script for one case in one language.
 *
 * Invariants: pure; every open undisputed invoice is in what is said; no brace survives; a value is put in as
 * it is, and can neither bring in another variable nor emphasis of its own.
 */
import { holds } from './script-condition.ts';
import type { ConditionValues } from './script-condition.ts';
import type { ScriptPack, ScriptParagraph, ScriptText } from './script-pack.ts';
import { isSpoken } from './script-pack.ts';
import type { Preparation, Values } from './script-values.ts';
import { valuesOfInvoice } from './script-values.ts';

export type { ScriptContext } from './script-values.ts';

/** What was answered and captured so far. */
export type Progress = Pick<ConditionValues, 'answers' | 'captured'> & {
  /** `captured.…` by name, as one says them. */
  spoken: Values;
};
export const noProgress: Progress = { answers: {}, captured: {}, spoken: {} };

interface Unit { say: readonly ScriptParagraph[]; do?: ScriptText | undefined }

/** Says one step or objection; a value that is missing, or may not be said yet, is a bug and throws. */
export function renderUnit(unit: Unit, preparation: Preparation, progress: Progress): { say: string[]; doText: string | null } {
  const { context, claim, situation, isConfirmed } = preparation;
  const values = isConfirmed ? { ...preparation.values, ...progress.spoken } : preparation.values;
  const conditionValues = { ...situation, answers: progress.answers, captured: progress.captured };
  const say = unit.say.filter((paragraph) => holds(paragraph.when, conditionValues)).flatMap((paragraph) => {
    const text = paragraph[context.locale];
    if (paragraph.each === undefined) return [fillIn(text, values)];
    return claim[paragraph.each].map((invoice) => fillIn(text, { ...values, ...valuesOfInvoice(invoice, preparation) }));
  });
  return { say, doText: unit.do === undefined ? null : fillIn(unit.do[context.locale], values) };
}

/** The step that a `go` leads to, other steps as they are. */
export function followRoutes(pack: ScriptPack, goTo: string | null, values: ConditionValues): string | null {
  let at = goTo;
  for (let hops = 0; hops <= pack.steps.length; hops += 1) {
    const step = pack.steps.find((candidate) => candidate.id === at);
    if (step === undefined || isSpoken(step)) return at;
    const route = step.routes.find((candidate) => holds(candidate.when, values));
    if (route === undefined) throw new Error(`followRoutes: no route of ${step.id} holds`);
    at = route.goTo;
  }
  throw new Error(`followRoutes: ${String(goTo)} goes round for ever`);
}

function fillIn(text: string, values: Values): string {
  return text.replace(/\{([^{}]*)\}/g, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`render: no value that may be said for {${name}}`);
    return value.replaceAll('**', '');
  });
}
