/**
 * Keeps the floor in step with the operator's own screen: tells the state, and to the desk that somebody types, while the agreement covers it;
 * takes help back with the call, says that somebody's listening is on the screen, and goes to office work where a lead let the operator out.
 *
 * Invariants: no state leaves the page while no agreement covers it; a listening is confirmed only after the frame that shows it was drawn,
 * and only in a call; nothing is taken back before the page knows whether there is a call.
 */
import { useEffect, useRef } from 'react';
import type { FloorScreen } from '../../../shared/contract/floor-channels.ts';
import { TYPED_TOLD_EVERY_MS } from '../../../shared/contract/floor-channels.ts';
import { shownAgentState, wrapUpIsOverdue } from '../../../shared/agent/agent-state.ts';
import type { ListeningId } from '../../../shared/protocol/floor-protocol.ts';
import { monotonicMs } from '../../../shared/time.ts';
import { command } from '../../bridge/desk.ts';
import { stepAgent, useAgent } from '../agent/agent-store.ts';
import { useRunningCall } from '../call/running-call.ts';
import { useLine } from '../telephone/line-store.ts';

const LOOK_EVERY_MS = 1_000;

/** Any key, anywhere on the page: somebody sits there. */
function followTyping(): () => void {
  let toldMs = -Infinity;
  const onKey = (): void => {
    if (monotonicMs() - toldMs < TYPED_TOLD_EVERY_MS) return;
    toldMs = monotonicMs();
    void command('tell-typed', {});
  };
  window.addEventListener('keydown', onKey, true);
  return () => { window.removeEventListener('keydown', onKey, true); };
}

export function useFollowFloor(floor: FloorScreen | null, isOperator: boolean): void {
  const isFollowed = isOperator && floor?.followedBy != null;
  useEffect(() => {
    if (!isFollowed) return undefined;
    let told = '';
    const tell = (): void => {
      const { agent } = useAgent.getState();
      const state = shownAgentState(agent);
      const isOver = wrapUpIsOverdue(agent, monotonicMs());
      if (told === `${state} ${String(isOver)}`) return;
      told = `${state} ${String(isOver)}`;
      void command('tell-state', { state, forMs: Math.max(0, Math.round(monotonicMs() - agent.sinceMs)), isOver });
    };
    tell();
    const timer = setInterval(tell, LOOK_EVERY_MS);
    const stops = [useAgent.subscribe(tell), followTyping()];
    return () => {
      clearInterval(timer);
      for (const stop of stops) stop();
    };
  }, [isFollowed]);

  const isLetOut = isOperator && floor?.released != null;
  useEffect(() => {
    if (isLetOut) stepAgent({ kind: 'choose', choice: 'admin' });
  }, [isLetOut]);

  const isInCall = useAgent(({ agent }) => agent.call.kind === 'living');
  const isKnown = useRunningCall((store) => store.isKnown);
  const hasLine = useLine((store) => store.screen !== null);
  const isOver = isKnown && hasLine && !isInCall;
  const asks = floor?.own.help != null;
  useEffect(() => {
    if (isOver && asks) void command('ask-help', { isRaised: false });
  }, [isOver, asks]);

  const listeners = floor?.own.listeners ?? [];
  const ids = listeners.map(({ listeningId }) => listeningId).join(' ');
  const confirmed = useRef(new Set<ListeningId>());
  useEffect(() => {
    if (ids === '') return undefined;
    if (isOver) {
      void command('drop-listeners', {});
      return undefined;
    }
    if (!isInCall) return undefined;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        for (const listeningId of ids.split(' ') as ListeningId[]) {
          if (confirmed.current.has(listeningId)) continue;
          confirmed.current.add(listeningId);
          void command('confirm-listening', { listeningId });
        }
      });
    });
    return () => { cancelAnimationFrame(frame); };
  }, [ids, isInCall, isOver]);
}
