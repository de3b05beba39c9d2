import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallId } from '../id.ts';
import { newId } from '../id.ts';
import type { Agent, AgentStep, Seen, SeenCall } from './agent-state.ts';
import { WRAP_UP_MS, agentChoices, isBusy, newAgent, nextAgent, shownAgentState, wrapUpIsOverdue, wrapUpLeftMs } from './agent-state.ts';

const callId = newId<CallId>();
const other = newId<CallId>();
const none: SeenCall = { kind: 'none' };
const offered: SeenCall = { kind: 'offered' };
const talking: SeenCall = { kind: 'living', held: false };
const toCode: SeenCall = { kind: 'to-code', callId };
const saw = (call: SeenCall, line: Seen['line'] = 'up'): AgentStep => ({ kind: 'seen', seen: { line, call } });
const choose = (choice: Agent['choice']): AgentStep => ({ kind: 'choose', choice });

/** Each step a second after the one before, from 0. */
function walk(steps: readonly AgentStep[], from: Agent = newAgent(0)): Agent {
  return steps.reduce((agent, step, place) => nextAgent(agent, step, (place + 1) * 1_000), from);
}

describe('what the chip shows', () => {
  it.each<[string, AgentStep[]]>([
    ['ready', []],
    ['ready', [saw(none)]],
    ['meal', [choose('meal')]],
    ['ringing', [saw(offered)]],
    ['in-call', [saw(offered), saw(talking)]],
    ['held', [saw(talking), saw({ kind: 'living', held: true })]],
    ['wrap-up', [saw(talking), saw(toCode)]],
    ['ready', [saw(talking), saw(toCode), saw(none)]],
    ['missed', [saw(offered), saw(none)]],
    ['ready', [saw(offered), { kind: 'declined' }, saw(none)]],
    ['ready', [saw(offered), saw(none), choose('ready')]],
    ['offline', [saw(none, 'down')]],
    ['ready', [saw(none, 'down'), saw(none)]],
    // What is on the line, or is to be coded, says more than that the line is lost.
    ['in-call', [saw(talking, 'down')]],
    ['wrap-up', [saw(talking, 'down'), saw(toCode, 'down')]],
    // By hand there is no line that could be lost.
    ['ready', [saw(none, 'none')]],
  ])('%s', (state, steps) => {
    expect(shownAgentState(walk(steps))).toBe(state);
  });

  it('counts from the moment at which its word changed', () => {
    expect(walk([saw(talking), saw(talking), choose('meal')]).sinceMs).toBe(1_000);
    expect(walk([saw(talking), saw({ kind: 'living', held: true })]).sinceMs).toBe(2_000);
  });

  it('is the same object where nothing is new', () => {
    const agent = walk([saw(talking)]);
    expect(nextAgent(agent, saw(talking), 9_000)).toBe(agent);
    expect(nextAgent(agent, { kind: 'typed' }, 9_000)).toBe(agent);
    expect(nextAgent(agent, { kind: 'extend' }, 9_000)).toBe(agent);
    expect(nextAgent(agent, { kind: 'declined' }, 9_000)).toBe(agent);
  });
});

describe('the next state', () => {
  it('is chosen in the call and entered after its outcome', () => {
    const inCall = walk([saw(talking), choose('training'), choose('meal')]);
    expect([shownAgentState(inCall), inCall.next]).toEqual(['in-call', 'meal']);
    const wrapping = nextAgent(inCall, saw(toCode), 10_000);
    expect([shownAgentState(wrapping), wrapping.next]).toEqual(['wrap-up', 'meal']);
    const done = nextAgent(wrapping, saw(none), 20_000);
    expect([shownAgentState(done), done.next, done.sinceMs]).toEqual(['meal', null, 20_000]);
  });

  it('is as before where none was chosen: who was in the office is again', () => {
    expect(shownAgentState(walk([choose('admin'), saw(talking), saw(toCode), saw(none)]))).toBe('admin');
  });
});

