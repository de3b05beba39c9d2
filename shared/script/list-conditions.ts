/** Every condition of a pack with the place where it stands. */
import type { Comparison } from './script-condition.ts';
import { compileCondition } from './script-condition.ts';
import type { ScriptPack } from './script-pack.ts';
import { answersOf, isSpoken } from './script-pack.ts';

export interface PlacedCondition {
  where: string;
  /** Whether it decides the way, or only what is said. */
  decides: 'way' | 'words';
  text: string;
}

/** The conditions of a pack, in the order of the file. */
export function listConditions(pack: ScriptPack): PlacedCondition[] {
  const placed = (where: string, decides: PlacedCondition['decides'], entries: readonly { when?: string | undefined }[]): PlacedCondition[] =>
    entries.flatMap(({ when }) => (when === undefined ? [] : [{ where, decides, text: when }]));
  return [
    ...pack.steps.flatMap((step) => (isSpoken(step)
      ? [...placed(step.id, 'words', step.say), ...placed(step.id, 'way', answersOf(step))]
      : placed(step.id, 'way', step.routes))),
    ...pack.objections.flatMap((objection) => [...placed(objection.id, 'words', objection.say), ...placed(objection.id, 'way', objection.answers)]),
  ];
}

/** What conditions compare; those that do not compile compare nothing. */
export function comparisonsOf(texts: readonly (string | undefined)[]): Comparison[] {
  return texts.flatMap((text) => {
    if (text === undefined) return [];
    const compiled = compileCondition(text);
    return compiled.ok ? compiled.condition.comparisons : [];
  });
}

/** The pack without the conditions that `isBroken` names, so that the rest of it can be walked. */
export function withoutConditions(pack: ScriptPack, isBroken: (text: string) => boolean): ScriptPack {
  const clean = <Entry extends { when?: string | undefined }>(entries: readonly Entry[]): Entry[] =>
    entries.map((entry) => (entry.when !== undefined && isBroken(entry.when) ? { ...entry, when: undefined } : entry));
  return {
    ...pack,
    steps: pack.steps.map((step): ScriptPack['steps'][number] => {
      if (step.kind === 'go') return { ...step, routes: clean(step.routes) };
      if (step.kind === 'check' && step.checks === 'identity') return { ...step, say: clean(step.say), answers: clean(step.answers) };
      if (step.kind === 'check') return { ...step, say: clean(step.say), answers: clean(step.answers) };
      return { ...step, say: clean(step.say), answers: clean(step.answers) };
    }),
    objections: pack.objections.map((objection) => ({ ...objection, say: clean(objection.say), answers: clean(objection.answers) })),
  };
}
