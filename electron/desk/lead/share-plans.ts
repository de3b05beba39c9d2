/**
 * The plans of sharing that a lead looked at, held in memory: what is said yes to is what was seen.
 *
 * Invariants: nothing of them is written to the disk, and they go with the session; a plan older than a quarter of an hour is none, because whoever had
 * those customers worked on.
 */
import type { SharePlanId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { ShareMove } from '../../../shared/protocol/share-protocol.ts';
import type { Session } from '../session.ts';

const PLAN_LIFE_MS = 15 * 60_000;
const MOST_HELD = 5;

const held = new WeakMap<Session, Map<SharePlanId, { moves: readonly ShareMove[]; atMs: number }>>();

export function keepPlan(session: Session, moves: readonly ShareMove[]): SharePlanId {
  const plans = held.get(session) ?? new Map<SharePlanId, { moves: readonly ShareMove[]; atMs: number }>();
  held.set(session, plans);
  const planId = newId<SharePlanId>();
  plans.set(planId, { moves, atMs: session.clock.nowMs() });
  for (const known of [...plans.keys()].slice(0, -MOST_HELD)) plans.delete(known);
  return planId;
}

/** Null: not held any more, or too old to be said yes to. */
export function findPlan(session: Session, planId: SharePlanId): readonly ShareMove[] | null {
  const plan = held.get(session)?.get(planId);
  return plan === undefined || session.clock.nowMs() - plan.atMs > PLAN_LIFE_MS ? null : plan.moves;
}
