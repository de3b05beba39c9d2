/**
 * A whole pack rendered for one case, as if identity were confirmed and nothing answered yet: for tests that read a script from end
 * to end. Pages never get this: during a call `script/walk-script.ts` gives one step at a time, behind the identity gate.
 */
import type { OutcomeCode } from '../case/outcome-codes.ts';
import { followRoutes, noProgress, renderUnit } from '../script/render-script.ts';
import { holds } from '../script/script-condition.ts';
import { answersOf, isSpoken } from '../script/script-pack.ts';
import type { ScriptPack } from '../script/script-pack.ts';
import type { ScriptContext, Values } from '../script/script-values.ts';
import { prepareScript } from '../script/script-values.ts';

interface Said { say: string[]; doText: string | null }

export interface WholeScript {
  scriptId: string;
  version: string;
  start: string;
  steps: (Said & { stepId: string; title: string; answers: { label: string; goTo: string | null; suggestCode: OutcomeCode | null }[] })[];
  objections: (Said & { objectionId: string; label: string })[];
}

/** @param pack what `chooseScript` gave for the very view in `context` */
export function renderWholeScript(pack: ScriptPack, context: ScriptContext): WholeScript {
  const preparation = prepareScript(context, true);
  const values = { ...preparation.situation, ...noProgress };
  return {
    scriptId: pack.id,
    version: pack.version,
    start: followRoutes(pack, pack.start, values) ?? pack.start,
    steps: pack.steps.filter(isSpoken).map((step) => ({
      stepId: step.id,
      title: step.title[context.locale],
      ...renderUnit(step, preparation, { ...noProgress, spoken: blanks(pack) }),
      answers: answersOf(step).filter((answer) => holds(answer.when, values)).map((answer) => ({
        label: answer.label[context.locale], goTo: followRoutes(pack, answer.goTo, values), suggestCode: answer.suggestCode ?? null,
      })),
    })),
    objections: pack.objections.map((objection) => ({
      objectionId: objection.id,
      label: objection.label[context.locale],
      ...renderUnit(objection, preparation, noProgress),
    })),
  };
}

/** What is captured in the call stands as dots. */
function blanks(pack: ScriptPack): Values {
  return Object.fromEntries(pack.steps.flatMap((step) => (step.kind === 'capture' ? step.fields.map((field) => [`captured.${field.id}`, '…']) : [])));
}
