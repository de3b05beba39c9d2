/**
 * Changes to a script being written, as pure steps.
 *
 * Invariant: whatever is done, the pack keeps its form (`script-pack.ts`): ids are made here, the last of what must be there is not
 * taken away. Whether it is fit for use is the checker's matter, not this one's.
 */
import type { GoStep, ScriptObjection, ScriptPack, ScriptStep, SpokenStep } from '../../../shared/script/script-pack.ts';
import { isSpoken, returnWord } from '../../../shared/script/script-pack.ts';

export const stepKinds = ['say', 'ask', 'capture', 'identity', 'disclosure', 'offer', 'go'] as const;
export type StepKind = (typeof stepKinds)[number];

/** What is being edited: the pack's own sheet, a step or an objection. */
export type ScriptPlace = { kind: 'sheet' } | { kind: 'step' | 'objection'; id: string };

export const sheet: ScriptPlace = { kind: 'sheet' };

export function kindOf(step: ScriptStep): StepKind {
  return step.kind === 'check' ? step.checks : step.kind;
}

export function placesOf(pack: ScriptPack): ScriptPlace[] {
  return [
    sheet,
    ...pack.steps.map(({ id }): ScriptPlace => ({ kind: 'step', id })),
    ...pack.objections.map(({ id }): ScriptPlace => ({ kind: 'objection', id })),
  ];
}

export function samePlace(one: ScriptPlace, other: ScriptPlace): boolean {
  return one.kind === other.kind && (one.kind === 'sheet' || (other.kind !== 'sheet' && one.id === other.id));
}

/** Where the checker's `where` leads; what is no step and no objection is on the sheet. */
export function placeOfFinding(pack: ScriptPack, where: string): ScriptPlace {
  const names = where.split(/[./ ]/);
  const step = pack.steps.find(({ id }) => names.includes(id));
  if (step !== undefined) return { kind: 'step', id: step.id };
  const objection = pack.objections.find(({ id }) => names.includes(id));
  return objection === undefined ? sheet : { kind: 'objection', id: objection.id };
}

/** Changes a copy. */
export function changed<T>(value: T, change: (copy: T) => void): T {
  const copy = structuredClone(value);
  change(copy);
  return copy;
}

export function changeStep(pack: ScriptPack, id: string, change: (step: ScriptStep) => void): ScriptPack {
  return { ...pack, steps: pack.steps.map((step) => (step.id === id ? changed(step, change) : step)) };
}

export function changeObjection(pack: ScriptPack, id: string, change: (objection: ScriptObjection) => void): ScriptPack {
  return { ...pack, objections: pack.objections.map((objection) => (objection.id === id ? changed(objection, change) : objection)) };
}

/** `Prima domanda` becomes `prima-domanda`; never one that is taken. */
export function newUnitId(pack: ScriptPack, words: string): string {
  const bare = words.normalize('NFD').toLowerCase().replace(/\p{M}/gu, '').replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, 40);
  const taken = new Set([...pack.steps, ...pack.objections].map(({ id }) => id).concat(returnWord));
  return firstFree(bare === '' ? 'step' : bare, (id) => taken.has(id));
}

