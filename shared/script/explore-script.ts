/**
 * Walks every way through a script: each step in each state of knowledge in which a call can come to it.
 *
 * Invariants: a state holds all that later steps may depend on (gate, consent, what was read, the answers and values that conditions
 * or texts mention), for one representative of each class of situations; so what holds in every visit holds in every call. An
 * objection may be met in any state (one behind the identity check, in any behind it); it may lead on, and never counts as the way out of a
 * dead end. Where it leads depends on what is known, not on the step: it is followed once for each state of knowledge.
 */
import { holds } from './script-condition.ts';
import type { ConditionValues } from './script-condition.ts';
import { comparisonsOf, listConditions } from './list-conditions.ts';
import type { ScriptFields } from './pack-fields.ts';
import { fieldsOf } from './pack-fields.ts';
import type { ScriptField } from './script-fields.ts';
import type { GoStep, ScriptAnswer, ScriptPack, ScriptStep, SpokenStep } from './script-pack.ts';
import { answersOf, isSpoken, returnWord } from './script-pack.ts';
import { capturedFieldOf, variablesIn } from './script-variables.ts';
import { situationsOf } from './situation.ts';
import type { Situation } from './situation.ts';
import { emptyValueOf, representativesOf } from './field-classes.ts';

/** More states than this nobody can oversee either. */
const maxVisits = 20_000;

export interface Visit {
  step: ScriptStep;
  situation: Situation;
  isConfirmed: boolean;
  hasConsent: boolean;
  read: readonly string[];
  answers: Readonly<Record<string, string>>;
  captured: Readonly<Record<string, string | number>>;
  /** Equal where situation, answers and captured values are: all that conditions ask for. */
  callKey: string;
  /** What can be chosen here. */
  offered: readonly ScriptAnswer[];
  /** Keys of where the answers lead; null = the end. */
  next: (string | null)[];
}

export interface Exploration {
  visits: ReadonlyMap<string, Visit>;
  /** Situation variables that decide the way. */
  wayNames: ReadonlySet<string>;
  isTooLarge: boolean;
}

type Knowledge = Omit<Visit, 'step' | 'offered' | 'next'>;
/** What conditions and texts ask of earlier steps; of two fields with one id the first. */
interface Tracked { names: ReadonlySet<string>; fields: ScriptFields }

/** Explores a pack whose conditions all compile. */
export function exploreScript(pack: ScriptPack): Exploration {
  const conditions = listConditions(pack);
  const comparisons = comparisonsOf(conditions.map(({ text }) => text));
  const wayNames = new Set(comparisonsOf(conditions.filter(({ decides }) => decides === 'way').map(({ text }) => text)).map(({ variable }) => variable));
  const tracked: Tracked = { names: trackedBy(pack, comparisons.map(({ variable }) => variable)), fields: fieldsOf(pack) };
  const steps = new Map(pack.steps.map((step) => [step.id, step]));
  const visits = new Map<string, Visit>();
  const queue: { id: string; known: Knowledge }[] = situationsOf(pack.serves, comparisons, wayNames).map((situation) => (
    { id: pack.start, known: withCallKey({ situation, isConfirmed: false, hasConsent: false, read: [], answers: {}, captured: {} }) }));
  const objected = new Set<string>();

  const enter = (id: string | null, known: Knowledge): string | null => {
    if (id === null) return null;
    queue.push({ id, known });
    return keyOf(id, known);
  };
  const visitSpoken = (step: SpokenStep, known: Knowledge): Pick<Visit, 'offered' | 'next'> => {
    const offered = answersOf(step).filter((answer) => holds(answer.when, valuesOf(known)));
    const next = offered.flatMap((answer) => after(step, answer, known, tracked, comparisons).map((then) => enter(answer.goTo, then)));
    followObjections(known);
    return { offered, next };
  };
  const followObjections = (known: Knowledge): void => {
    const key = keyOf('', known);
    if (objected.has(key)) return;
    objected.add(key);
    for (const objection of pack.objections) {
      if (objection.behindIdentity === true && !known.isConfirmed) continue;
      for (const answer of answersOf(objection)) {
        if (answer.goTo === returnWord || !holds(answer.when, valuesOf(known))) continue;
        for (const then of after(objection, answer, known, tracked, comparisons)) enter(answer.goTo, then);
      }
    }
  };
  const visitGo = (step: GoStep, known: Knowledge): Pick<Visit, 'offered' | 'next'> => {
    const route = step.routes.find((candidate) => holds(candidate.when, valuesOf(known)));
    return { offered: [], next: route === undefined ? [] : [enter(route.goTo, known)] };
  };

  for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
    const step = steps.get(entry.id);
    const key = keyOf(entry.id, entry.known);
    if (step === undefined || visits.has(key)) continue;
    if (visits.size >= maxVisits) return { visits, wayNames, isTooLarge: true };
    const visit: Visit = { step, ...entry.known, offered: [], next: [] };
    visits.set(key, visit);
    Object.assign(visit, isSpoken(step) ? visitSpoken(step, entry.known) : visitGo(step, entry.known));
  }
  return { visits, wayNames, isTooLarge: false };
}