describe('wrap-up', () => {
  it('has 45 seconds, once for its call', () => {
    const agent = walk([saw(talking), saw(toCode)]);
    expect(wrapUpLeftMs(agent, 2_000)).toBe(WRAP_UP_MS);
    expect(wrapUpLeftMs(nextAgent(agent, saw(toCode, 'down'), 30_000), 30_000)).toBe(WRAP_UP_MS - 28_000);
    expect(wrapUpLeftMs(agent, 500_000)).toBe(0);
  });

  it('outlasts its timer: an outcome ends it, and nothing else', () => {
    const agent = walk([saw(talking), saw(toCode)]);
    expect(shownAgentState(nextAgent(agent, choose('meal'), 500_000))).toBe('wrap-up');
  });

  it('is longer on request, also after its end', () => {
    const agent = walk([saw(talking), saw(toCode)]);
    expect(wrapUpLeftMs(nextAgent(agent, { kind: 'extend' }, 12_000), 12_000)).toBe(2 * WRAP_UP_MS - 10_000);
    expect(wrapUpLeftMs(nextAgent(agent, { kind: 'extend' }, 500_000), 500_000)).toBe(WRAP_UP_MS);
  });

  it('stands still from the first keystroke, and from a call that comes in between', () => {
    for (const step of [{ kind: 'typed' }, saw(offered), saw(talking)] as const) {
      const stopped = nextAgent(walk([saw(talking), saw(toCode)]), step, 5_000);
      expect(stopped.wrapUp).toMatchObject({ callId, endsAtMs: null });
      expect(nextAgent(stopped, { kind: 'extend' }, 6_000)).toBe(stopped);
      expect(wrapUpLeftMs(nextAgent(stopped, saw(toCode), 7_000), 7_000)).toBeNull();
    }
  });

  it('is overdue after the set time and what it was extended by, also where the timer was stopped; never in a call', () => {
    const agent = walk([saw(talking), saw(toCode)]);
    const overdue = (after: typeof agent, nowMs: number): boolean => wrapUpIsOverdue(after, nowMs);
    expect([overdue(agent, 2_000), overdue(agent, 2_000 + WRAP_UP_MS)]).toEqual([false, true]);
    expect(overdue(nextAgent(agent, { kind: 'typed' }, 5_000), 2_000 + WRAP_UP_MS)).toBe(true);
    const longer = nextAgent(agent, { kind: 'extend' }, 12_000);
    expect([overdue(longer, 2_000 + WRAP_UP_MS), overdue(longer, 2_000 + 2 * WRAP_UP_MS)]).toEqual([false, true]);
    expect(overdue(nextAgent(agent, saw(talking), 5_000), 500_000)).toBe(false);
  });

  it('of the next call is another one', () => {
    expect(wrapUpLeftMs(walk([saw(toCode), { kind: 'typed' }, saw({ kind: 'to-code', callId: other })]), 3_000)).toBe(WRAP_UP_MS);
  });
});

const calls: SeenCall[] = [none, offered, talking, { kind: 'living', held: true }, toCode, { kind: 'to-code', callId: other }];
const anyStep = fc.oneof(
  fc.record({ kind: fc.constant('seen' as const), seen: fc.record({ line: fc.constantFrom('none' as const, 'up' as const, 'down' as const), call: fc.constantFrom(...calls) }) }),
  fc.record({ kind: fc.constant('choose' as const), choice: fc.constantFrom(...agentChoices) }),
  fc.constantFrom<AgentStep>({ kind: 'declined' }, { kind: 'typed' }, { kind: 'extend' }),
);

describe('whatever happens', () => {
  it('what is chosen in a call waits for its end; nobody is ready with a call or an outcome in hand; a stopped timer stays stopped', () => {
    fc.assert(fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
      let agent = newAgent(0);
      for (const [place, step] of steps.entries()) {
        const before = agent;
        agent = nextAgent(agent, step, place * 1_000);
        if (isBusy(agent)) {
          expect(agent.choice).toBe(before.choice);
          expect(agentChoices).not.toContain(shownAgentState(agent));
        } else {
          expect(agent.next).toBeNull();
          if (isBusy(before)) expect(agent.choice).toBe(before.next ?? before.choice);
        }
        if (before.wrapUp?.endsAtMs === null && agent.wrapUp?.callId === before.wrapUp.callId) expect(agent.wrapUp.endsAtMs).toBeNull();
        if (before.wrapUp !== null && agent.wrapUp === null) expect(step).toMatchObject({ kind: 'seen', seen: { call: none } });
        expect(agent.sinceMs).toBe(shownAgentState(agent) === shownAgentState(before) ? before.sinceMs : place * 1_000);
      }
    }));
  });
});
