/**
 * Makes the calls that a script leads to, with real cases, and tells the first thing that goes wrong in one of them.
 *
 * Invariant: it judges by what an operator would meet (a screen that cannot be rendered, says nothing, says a planted sentence,
 * leads nowhere), never by the checker; it knows of no rule but what a good call is. So it is the measure of the checker.
 */
import { outcomeFormSchema } from '../contract/outcome-form.ts';
import { outcomeRules } from '../case/outcome-rules.ts';
import type { WalkScreen } from '../contract/conduct-channels.ts';
import { identityResults } from '../facts/conduct-bodies.ts';
import type { SampleInvoice } from '../script/sample-case.ts';
import { sampleCase, sampleToday } from '../script/sample-case.ts';
import type { ScriptPack } from '../script/script-pack.ts';
import { isSpoken } from '../script/script-pack.ts';
import { scriptFollowed, supportNeedOf } from '../script/walk-facts.ts';
import { walkScreen } from '../script/walk-screen.ts';
import { answerStep, changeLocale, checkIdentity, meetObjection, startWalk } from '../script/walk-script.ts';
import type { WalkContext } from '../script/walk-script.ts';
import type { WalkState } from '../script/walk-state.ts';
import { addDays, instantOf } from '../time.ts';

const nowMs = instantOf(sampleToday, '10:00', 'Europe/Rome');
const metEverywhere = [
  'cannot-pay', 'never-received', 'already-paid', 'wrong-amount', 'time-barred', 'not-me', 'scam', 'who-gave-number', 'called-today', 'lawyer', 'stop-calling',
];

type Problem = (text: string) => void;

export interface SimulatedCall { context: WalkContext; overdue: number }

/** Cases of every kind that a pack of this tone meets. */
export function simulatedCalls({ serves }: Pick<ScriptPack, 'serves'>): SimulatedCall[] {
  const counts = serves.tone === 'courtesy' ? [[0, 1], [0, 2], [0, 4], [0, 5], [0, 7]] : [[1, 0], [1, 1], [2, 0], [4, 2], [5, 3], [7, 6]];
  const plain = counts.map(([overdue = 0, upcoming = 0], index) => simulated(serves, overdue, upcoming, index, false));
  const [first = [1, 1]] = counts;
  return [...plain, ...[0, 1].map((index) => simulated(serves, first[0] ?? 0, first[1] ?? 0, index, true))];
}

function simulated(serves: ScriptPack['serves'], overdue: number, upcoming: number, index: number, hasMore: boolean): SimulatedCall {
  const spread = (count: number, from: number): SampleInvoice[] =>
    Array.from({ length: count }, (_, place) => ({ number: `F${String(from)}-${String(place)}`, dueDate: addDays(sampleToday, from + place), cents: 12_345 + place }));
  const more = [{ number: 'NC', dueDate: '2026-11-01', cents: -100 }, { number: 'D', dueDate: '2026-11-01', cents: 900, disputed: true }];
  const kind = serves.audience[index % serves.audience.length] ?? 'person';
  const invoices = [...spread(overdue, -90), ...spread(upcoming, 1), ...(hasMore ? more : [])];
  const { entity, view } = sampleCase({ invoices, kind, ...(hasMore && { brokenPromiseCents: 5_000 }) });
  const call = { direction: serves.direction, partyRole: serves.role, stage: serves.stage === 'any' ? (['first', 'second', 'last'] as const)[index % 3] ?? 'first' : serves.stage };
  return { context: { entity, view, operatorName: 'Anna Bianchi', agencyName: 'Studio Premura', call }, overdue };
}

/** What is met on all ways of all calls; compared with that of the sound pack. */
export interface Simulation { problems: string[]; steps: Set<string>; paragraphs: Set<string>; opening: Set<string> }

/** Follows every answer of every step of every call. `planted`: must never be on a screen (or, in a step, before the gate). */
export function simulateScript(pack: ScriptPack, calls: readonly SimulatedCall[], planted: string | null = null): Simulation {
  const simulation: Simulation = { problems: [], steps: new Set(), paragraphs: new Set(), opening: new Set() };
  const problem = (text: string): never => {
    throw new Error(text);
  };
  try {
    for (const objectionId of metEverywhere) if (!pack.objections.some(({ id }) => id === objectionId)) problem(`no word to say to ${objectionId}`);
    const fieldIds = pack.steps.flatMap((step) => (step.kind === 'capture' ? step.fields.map(({ id }) => id) : []));
    if (new Set(fieldIds).size < fieldIds.length) problem('one value overwrites another');
    for (const call of calls) followCall(pack, call, simulation, planted, problem);
    for (const step of pack.steps) if (isSpoken(step) && !simulation.steps.has(step.id)) problem(`nobody comes to ${step.id}`);
  } catch (error) {
    simulation.problems.push(error instanceof Error ? error.message : String(error));
  }
  return simulation;
}

