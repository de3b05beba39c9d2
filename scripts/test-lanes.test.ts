import { describe, expect, it } from 'vitest';
import { planStages, suites } from './test-lanes.ts';

describe('planStages', () => {
  it('runs every suite once, and by itself what needs the machine', () => {
    const stages = planStages(suites);
    expect(stages.flat(2).toSorted()).toEqual([...suites].sort());
    expect(stages.filter((lanes) => lanes.length > 1)).toHaveLength(1);
    for (const suite of ['integration', 'property', 'crash', 'e2e', 'telephone'] as const) expect(stages).toContainEqual([[suite]]);
  });

  it('runs only what was chosen, in the order of the sum, and one suite in one lane', () => {
    expect(planStages(['telephone', 'crash'])).toEqual([[['crash']], [['telephone']]]);
    expect(planStages(['lint', 'types'])).toEqual([[['lint', 'types']]]);
    expect(planStages(['lint', 'unit', 'e2e'])).toEqual([[['lint'], ['unit']], [['e2e']]]);
    expect(planStages([])).toEqual([]);
  });
});
