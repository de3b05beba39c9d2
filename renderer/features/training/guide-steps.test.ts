import { describe, expect, it } from 'vitest';
import type { GuideSight, GuideStep } from './guide-steps.ts';
import { currentStep, doneBy } from './guide-steps.ts';

const nothing: GuideSight = { caseOpen: false, scriptSteps: 0, noteTyped: false, outcomeChosen: false, savedToday: 3 };
const none = new Set<GuideStep>();

describe('the guided first case', () => {
  it('ticks what was done and nothing else', () => {
    expect(doneBy(nothing, none, 3)).toEqual([]);
    expect(doneBy({ ...nothing, caseOpen: true }, none, 3)).toEqual(['why']);
    expect(doneBy({ ...nothing, caseOpen: true, scriptSteps: 1 }, new Set(['why']), 3)).toEqual([]);
    expect(doneBy({ ...nothing, caseOpen: true, scriptSteps: 2, outcomeChosen: true }, new Set(['why']), 3)).toEqual(['say', 'outcome']);
    expect(doneBy({ ...nothing, noteTyped: true, outcomeChosen: true }, none, 3)).toEqual([]);
    expect(doneBy({ ...nothing, savedToday: 4 }, new Set(['why']), 3)).toEqual(['save']);
  });

  it('shows the first open step, waits at the last, and ends with the save', () => {
    expect(currentStep(none, none)).toBe('why');
    expect(currentStep(new Set(['why', 'say']), new Set(['header']))).toBe('note');
    expect(currentStep(new Set(['why']), new Set(['header', 'say', 'note', 'outcome', 'save']))).toBe('save');
    expect(currentStep(new Set(['save']), none)).toBeNull();
  });
});