function followCall(pack: ScriptPack, call: SimulatedCall, simulation: Simulation, planted: string | null, problem: Problem): void {
  const { context } = call;
  const seen = new Map<string, Set<string>>();
  const ends = new Set<string>();
  const queue: WalkState[] = [startWalk(pack, context, 'it', nowMs)];
  const objectionsHeard = new Set<string>();
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    const key = keyOf(pack, state);
    if (seen.has(key)) continue;
    seen.set(key, new Set());
    if (state.stepId !== null && !pack.steps.some((step) => step.id === state.stepId)) problem(`the script is lost at ${state.stepId}`);
    const screens = (['it', 'en'] as const).map((locale) => walkScreen(pack, changeLocale(state, locale), context));
    for (const screen of screens) judgeScreen(pack, screen, state, planted, simulation, problem);
    const [screen] = screens;
    if (screen?.step == null) {
      ends.add(key);
      continue;
    }
    simulation.steps.add(screen.step.stepId);
    const heardBefore = objectionsHeard.has(state.gate);
    objectionsHeard.add(state.gate);
    const onward = [
      ...afterAnswers(pack, state, screen, context, simulation),
      ...(heardBefore ? [] : afterObjections(pack, state, context, (met) => {
        for (const locale of ['it', 'en'] as const) judgeScreen(pack, walkScreen(pack, changeLocale(met, locale), context), met, planted, simulation, problem);
      })),
    ];
    if (screen.step.answers.length === 0) problem(`no way out of ${screen.step.stepId}`);
    for (const next of onward) {
      seen.get(key)?.add(keyOf(pack, next));
      queue.push(next);
    }
  }
  const leading = new Set(ends);
  for (let size = -1; size !== leading.size;) {
    size = leading.size;
    for (const [key, next] of seen) if ([...next].some((entry) => leading.has(entry))) leading.add(key);
  }
  for (const key of seen.keys()) if (!leading.has(key)) problem(`no end from ${key}`);
}

/** Two states with one key lead to the same screens: by step, gate, and what later steps ask of those before. */
function keyOf(pack: ScriptPack, state: WalkState): string {
  const notes = notesOf(pack);
  const marked = new Map(state.path.filter(({ stepId }) => notes.steps.has(stepId)).map(({ stepId, answerId }) => [stepId, answerId]));
  const values = new Map(state.path.flatMap(({ entries }) => entries.filter(({ fieldId }) => notes.fields.has(fieldId)).map(({ fieldId, value }) => [fieldId, value])));
  return JSON.stringify([state.stepId, state.gate === 'confirmed', [...marked].sort(), [...values].sort()]);
}

interface Notes { steps: Set<string>; fields: Set<string>; consents: Set<string>; given: Set<string> }
const noted = new WeakMap<ScriptPack, Notes>();

/** Disclosures, consents, and the answers and values that a condition anywhere names. */
function notesOf(pack: ScriptPack): Notes {
  const known = noted.get(pack);
  if (known !== undefined) return known;
  const conditions = JSON.stringify(pack).match(/"when":"(?:[^"\\]|\\.)*"/g)?.join(' ') ?? '';
  const notes: Notes = { steps: new Set(), fields: new Set(), consents: new Set(), given: new Set() };
  for (const step of pack.steps.filter(isSpoken)) {
    const isCheck = step.kind === 'check' && step.checks === 'disclosure';
    if (isCheck || conditions.includes(`answers.${step.id}`) || conditions.includes(`'${step.id}'`) || conditions.includes(`\\"${step.id}\\"`)) notes.steps.add(step.id);
    if (step.kind === 'capture') for (const { id } of step.fields) if (conditions.includes(`captured.${id}`)) notes.fields.add(id);
    for (const answer of step.answers) {
      if (!('consent' in answer) || answer.consent === undefined) continue;
      notes.steps.add(step.id);
      notes.consents.add(`${step.id} ${answer.id}`);
      if (answer.consent === 'given') notes.given.add(`${step.id} ${answer.id}`);
    }
  }
  noted.set(pack, notes);
  return notes;
}

function afterAnswers(pack: ScriptPack, state: WalkState, screen: WalkScreen, context: WalkContext, simulation: Simulation): WalkState[] {
  const { step } = screen;
  if (step === null) return [];
  const samples: Record<string, string> = { text: 'parole', number: '3', money: '120', date: '+2', phone: '333 1234567', email: 'a@b.it', iban: 'IT60X0542811101000000123456' };
  const values = Object.fromEntries(step.fields.map((field) => [field.fieldId, field.type === 'choice' ? field.choices[0]?.value ?? '' : samples[field.type] ?? '']));
  const dates = Object.fromEntries(pack.steps.flatMap((entry) => (entry.kind === 'capture' ? entry.fields.filter(({ past }) => past === true).map(({ id }) => [id, '-2']) : [])));
  const typed = Object.fromEntries(Object.entries(values).map(([id, text]) => [id, typeof dates[id] === 'string' ? dates[id] : text]));
  const little = Object.fromEntries(step.fields.filter(({ type }) => type === 'money').map((field) => [field.fieldId, '2']));
  const chosen = step.fields.flatMap((field) => field.choices.slice(1).map(({ value }) => ({ ...typed, [field.fieldId]: value })));
  const variants = step.fields.length === 0 ? [{}] : [typed, ...chosen, { ...typed, ...little }, {}];
  const answered = step.answers.flatMap(({ answerId }) => variants.flatMap((given) => {
    const result = answerStep(pack, state, { stepId: step.stepId, answerId, values: given }, context, nowMs);
    if (!result.ok) return [];
    if (result.value.gate === 'confirmed' && state.gate !== 'confirmed') simulation.opening.add(`${step.stepId} ${answerId}`);
    return [result.value];
  }));
  const found = step.kind === 'identity' ? identityResults.map((result) => checkIdentity(pack, state, result, context, nowMs)) : [];
  for (const next of found) if (next.gate === 'confirmed') simulation.opening.add(`${step.stepId} ${next.path.at(-1)?.answerId ?? ''}`);
  return [...answered, ...found];
}

