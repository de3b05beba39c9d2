/**
 * The way through a script: steps and objections visited, the last one is shown.
 *
 * Invariant: the trail is plain data, so a call can resume where it was; going back never
 * leaves the script.
 */
import type { Locale } from '../../../shared/contract/contract.ts';
import type { ScriptScreen } from '../../../shared/contract/screens.ts';

export interface Place {
  kind: 'step' | 'objection';
  id: string;
}

export type Step = ScriptScreen['steps'][number];
export type Objection = ScriptScreen['objections'][number];
export type Shown = { kind: 'step'; step: Step } | { kind: 'objection'; objection: Objection };

/** What the operator sees now; a place that the script no longer has falls back to the one before it. */
export function shownOf(script: ScriptScreen, trail: readonly Place[]): Shown | null {
  for (const place of [...trail].reverse()) {
    if (place.kind === 'objection') {
      const objection = script.objections.find((entry) => entry.objectionId === place.id);
      if (objection !== undefined) return { kind: 'objection', objection };
    } else {
      const step = script.steps.find((entry) => entry.stepId === place.id);
      if (step !== undefined) return { kind: 'step', step };
    }
  }
  const start = script.steps.find((entry) => entry.stepId === script.start) ?? script.steps[0];
  return start === undefined ? null : { kind: 'step', step: start };
}

/** The steps visited, for the breadcrumb: objections are side ways and do not count. */
export function visitedSteps(script: ScriptScreen, trail: readonly Place[]): Step[] {
  const ids = [script.start, ...trail.filter((place) => place.kind === 'step').map((place) => place.id)];
  const distinct = ids.filter((id, index) => index === 0 || id !== ids[index - 1]);
  return distinct.map((id) => script.steps.find((step) => step.stepId === id)).filter((step) => step !== undefined);
}

/** Goes on to a place; an objection takes the place of the objection before it. */
export function goOn(trail: readonly Place[], place: Place): Place[] {
  const last = trail.at(-1);
  if (place.kind === 'objection' && last?.kind === 'objection') return [...trail.slice(0, -1), place];
  if (last?.kind === place.kind && last.id === place.id) return [...trail];
  return [...trail, place];
}

/** One step back. */
export function goBack(trail: readonly Place[]): Place[] {
  return trail.slice(0, -1);
}

/** The step to resume at after a crash: '' at the start. */
export function resumeStepId(trail: readonly Place[]): string {
  return trail.findLast((place) => place.kind === 'step')?.id ?? '';
}

/** Splits `**…**` into pieces, so that nothing is ever read as markup. */
export function splitStress(text: string): { text: string; stressed: boolean }[] {
  return text.split('**').map((piece, index) => ({ text: piece, stressed: index % 2 === 1 })).filter((piece) => piece.text !== '');
}

const quotes = { it: ['«', '»'], en: ['“', '”'] } as const;

/** Puts what is said aloud in the language's quotation marks, unless the script already has them. */
export function quoteParagraphs(paragraphs: readonly string[], locale: Locale): string[] {
  const [open, close] = quotes[locale];
  if (paragraphs[0]?.startsWith(open) === true) return [...paragraphs];
  return paragraphs.map((text, index) => `${index === 0 ? open : ''}${text}${index === paragraphs.length - 1 ? close : ''}`);
}
