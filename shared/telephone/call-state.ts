/**
 * One call, from its beginning to its end.
 *
 *   outbound   dialling ──180──▶ ringing ──200──┐
 *                  └──────────────200───────────┤
 *   inbound    offered ──accept──▶ answering ───┴▶ connected ──▶ ended
 *                                                 │      ▲
 *                  while connected, each by itself: held by us, held by them, muted,
 *                  a transfer under way (none → blind | attended → none when it fails), in one
 *                  conversation with another call, sound lost or there
 *
 *   ended is reached from every phase, and nothing leads out of it.
 *
 * Invariant: a step that comes too late (a 180 after the answer, a hold after the end) changes nothing: the same object comes back.
 */
import { z } from 'zod';
import type { CallEnd } from './call-end.ts';
import { callEndSchema } from './call-end.ts';

export const callPhases = ['dialling', 'ringing', 'offered', 'answering', 'connected', 'ended'] as const;

export const callStateSchema = z.object({
  direction: z.enum(['outbound', 'inbound']),
  phase: z.enum(callPhases),
  rang: z.boolean(),
  heldByUs: z.boolean(),
  heldByThem: z.boolean(),
  muted: z.boolean(),
  transfer: z.enum(['none', 'blind', 'attended']),
  /** In one conversation with another call. A state that was stored before there was such a thing has none. */
  isJoined: z.boolean().default(false),
  /** What the audio page says of the way of the sound. */
  sound: z.enum(['none', 'there', 'lost']),
  end: callEndSchema.nullable(),
});
export type CallState = z.infer<typeof callStateSchema>;

export const callStepSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rings') }),
  z.object({ kind: z.literal('accepted') }),
  z.object({ kind: z.literal('connected') }),
  z.object({ kind: z.literal('held'), by: z.enum(['us', 'them']), held: z.boolean() }),
  z.object({ kind: z.literal('muted'), muted: z.boolean() }),
  z.object({ kind: z.literal('transfer-begun'), how: z.enum(['blind', 'attended']) }),
  z.object({ kind: z.literal('transfer-failed'), sipStatus: z.int().nullable() }),
  z.object({ kind: z.literal('joined'), joined: z.boolean() }),
  z.object({ kind: z.literal('sound'), there: z.boolean() }),
  z.object({ kind: z.literal('ended'), end: callEndSchema }),
]);
export type CallStep = z.infer<typeof callStepSchema>;

/** A call at its beginning. */
export function newCallState(direction: CallState['direction']): CallState {
  return {
    direction, phase: direction === 'outbound' ? 'dialling' : 'offered', rang: direction === 'inbound', heldByUs: false, heldByThem: false,
    muted: false, transfer: 'none', isJoined: false, sound: 'none', end: null,
  };
}

/** The state after a step; the same object where the step comes too late or too early. */
export function nextCallState(state: CallState, step: CallStep): CallState {
  if (state.phase === 'ended') return state;
  const isConnected = state.phase === 'connected';
  switch (step.kind) {
    case 'rings':
      return state.phase === 'dialling' ? { ...state, phase: 'ringing', rang: true } : state;
    case 'accepted':
      return state.phase === 'offered' ? { ...state, phase: 'answering' } : state;
    case 'connected':
      return isConnected || state.phase === 'offered' ? state : { ...state, phase: 'connected' };
    case 'held': {
      const side = step.by === 'us' ? 'heldByUs' : 'heldByThem';
      return !isConnected || state[side] === step.held ? state : { ...state, [side]: step.held };
    }
    case 'muted':
      return state.muted === step.muted ? state : { ...state, muted: step.muted };
    case 'transfer-begun':
      return isConnected && state.transfer === 'none' ? { ...state, transfer: step.how } : state;
    case 'transfer-failed':
      return state.transfer === 'none' ? state : { ...state, transfer: 'none' };
    case 'joined':
      return !isConnected || state.isJoined === step.joined ? state : { ...state, isJoined: step.joined };
    case 'sound': {
      const sound = step.there ? 'there' : 'lost';
      return state.sound === sound || (state.sound === 'none' && !step.there) ? state : { ...state, sound };
    }
    case 'ended':
      return { ...state, phase: 'ended', transfer: 'none', end: step.end };
  }
}

/** The one word that the call's card shows. */
export type ShownCallState = 'dialling' | 'ringing' | 'offered' | 'answering' | 'talking' | 'held' | 'transferring' | 'ended';

export function shownCallState(state: CallState): ShownCallState {
  if (state.phase !== 'connected') return state.phase;
  if (state.transfer !== 'none') return 'transferring';
  return state.heldByUs || state.heldByThem ? 'held' : 'talking';
}

/** How an end without any answer of the exchange is written. */
export function plainEnd(cause: CallEnd['cause'], by: CallEnd['by']): CallEnd {
  return { cause, by, sipStatus: null, q850: null };
}
