/**
 * What a step of the softphone is as a fact.
 *
 * Invariants: pure; the same step gives the same fact whenever it is read; mute, and what only the screen shows, is none. Times are
 * whole seconds of the softphone's clock.
 */
import { estimateMos } from '../../../shared/telephone/call-quality.ts';
import type { SoundFigures } from '../../../shared/telephone/call-quality.ts';
import type { CallEnd } from '../../../shared/telephone/call-end.ts';
import type { CallStep } from '../../../shared/telephone/call-state.ts';
import type { CallMove, CallMovedBody, CallQuality } from '../../../shared/facts/telephone-bodies.ts';
import type { TelephoneCall, TelephoneFact } from '../store/telephone-call-store.ts';

/** Where and when a step stands. */
export interface StepAt { number: number; atMs: number; factAtMs: number }

/** Null: nothing to be kept of it. */
export function readStep(call: TelephoneCall, step: CallStep, at: StepAt): TelephoneFact | null {
  switch (step.kind) {
    case 'rings':
      return moved(call, 'ringing', at);
    case 'connected':
      return moved(call, 'answered', at);
    case 'held':
      return moved(call, step.by === 'us' ? (step.held ? 'held' : 'resumed') : (step.held ? 'held-by-them' : 'resumed-by-them'), at);
    case 'transfer-begun':
      return moved(call, 'transfer-begun', at, { how: step.how, to: call.transferTo });
    case 'transfer-failed':
      return moved(call, 'transfer-failed', at, { sipStatus: asStatus(step.sipStatus) });
    case 'sound':
      if (!step.there) return moved(call, 'sound-lost', at);
      return call.isSoundLost ? moved(call, 'sound-back', at) : null;
    case 'ended':
      return ended(call, step.end, at);
    case 'accepted':
    case 'joined':
    case 'muted':
      return null;
  }
}

export function readQuality(call: TelephoneCall, figures: SoundFigures, at: StepAt): TelephoneFact {
  return moved(call, 'measured', at, { quality: qualityOf(figures) });
}

function moved(call: TelephoneCall, move: CallMove, { number, atMs, factAtMs }: StepAt, more: Partial<CallMovedBody> = {}): TelephoneFact {
  return { type: 'call-moved', at: factAtMs, body: { move, number, atMs, permitFactId: call.permitFactId, how: null, to: null, sipStatus: null, quality: null, ...more } };
}

function ended(call: TelephoneCall, end: CallEnd, { number, atMs, factAtMs }: StepAt): TelephoneFact {
  const { answeredAtMs, rangAtMs, permitFactId } = call;
  const rings = rangAtMs === null ? null : seconds(rangAtMs, answeredAtMs ?? atMs);
  const talks = answeredAtMs === null ? null : seconds(answeredAtMs, atMs);
  return {
    type: 'call-ended', at: factAtMs,
    body: { ...end, ringSeconds: rings, talkSeconds: talks, quality: null, isDropped: isDropped(call, end), number, permitFactId },
  };
}

/** They talked, and neither of them hung up. */
export function isDropped({ answeredAtMs }: Pick<TelephoneCall, 'answeredAtMs'>, { cause }: Pick<CallEnd, 'cause'>): boolean {
  return answeredAtMs !== null && (cause === 'dropped' || cause === 'interrupted' || cause === 'line-failed');
}

function seconds(fromMs: number, toMs: number): number {
  return Math.max(0, Math.round((toMs - fromMs) / 1000));
}

function asStatus(status: number | null): number | null {
  return status !== null && status >= 100 && status <= 699 ? status : null;
}

function qualityOf(figures: SoundFigures): CallQuality {
  return {
    lossPermille: Math.min(1000, Math.round(figures.lossPercent * 10)), jitterMs: Math.round(figures.jitterMs),
    roundTripMs: figures.roundTripMs === null ? null : Math.round(figures.roundTripMs), mosHundredths: Math.round(estimateMos(figures) * 100),
  };
}
