/**
 * Who may decide: the one place.
 *
 * Invariant: a decision by somebody who may not take it is kept, flagged and counts for nothing (ADR 0015).
 */
import type { Role } from '../protocol/session-protocol.ts';
import type { FactType } from './fact-bodies.ts';

export const decisionTypes = [
  'activity-suspended', 'activity-resumed', 'outcome-audited', 'flag-settled', 'customer-assigned', 'contact-allowed',
  'plan-broken', 'dispute-closed', 'settlement-decided', 'payment-recorded', 'payment-reversed', 'priority-set',
] as const satisfies readonly FactType[];

export function isDecision(type: string): boolean {
  return (decisionTypes as readonly string[]).includes(type);
}

export function mayDecide(role: Role): boolean {
  return role === 'lead' || role === 'admin';
}
