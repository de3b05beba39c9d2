/**
 * The guided first case: which step is done is read from the work itself.
 *
 * Invariants: a step is ticked only when it was done; steps may be done in any order; passing a step by ticks nothing. Reading the header leaves no
 * trace, so that one is the operator's word.
 */
export const guideSteps = ['why', 'header', 'say', 'note', 'outcome', 'save'] as const;
export type GuideStep = (typeof guideSteps)[number];

/** What the guide sees of the work, at one moment. */
export interface GuideSight {
  /** A case is open. */
  caseOpen: boolean;
  /** Steps of the script gone through. */
  scriptSteps: number;
  noteTyped: boolean;
  outcomeChosen: boolean;
  /** Outcomes saved today. */
  savedToday: number;
}

/** Steps done by what is seen now, beyond those done before. `savedAtStart`: outcomes of today when the guide began. */
export function doneBy(sight: GuideSight, before: ReadonlySet<GuideStep>, savedAtStart: number): GuideStep[] {
  const seen: Record<GuideStep, boolean> = {
    why: sight.caseOpen,
    header: false,
    say: sight.caseOpen && sight.scriptSteps >= 2,
    note: sight.caseOpen && sight.noteTyped,
    outcome: sight.caseOpen && sight.outcomeChosen,
    save: sight.savedToday > savedAtStart,
  };
  return guideSteps.filter((step) => seen[step] && !before.has(step));
}

/** The step to show: the first that is neither done nor passed by; null at the end. Saving is the end, whatever was left out. */
export function currentStep(done: ReadonlySet<GuideStep>, passed: ReadonlySet<GuideStep>): GuideStep | null {
  if (done.has('save')) return null;
  return guideSteps.find((step) => !done.has(step) && !passed.has(step)) ?? 'save';
}
