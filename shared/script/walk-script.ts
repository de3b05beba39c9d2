/**
 * Leads a call through its script, one step at a time.
 *
 * Invariants: pure: a state goes in, a new one comes out, so the desk may keep every state and take a call up again; an answer to a
 * step that is not shown is refused; the gate opens only through `checkIdentity`, and until it is open nothing is rendered that is
 * not for every ear (`script-values.ts`). Going back takes the last answer back with all it brought about, except the gate.
 *
 *            ┌──────────── answer (values read) ───────────┐
 *            ▼                                             │
 *   start ─▶ step ── objection ─▶ objection ── "return" ─▶ step ── goTo null ─▶ end
 *            ▲ ▲                      └─ answer that leads on ─▶ step │          │
 *            │ └────────────────────── back ──────────────────────────┴──────────┘
 *            └─ changeLocale, checkIdentity (elsewhere than at the identity step): the same step
 */
import type { ContactReason } from '../case/outcome-codes.ts';
import type { WalkScreen } from '../contract/conduct-channels.ts';
import type { identityResults } from '../facts/conduct-bodies.ts';
import type { AppError, Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import { readField } from './read-field.ts';
import type { FieldContext } from './read-field.ts';
import { followRoutes } from './render-script.ts';
import { holds } from './script-condition.ts';
import type { ConditionValues } from './script-condition.ts';
import type { ScriptAnswer, ScriptLocale, ScriptObjection, ScriptPack, SpokenStep } from './script-pack.ts';
import { answersOf, returnWord } from './script-pack.ts';
import type { Preparation, ScriptContext } from './script-values.ts';
import { footingOf, prepareScript } from './script-values.ts';
import { answerOf, answeredOf, mayMeet, objectionOf, shownUnit } from './walk-state.ts';
import type { WalkEntry, WalkState } from './walk-state.ts';

/** The case and the people of a call; its language is the walk's. */
export type WalkContext = Omit<ScriptContext, 'locale'>;

/** Keeps what is being typed into the step that is shown; null: it is shown no more. What only a yes allows to keep is not kept before it. */
export function typeIntoStep(pack: ScriptPack, state: WalkState, unitId: string, texts: Readonly<Record<string, string>>): WalkState | null {
  const unit = shownUnit(pack, state);
  if (unit?.id !== unitId || !('fields' in unit)) return null;
  const values = Object.fromEntries(unit.fields.flatMap((field) => (field.restricted === true || (texts[field.id] ?? '') === '' ? [] : [[field.id, texts[field.id] ?? '']])));
  return { ...state, typed: { unitId, gate: state.gate, values } };
}

/** At the beginning of a script, nobody known. `gate`: what is known already, as when a call is taken up again on another script. */
export function startWalk(pack: ScriptPack, context: WalkContext, locale: ScriptLocale, nowMs: number, gate: WalkState['gate'] = 'unconfirmed'): WalkState {
  const state: WalkState = {
    packId: pack.id, packVersion: pack.version, locale, gate, startedAtMs: nowMs, stepId: null, objectionId: null, path: [], objections: [], resumes: null, typed: null,
  };
  return { ...state, stepId: followRoutes(pack, pack.start, conditionsOf(pack, state, context)) };
}

/**
 * Takes up a call whose line fell: from the beginning, for another voice may answer; the gate passed, it goes on at the step where it stood,
 * with what the right party had answered. One that had not come so far begins anew.
 */
export function resumeWalk(pack: ScriptPack, context: WalkContext, locale: ScriptLocale, dropped: WalkState, nowMs: number): WalkState {
  const start = startWalk(pack, context, locale, nowMs);
  if (dropped.gate !== 'confirmed') return dropped.resumes === null ? start : { ...start, resumes: dropped.resumes };
  const known = dropped.path.findLastIndex(({ stepId, answerId }) => answerOf(pack, stepId, answerId)?.result === 'confirmed');
  return { ...start, resumes: { stepId: dropped.stepId, path: dropped.path.slice(known + 1) } };
}

/** The right party is on the line again: on from where it fell. */
function goOnWhereItFell(state: WalkState): WalkState {
  const { resumes } = state;
  if (resumes === null || state.gate !== 'confirmed') return state;
  return { ...state, stepId: resumes.stepId, objectionId: null, path: [...state.path, ...resumes.path], resumes: null };
}

/** Takes an answer with what was typed; fails with the first field that cannot be read, named in `details.fieldId`. */
export function answerStep(
  pack: ScriptPack, state: WalkState, given: { stepId: string; answerId: string; values: Readonly<Record<string, string>> }, context: WalkContext, nowMs: number,
): Result<WalkState> {
  const unit = shownUnit(pack, state);
  if (unit === null || unit.id !== given.stepId) return fail('script-step-moved', 'error.scriptStepMoved', { stepId: given.stepId });
  const answer = visibleAnswers(pack, state, unit, context).find((candidate) => candidate.id === given.answerId);
  if (answer === undefined) return fail('script-answer-unknown', 'error.scriptAnswerUnknown', { stepId: unit.id, answerId: given.answerId });
  if (answer.result === 'confirmed') return fail('script-identity-by-gate', 'error.scriptIdentityByGate');
  const entries = readEntries(state, unit, answer, given.values, fieldContext(state, context));
  return entries.ok ? ok(moveOn(pack, state, unit, answer, entries.value, context, nowMs)) : entries;
}

/** What the gate found. At the identity step it is also the answer; anywhere else the script stays where it is. */
export function checkIdentity(
  pack: ScriptPack, state: WalkState, result: (typeof identityResults)[number], context: WalkContext, nowMs: number,
): WalkState {
  const below = { ...state, objectionId: null };
  const unit = shownUnit(pack, below);
  const answer = unit === null || !isIdentityStep(unit) ? undefined : visibleAnswers(pack, below, unit, context).find((candidate) => candidate.result === result);
  if (unit === null || answer === undefined) return goOnWhereItFell(leaveWhatMayNotBeMet(pack, { ...state, gate: result }));
  return goOnWhereItFell(moveOn(pack, below, unit, answer, [], context, nowMs));
}

/** An objection that speaks of the claim is closed when the right party is no longer the one on the line. */
function leaveWhatMayNotBeMet(pack: ScriptPack, state: WalkState): WalkState {
  const objection = state.objectionId === null ? null : objectionOf(pack, state.objectionId);
  return objection === null || mayMeet(objection, state) ? state : { ...state, objectionId: null };
}

/** Meets an objection over the step that stands; another one takes the place of the first. */
export function meetObjection(pack: ScriptPack, state: WalkState, objectionId: string, nowMs: number): Result<WalkState> {
  const objection = objectionOf(pack, objectionId);
  if (objection === null) return fail('script-objection-unknown', 'error.scriptObjectionUnknown', { objectionId });
  if (!mayMeet(objection, state)) return fail('script-objection-early', 'error.scriptObjectionEarly', { objectionId });
  return ok({ ...state, objectionId, objections: [...state.objections, { objectionId, at: nowMs }] });
}

/** One step back: out of an objection that was opened by mistake, else before the last answer. */
export function goBack(state: WalkState): Result<WalkState> {
  if (state.objectionId !== null) return ok({ ...state, objectionId: null, objections: state.objections.slice(0, -1) });
  const last = state.path.at(-1);
  if (last === undefined) return fail('script-at-start', 'error.scriptAtStart');
  const isObjection = last.under !== null || state.objections.some(({ objectionId }) => objectionId === last.stepId);
  return ok({
    ...state, path: state.path.slice(0, -1), stepId: isObjection ? last.under : last.stepId, objectionId: isObjection ? last.stepId : null,
  });
}

/** The same place in the other language. */
export function changeLocale(state: WalkState, locale: ScriptLocale): WalkState {
  return { ...state, locale };
}

/** Follows answers without their values, for reading a script in preparation; stops where one is not there. */
export function previewWalk(pack: ScriptPack, context: WalkContext, locale: ScriptLocale, answerIds: readonly string[]): WalkState {
  let state = startWalk(pack, context, locale, 0, 'confirmed');
  for (const answerId of answerIds) {
    const unit = shownUnit(pack, state);
    const answer = unit === null ? undefined : visibleAnswers(pack, state, unit, context).find((candidate) => candidate.id === answerId);
    if (unit === null || answer === undefined) return state;
    state = { ...moveOn(pack, state, unit, answer, [], context, 0), gate: 'confirmed' };
  }
  return state;
}

/** The answers that are there now. */
export function visibleAnswers(pack: ScriptPack, state: WalkState, unit: SpokenStep | ScriptObjection, context: WalkContext): ScriptAnswer[] {
  const values = conditionsOf(pack, state, context);
  return answersOf(unit).filter((answer) => holds(answer.when, values));
}

/** Where an answer would lead now; null = the end. */
export function leadsTo(pack: ScriptPack, state: WalkState, answer: ScriptAnswer, context: WalkContext): string | null {
  return answer.goTo === returnWord ? state.stepId : followRoutes(pack, answer.goTo, conditionsOf(pack, state, context));
}

/** The case made ready in the walk's language, as much of it as may be said. */
export function prepareWalk(state: Pick<WalkState, 'locale' | 'gate'>, context: WalkContext): Preparation {
  return prepareScript({ ...context, locale: state.locale }, state.gate === 'confirmed');
}

/** What typed values are read and said by. */
export function fieldContext(state: Pick<WalkState, 'locale'>, context: WalkContext): FieldContext {
  return { locale: state.locale, today: footingOf(context).today, currency: context.view.currency };
}

function moveOn(
  pack: ScriptPack, state: WalkState, unit: SpokenStep | ScriptObjection, answer: ScriptAnswer, entries: WalkEntry[], context: WalkContext, nowMs: number,
): WalkState {
  const isReturn = answer.goTo === returnWord;
  const gate = answer.result === undefined || answer.result === 'not-now' ? state.gate : answer.result;
  const under = state.objectionId === null ? null : state.stepId;
  const moved: WalkState = {
    ...state, gate, objectionId: null, typed: state.typed?.unitId === unit.id ? null : state.typed, path: [...state.path, { stepId: unit.id, answerId: answer.id, at: nowMs, under, entries }],
  };
  return isReturn ? moved : { ...moved, stepId: followRoutes(pack, answer.goTo, conditionsOf(pack, moved, context)) };
}

function readEntries(
  state: WalkState, unit: SpokenStep | ScriptObjection, answer: ScriptAnswer, values: Readonly<Record<string, string>>, context: FieldContext,
): Result<WalkEntry[]> {
  const fields = 'fields' in unit ? unit.fields : [];
  if (Object.keys(values).some((fieldId) => !fields.some((field) => field.id === fieldId))) return fail('invalid-input', 'error.invalidInput');
  const entries: WalkEntry[] = [];
  for (const field of fields) {
    const text = answer.withoutFields === true ? '' : (values[field.id] ?? '').trim();
    const entry = { fieldId: field.id, text, locale: state.locale, isPrivate: state.gate === 'confirmed' };
    if (text === '') {
      if (field.required && answer.withoutFields !== true) return fail('script-field-missing', 'error.scriptFieldMissing', { fieldId: field.id, label: field.label[state.locale] });
      entries.push({ ...entry, value: null });
      continue;
    }
    const value = readField(field, text, context);
    if (!value.ok) return { ok: false, error: atField(value.error, field.id) };
    entries.push({ ...entry, value: value.value });
  }
  return ok(entries);
}

function atField(error: AppError, fieldId: string): AppError {
  return { ...error, details: { ...error.details, fieldId } };
}

function conditionsOf(pack: ScriptPack, state: WalkState, context: WalkContext): ConditionValues {
  return { ...footingOf(context).situation, ...answeredOf(pack, state) };
}

function isIdentityStep(unit: SpokenStep | ScriptObjection): boolean {
  return 'checks' in unit && unit.checks === 'identity';
}

/** What the last answers amount to: the newest suggestion counts. */
export function suggestedCode(pack: ScriptPack, state: WalkState): WalkScreen['suggestCode'] {
  return state.path.map(({ stepId, answerId }) => answerOf(pack, stepId, answerId)?.suggestCode ?? null).findLast((code) => code !== null) ?? null;
}

/** Why they got in touch, as they answered so far. */
export function toldReasons(pack: ScriptPack, state: WalkState): ContactReason[] {
  return [...new Set(state.path.flatMap(({ stepId, answerId }) => answerOf(pack, stepId, answerId)?.reason ?? []))];
}