/** Keys of the visits from which the end can be reached. */
export function visitsThatEnd(visits: ReadonlyMap<string, Visit>): Set<string> {
  const before = new Map<string, string[]>();
  const ending: string[] = [];
  for (const [key, visit] of visits) {
    if (visit.next.includes(null)) ending.push(key);
    for (const next of visit.next) if (next !== null) before.set(next, [...before.get(next) ?? [], key]);
  }
  const found = new Set(ending);
  for (let key = ending.pop(); key !== undefined; key = ending.pop()) {
    for (const earlier of before.get(key) ?? []) {
      if (!found.has(earlier)) ending.push(earlier);
      found.add(earlier);
    }
  }
  return found;
}

/** What conditions and texts can ask of a visit. */
export function valuesOf(known: Pick<Visit, 'situation' | 'answers' | 'captured'>): ConditionValues {
  return { ...known.situation, answers: known.answers, captured: known.captured };
}

/** What is known after an answer: once for each class of values that the step captures. */
function after(
  unit: { id: string; kind?: ScriptStep['kind']; fields?: readonly ScriptField[]; disclosure?: string }, answer: ScriptAnswer, known: Knowledge,
  tracked: Tracked, comparisons: ReturnType<typeof comparisonsOf>,
): Knowledge[] {
  const isRead = answer.read === true && unit.disclosure !== undefined && !known.read.includes(unit.disclosure);
  const heard: Knowledge = {
    ...known,
    isConfirmed: answer.result === undefined || answer.result === 'not-now' ? known.isConfirmed : answer.result === 'confirmed',
    hasConsent: answer.consent === undefined ? known.hasConsent : answer.consent === 'given',
    read: isRead ? [...known.read, unit.disclosure ?? ''].sort() : known.read,
  };
  const then = tracked.names.has(`answers.${unit.id}`) ? withCallKey({ ...heard, answers: { ...known.answers, [unit.id]: answer.id } }) : heard;
  let spread = [then];
  for (const { id } of unit.fields ?? []) {
    const field = tracked.fields.get(id);
    if (field === undefined || !tracked.names.has(`captured.${id}`)) continue;
    const values = answer.withoutFields === true ? [emptyValueOf(field)] : representativesOf(field, comparisons);
    spread = spread.flatMap((entry) => values.map((value) => withCallKey({ ...entry, captured: { ...entry.captured, [id]: value } })));
  }
  return spread;
}

function trackedBy(pack: ScriptPack, compared: readonly string[]): Set<string> {
  const texts = [...pack.steps.filter(isSpoken), ...pack.objections].flatMap((unit) => [...unit.say, ...(unit.do === undefined ? [] : [unit.do])]);
  const said = texts.flatMap((text) => [...variablesIn(text.it), ...variablesIn(text.en)]).filter((name) => capturedFieldOf(name) !== null);
  return new Set([...compared.filter((name) => name.includes('.')), ...said]);
}

function withCallKey(known: Omit<Knowledge, 'callKey'>): Knowledge {
  const { situation, answers, captured } = known;
  return { ...known, callKey: JSON.stringify([Object.entries(answers).sort(), Object.entries(captured).sort(), Object.values(situation)]) };
}

function keyOf(id: string, { isConfirmed, hasConsent, read, callKey }: Knowledge): string {
  return `${id} ${String(isConfirmed)} ${String(hasConsent)} ${read.join(',')} ${callKey}`;
}
