/**
 * What the page is given of a walk: the step that stands, and nothing of what lies behind it.
 *
 * Invariants: what the right party told goes back to the page only while the right party is on the line, and so do the objections that
 * speak of the claim; each keeps its place, so that a key means the same before the gate and behind it.
 */
import type { WalkScreen } from '../contract/conduct-channels.ts';
import { noteField, writeField } from './read-field.ts';
import { renderUnit } from './render-script.ts';
import type { ScriptField } from './script-fields.ts';
import type { ScriptObjection, ScriptPack, SpokenStep } from './script-pack.ts';
import { fieldContext, leadsTo, prepareWalk, suggestedCode, toldReasons, visibleAnswers } from './walk-script.ts';
import type { WalkContext } from './walk-script.ts';
import { filledEntries, mayMeet, progressOf, shownUnit, spokenStep } from './walk-state.ts';
import type { FilledEntry, WalkEntry, WalkState } from './walk-state.ts';

/** The screen of a walk. Throws where a text would say more than the gate allows. */
export function walkScreen(pack: ScriptPack, state: WalkState, context: WalkContext): WalkScreen {
  const unit = shownUnit(pack, state);
  return {
    packId: pack.id,
    packVersion: pack.version,
    tone: pack.serves.tone,
    locale: state.locale,
    trail: state.path.flatMap(({ stepId }) => {
      const step = spokenStep(pack, stepId);
      return step === null ? [] : [{ stepId, title: step.title[state.locale] }];
    }),
    step: unit === null ? null : stepScreen(pack, state, unit, context),
    objections: pack.objections.flatMap((objection, index) => (mayMeet(objection, state)
      ? [{ objectionId: objection.id, label: objection.label[state.locale], place: index + 1 }] : [])),
    canGoBack: state.path.length > 0 || state.objectionId !== null,
    suggestCode: suggestedCode(pack, state),
    reasons: toldReasons(pack, state),
    fills: fillsOf(pack, state, context),
  };
}

function stepScreen(pack: ScriptPack, state: WalkState, unit: SpokenStep | ScriptObjection, context: WalkContext): NonNullable<WalkScreen['step']> {
  const { locale } = state;
  const progress = progressOf(pack, state, fieldContext(state, context));
  return {
    stepId: unit.id,
    kind: kindOf(unit),
    title: 'kind' in unit ? unit.title[locale] : unit.label[locale],
    ...renderUnit(unit, prepareWalk(state, context), progress),
    fields: ('fields' in unit ? unit.fields : []).map((field) => ({
      fieldId: field.id, type: field.type, label: field.label[locale], required: field.required, restricted: field.restricted === true,
      choices: (field.choices ?? []).map((choice) => ({ value: choice.value, label: choice.label[locale] })),
      text: unanswered(state, unit.id, field) ?? typedText(pack, state, field),
    })),
    answers: visibleAnswers(pack, state, unit, context).map((answer) => ({
      answerId: answer.id, label: answer.label[locale], ends: leadsTo(pack, state, answer, context) === null, suggestCode: answer.suggestCode ?? null,
      ...(answer.result === undefined ? {} : { identity: answer.result }),
    })),
  };
}

function kindOf(unit: SpokenStep | ScriptObjection): NonNullable<WalkScreen['step']>['kind'] {
  if (!('kind' in unit)) return 'objection';
  return unit.kind === 'check' ? unit.checks : unit.kind;
}

/** As typed into the step that stands, before any answer; null: nothing was. */
function unanswered({ typed, gate }: WalkState, unitId: string, field: ScriptField): string | null {
  return typed?.unitId === unitId && typed.gate === gate ? typed.values[field.id] ?? null : null;
}

/** As typed; in another language as it was understood. */
function typedText(pack: ScriptPack, state: WalkState, field: ScriptField): string {
  const known = visibleEntries(pack, state).find(({ entry }) => entry.fieldId === field.id);
  if (known === undefined) return '';
  return known.entry.locale === state.locale ? known.entry.text : writeField(field, known.value, state.locale);
}

function visibleEntries(pack: ScriptPack, state: WalkState): FilledEntry[] {
  return filledEntries(pack, state).filter(({ entry }) => mayShow(entry, state));
}

function mayShow(entry: WalkEntry, state: WalkState): boolean {
  return state.gate === 'confirmed' || !entry.isPrivate;
}

function fillsOf(pack: ScriptPack, state: WalkState, context: WalkContext): Record<string, string> {
  const fills: Record<string, string> = {};
  for (const { field, value } of visibleEntries(pack, state)) {
    if (field.fills === undefined || field.restricted === true) continue;
    if (field.fills !== 'note') fills[field.fills] = writeField(field, value, state.locale);
    else fills['note'] = [...(fills['note'] === undefined ? [] : [fills['note']]), noteField(field, value, fieldContext(state, context))].join('\n');
  }
  return fills;
}