export function firstFree(base: string, isTaken: (id: string) => boolean): string {
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${String(number)}`;
    if (!isTaken(id)) return id;
  }
}

/** A new question after the step `afterId`, or at the end. */
export function addStep(pack: ScriptPack, id: string, title: { it: string; en: string }, afterId: string | null): ScriptPack {
  const step: ScriptStep = { kind: 'ask', id, title, say: [{ it: '', en: '' }], answers: [{ id: 'next', label: { it: '', en: '' }, goTo: null }] };
  const at = pack.steps.findIndex((candidate) => candidate.id === afterId);
  const steps = [...pack.steps];
  steps.splice(at < 0 ? steps.length : at + 1, 0, step);
  return { ...pack, steps };
}

export function addObjection(pack: ScriptPack, id: string, label: { it: string; en: string }): ScriptPack {
  const objection: ScriptObjection = {
    id, label, say: [{ it: '', en: '' }], answers: [{ id: 'return', label: { it: 'Riprendi', en: 'Resume' }, goTo: returnWord }],
  };
  return { ...pack, objections: [...pack.objections, objection] };
}

/** The last step stays: a script without steps is none. */
export function removePlace(pack: ScriptPack, place: ScriptPlace): ScriptPack {
  if (place.kind === 'step' && pack.steps.length > 1) return { ...pack, steps: pack.steps.filter(({ id }) => id !== place.id) };
  if (place.kind === 'objection') return { ...pack, objections: pack.objections.filter(({ id }) => id !== place.id) };
  return pack;
}

/** The same list with one entry a place further up (-1) or down (1). */
export function moved<T>(list: readonly T[], index: number, by: -1 | 1): T[] {
  const to = index + by;
  const next = [...list];
  const [entry] = next.splice(index, 1);
  if (entry === undefined || to < 0 || to >= list.length) return [...list];
  next.splice(to, 0, entry);
  return next;
}

export function movePlace(pack: ScriptPack, place: ScriptPlace, by: -1 | 1): ScriptPack {
  switch (place.kind) {
    case 'sheet':
      return pack;
    case 'step':
      return { ...pack, steps: moved(pack.steps, pack.steps.findIndex(({ id }) => id === place.id), by) };
    case 'objection':
      return { ...pack, objections: moved(pack.objections, pack.objections.findIndex(({ id }) => id === place.id), by) };
  }
}

/** Another kind of step in the same place: what is said and answered stays as far as the new kind has it. */
export function convertStep(step: ScriptStep, kind: StepKind, disclosures: ScriptPack['disclosures']): ScriptStep {
  if (kindOf(step) === kind) return step;
  if (kind === 'go') return { kind: 'go', id: step.id, routes: [{ goTo: isSpoken(step) ? step.answers[0]?.goTo ?? null : null }] };
  const spoken = isSpoken(step) ? plainSpoken(step) : silent(step);
  switch (kind) {
    case 'say': case 'ask':
      return { kind, ...spoken };
    case 'capture':
      return { kind, ...spoken, fields: [{ id: 'value', type: 'text', label: { it: '', en: '' }, required: true }] };
    case 'offer':
      return { kind, ...spoken, actions: ['promise'] };
    case 'identity':
      return { kind: 'check', checks: 'identity', ...spoken, answers: spoken.answers.map((answer, index) => ({ ...answer, result: index === 0 ? 'confirmed' : 'not-now' })) };
    case 'disclosure':
      return { kind: 'check', checks: 'disclosure', disclosure: disclosures[0]?.id ?? 'disclosure', ...spoken, answers: spoken.answers.map((answer, index) => ({ ...answer, ...(index === 0 ? { read: true } : {}) })) };
  }
}

type Plain = Pick<Extract<ScriptStep, { kind: 'ask' }>, 'id' | 'title' | 'say' | 'do' | 'answers'>;

function plainSpoken(step: SpokenStep): Plain {
  const { id, title, say } = step;
  return {
    id, title, say, ...(step.do === undefined ? {} : { do: step.do }),
    answers: step.answers.map(({ id: answerId, label, goTo, suggestCode, reason, when, consent }) => ({
      id: answerId, label, goTo, ...(suggestCode === undefined ? {} : { suggestCode }), ...(reason === undefined ? {} : { reason }), ...(when === undefined ? {} : { when }), ...(consent === undefined ? {} : { consent }),
    })),
  };
}

function silent(step: GoStep): Plain {
  return {
    id: step.id, title: { it: '', en: '' }, say: [{ it: '', en: '' }],
    answers: [{ id: 'next', label: { it: '', en: '' }, goTo: step.routes.at(-1)?.goTo ?? null }],
  };
}

/** The next version after the highest of these: `1.2.3` gives `1.3.0`. */
export function nextVersion(versions: readonly string[]): string {
  const [highest] = [...versions].sort(compareVersions).reverse();
  const [major = 0, minor = 0] = (highest ?? '0.0.0').split('.').map(Number);
  return highest === undefined ? '1.0.0' : `${String(major)}.${String(minor + 1)}.0`;
}

export function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split('.').map(Number));
  return [0, 1, 2].map((part) => (left?.[part] ?? 0) - (right?.[part] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

/** A flat copy under another name, to be written on. */
export function copyOf(pack: ScriptPack, id: string): ScriptPack {
  return { ...structuredClone(pack), id, version: '1.0.0' };
}

