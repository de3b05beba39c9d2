import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallId, CaseId } from '../id.ts';
import { newId } from '../id.ts';
import type { AgentStep, SeenCall } from './agent-state.ts';
import { newAgent, nextAgent } from './agent-state.ts';
import type { Progressive, ProgressiveStep } from './progressive.ts';
import { findObstacle, nextProgressive, pauseReasons, progressiveOff, secondsLeft } from './progressive.ts';

const caseId = newId<CaseId>();
const elsewhere = newId<CaseId>();
const on: ProgressiveStep = { kind: 'switch', on: true };
const go: ProgressiveStep = { kind: 'go', caseId };
const shown: ProgressiveStep = { kind: 'shown', caseId, seconds: 10 };
const tick: ProgressiveStep = { kind: 'tick', obstacle: null };

/** Each step at its millisecond. */
function walk(...steps: readonly [ProgressiveStep, number][]): Progressive {
  return steps.reduce((mode, [step, atMs]) => nextProgressive(mode, step, atMs), progressiveOff);
}

describe('progressive mode', () => {
  it('is off until it is switched on, and begins nothing by itself', () => {
    expect(walk([go, 0], [shown, 1], [tick, 60_000])).toEqual({ phase: 'off' });
    expect(walk([on, 0], [shown, 1], [tick, 60_000])).toEqual({ phase: 'waiting', why: null });
  });

  it('counts once the case stands on the screen, and dials at the end', () => {
    const counting = walk([on, 0], [go, 1_000], [shown, 2_000]);
    expect(counting).toEqual({ phase: 'counting', caseId, endsAtMs: 12_000 });
    expect([2_000, 2_001, 11_999, 12_000, 20_000].map((atMs) => secondsLeft(counting, atMs))).toEqual([10, 10, 1, 0, 0]);
    expect(nextProgressive(counting, tick, 11_999)).toBe(counting);
    expect(nextProgressive(counting, tick, 12_000)).toEqual({ phase: 'dialling', caseId });
  });

  it.each(pauseReasons)('stops for "%s" and waits for the operator’s word', (why) => {
    const stopped = walk([on, 0], [go, 0], [shown, 0], [{ kind: 'stop', why }, 9_000]);
    expect(stopped).toEqual({ phase: 'waiting', why });
    expect(nextProgressive(nextProgressive(stopped, tick, 60_000), shown, 60_000)).toBe(stopped);
    expect(nextProgressive(stopped, go, 61_000)).toEqual({ phase: 'opening', caseId });
  });

  it('looks once more at its very end', () => {
    expect(walk([on, 0], [go, 0], [shown, 0], [{ kind: 'tick', obstacle: 'line' }, 10_000])).toEqual({ phase: 'waiting', why: 'line' });
  });

  it('says a refusal, that there is no case, and that another case was opened', () => {
    const dialling = walk([on, 0], [go, 0], [shown, 0], [tick, 10_000]);
    expect(nextProgressive(dialling, { kind: 'dialled', ok: false }, 10_100)).toEqual({ phase: 'waiting', why: 'refused' });
    expect(nextProgressive(dialling, { kind: 'dialled', ok: true }, 10_100)).toEqual({ phase: 'waiting', why: null });
    expect(nextProgressive(dialling, go, 10_050)).toBe(dialling);
    expect(walk([on, 0], [{ kind: 'go', caseId: null }, 0])).toEqual({ phase: 'waiting', why: 'no-case' });
    expect(walk([on, 0], [go, 0], [{ ...shown, caseId: elsewhere }, 0])).toEqual({ phase: 'waiting', why: 'left' });
  });

  const anyStep = fc.oneof(
    fc.constantFrom<ProgressiveStep>(on, { kind: 'switch', on: false }, go, { kind: 'go', caseId: elsewhere }, { kind: 'go', caseId: null }, shown, { ...shown, caseId: elsewhere }, tick),
    fc.constantFrom(...pauseReasons).map((why): ProgressiveStep => ({ kind: 'stop', why })),
    fc.constantFrom(...pauseReasons).map((obstacle): ProgressiveStep => ({ kind: 'tick', obstacle })),
    fc.boolean().map((ok): ProgressiveStep => ({ kind: 'dialled', ok })),
  );
  it('dials only what was said, shown and counted to its end since the last dial or stop', () => {
    fc.assert(fc.property(fc.array(fc.tuple(anyStep, fc.integer({ min: 0, max: 8_000 })), { maxLength: 60 }), (steps) => {
      let mode: Progressive = progressiveOff;
      let nowMs = 0;
      let said: CaseId | null = null;
      let shownAtMs: number | null = null;
      for (const [step, laterMs] of steps) {
        nowMs += laterMs;
        const before = mode;
        mode = nextProgressive(mode, step, nowMs);
        if (step.kind === 'go' && mode.phase === 'opening') {
          said = step.caseId;
          shownAtMs = null;
        }
        if (step.kind === 'shown' && mode.phase === 'counting' && before.phase === 'opening') shownAtMs = nowMs;
        if (step.kind === 'stop' || (step.kind === 'switch' && !step.on)) expect(['off', 'waiting', 'dialling']).toContain(mode.phase);
        if (mode.phase === 'dialling' && before.phase !== 'dialling') {
          expect(step).toEqual(tick);
          expect(mode.caseId).toBe(said);
          expect(nowMs - (shownAtMs ?? nowMs)).toBeGreaterThanOrEqual(10_000);
          said = null;
        }
      }
    }));
  });
});

describe('what stands in the way', () => {
  const agentAfter = (...steps: AgentStep[]): ReturnType<typeof newAgent> => steps.reduce((agent, step) => nextAgent(agent, step, 1), newAgent(0));
  const saw = (call: SeenCall, line: 'none' | 'up' | 'down' = 'up'): AgentStep => ({ kind: 'seen', seen: { line, call } });
  it.each([
    [null, agentAfter(saw({ kind: 'none' })), false],
    ['form', agentAfter(saw({ kind: 'none' })), true],
    ['line', agentAfter(saw({ kind: 'none' }, 'none')), false],
    ['line', agentAfter(saw({ kind: 'none' }, 'down')), true],
    ['call', agentAfter(saw({ kind: 'offered' })), false],
    ['call', agentAfter(saw({ kind: 'living', held: false })), false],
    ['call', agentAfter(saw({ kind: 'living', held: true })), false],
    ['call', agentAfter(saw({ kind: 'to-code', callId: newId<CallId>() })), false],
    ['break', agentAfter(saw({ kind: 'none' }), { kind: 'choose', choice: 'meeting' }), false],
    ['break', agentAfter(saw({ kind: 'offered' }), saw({ kind: 'none' })), false],
  ] as const)('%s', (why, agent, isFormOpen) => {
    expect(findObstacle(agent, isFormOpen)).toBe(why);
  });
});