function afterObjections(pack: ScriptPack, state: WalkState, context: WalkContext, look: (met: WalkState) => void): WalkState[] {
  return pack.objections.flatMap((objection) => {
    const met = meetObjection(pack, state, objection.id, nowMs);
    if (!met.ok) return [];
    look(met.value);
    return objection.answers.flatMap(({ id }) => {
      const next = answerStep(pack, met.value, { stepId: objection.id, answerId: id, values: {} }, context, nowMs);
      return next.ok ? [next.value] : [];
    });
  });
}

/** What only the right party could object to. */
const speaksOfClaim: ReadonlySet<string> = new Set(['cannot-pay', 'never-received', 'already-paid', 'wrong-amount', 'time-barred']);

function judgeScreen(pack: ScriptPack, screen: WalkScreen, state: WalkState, planted: string | null, simulation: Simulation, problem: Problem): void {
  const { step } = screen;
  for (const fill of Object.keys(screen.fills)) if (!Object.hasOwn(outcomeFormSchema.shape, fill)) problem(`the outcome form has no ${fill}`);
  if (step === null) return;
  const { stepId: where } = step;
  if (state.gate !== 'confirmed') for (const { objectionId } of screen.objections) if (speaksOfClaim.has(objectionId)) problem(`${objectionId} is offered before the gate at ${where}`);
  if (step.say.length === 0) problem(`nothing to say at ${where}`);
  const texts = [...step.say, step.title, ...(step.doText === null ? [] : [step.doText]), ...step.answers.map(({ label }) => label), ...step.fields.flatMap((field) => [field.label, ...field.choices.map(({ label }) => label)])];
  for (const text of texts) {
    if (text.trim() === '') problem(`an empty text at ${where}`);
    if (/[{}]|undefined|NaN/.test(text)) problem(`a brace at ${where}: ${text}`);
    if (text.split('**').length % 2 === 0) problem(`an open emphasis at ${where}: ${text}`);
    if (planted !== null && text === planted) problem(`said at ${where}: ${text}`);
  }
  const ids = step.answers.map(({ answerId }) => answerId);
  if (new Set(ids).size < ids.length) problem(`two answers are one at ${where}`);
  if (step.fields.some(({ restricted }) => restricted) && !hasConsent(pack, state)) problem(`needs are asked without consent at ${where}`);
  if (supportNeedOf(pack, state) !== null && !hasConsent(pack, state)) problem(`needs are kept without consent at ${where}`);
  if (step.kind === 'identity') {
    const found = pack.steps.flatMap((entry) => (entry.kind === 'check' && entry.checks === 'identity' && entry.id === where ? entry.answers.map(({ result }) => result) : []));
    for (const result of identityResults) if (!found.includes(result)) problem(`no answer for ${result} at ${where}`);
  }
  if (step.answers.some(({ suggestCode }) => suggestCode !== null && outcomeRules[suggestCode].class === 'success')) {
    if (state.gate !== 'confirmed') problem(`an agreement with nobody known at ${where}`);
    const read = scriptFollowed(pack, state).disclosures.map(({ disclosureId }) => disclosureId);
    for (const { id } of pack.disclosures) if (!read.includes(id)) problem(`an agreement before ${id} was read, at ${where}`);
  }
  const [overdueAt, upcomingAt] = ['overdue', 'upcoming'].map((kind) => placesOf(pack, where, kind));
  if (Math.min(...upcomingAt ?? []) < Math.max(...overdueAt ?? [])) problem(`what is not yet due comes first at ${where}`);
  for (const text of step.say) simulation.paragraphs.add(text);
}

function placesOf(pack: ScriptPack, where: string, kind: string): number[] {
  const unit = pack.steps.filter(isSpoken).find(({ id }) => id === where);
  return (unit?.say ?? []).flatMap((paragraph, index) => (paragraph.it.includes(`{${kind}`) ? [index] : []));
}

function hasConsent(pack: ScriptPack, state: WalkState): boolean {
  const { consents, given } = notesOf(pack);
  const last = state.path.map(({ stepId, answerId }) => `${stepId} ${answerId}`).findLast((entry) => consents.has(entry));
  return last !== undefined && given.has(last);
}
