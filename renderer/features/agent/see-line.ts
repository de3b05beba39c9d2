/** What the agent's state is made of: the line as main tells it, the open call as the desk has it. */
import type { Seen, SeenCall } from '../../../shared/agent/agent-state.ts';
import type { CallScreen } from '../../../shared/contract/conduct-channels.ts';
import type { LineScreen } from '../../../shared/contract/line-channels.ts';

/** A call on the line says more than the desk, which is told after it; one dialled by hand is known to the desk only. */
export function seeLine(line: LineScreen | null, call: Pick<CallScreen, 'callId' | 'telephone'> | null): Seen {
  return { line: seeState(line), call: seeCall(line, call) };
}

function seeState(line: LineScreen | null): Seen['line'] {
  if (line === null || line.kind === 'none') return 'none';
  return line.line.name === 'registered' ? 'up' : 'down';
}

function seeCall(line: LineScreen | null, call: Pick<CallScreen, 'callId' | 'telephone'> | null): SeenCall {
  const living = (line?.calls ?? []).filter(({ state }) => state.phase !== 'ended');
  const taken = living.filter(({ state }) => state.phase !== 'offered');
  if (taken.length > 0) return { kind: 'living', held: taken.every(({ state }) => state.heldByUs || state.heldByThem) };
  if (living.length > 0) return { kind: 'offered' };
  if (call === null) return { kind: 'none' };
  if (call.telephone?.ended != null) return { kind: 'to-code', callId: call.callId };
  return { kind: 'living', held: call.telephone !== null && (call.telephone.heldByUs || call.telephone.heldByThem) };
}
