import { describe, expect, it } from 'vitest';
import type { ScriptScreen } from '../../../shared/contract/screens.ts';
import type { Place } from './script-trail.ts';
import { goBack, goOn, quoteParagraphs, resumeStepId, shownOf, splitStress, visitedSteps } from './script-trail.ts';

const step = (stepId: string): ScriptScreen['steps'][number] => ({ stepId, title: stepId.toUpperCase(), say: [], doText: null, answers: [] });
const script: ScriptScreen = {
  scriptId: 's', version: '1', start: 'a', steps: [step('a'), step('b'), step('c')],
  objections: [{ objectionId: 'paid', label: 'già pagato', say: [], doText: null }],
};
const stepB: Place = { kind: 'step', id: 'b' };
const paid: Place = { kind: 'objection', id: 'paid' };

describe('script trail', () => {
  it('starts at the start, goes on, and comes back', () => {
    expect(shownOf(script, [])).toMatchObject({ step: { stepId: 'a' } });
    const onB = goOn([], stepB);
    expect(shownOf(script, onB)).toMatchObject({ step: { stepId: 'b' } });
    expect(shownOf(script, goBack(onB))).toMatchObject({ step: { stepId: 'a' } });
    expect(goBack([])).toEqual([]);
  });

  it('meets an objection and returns to the step it came from', () => {
    const trail = goOn(goOn([], stepB), paid);
    expect(shownOf(script, trail)).toMatchObject({ kind: 'objection' });
    expect(shownOf(script, goBack(trail))).toMatchObject({ step: { stepId: 'b' } });
    expect(visitedSteps(script, trail).map((visited) => visited.stepId)).toEqual(['a', 'b']);
    expect(resumeStepId(trail)).toBe('b');
  });

  it('falls back when a step is gone from a newer script', () => {
    expect(shownOf(script, [stepB, { kind: 'step', id: 'gone' }])).toMatchObject({ step: { stepId: 'b' } });
  });
});

describe('what is said', () => {
  it('splits what is stressed', () => {
    expect(splitStress('la fattura di **cento euro** scade')).toEqual([
      { text: 'la fattura di ', stressed: false }, { text: 'cento euro', stressed: true }, { text: ' scade', stressed: false },
    ]);
  });

  it('quotes the whole, once', () => {
    expect(quoteParagraphs(['uno', 'due'], 'it')).toEqual(['«uno', 'due»']);
    expect(quoteParagraphs(['one'], 'en')).toEqual(['“one”']);
    expect(quoteParagraphs(['«uno»'], 'it')).toEqual(['«uno»']);
  });
});
