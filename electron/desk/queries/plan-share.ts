import type { QueryOutput, QueryRequest } from '../../../shared/contract/contract.ts';
import { mayDecide } from '../../../shared/facts/decision-rules.ts';
import { sharePlanSchema } from '../../../shared/protocol/share-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { keepPlan } from '../lead/share-plans.ts';
import { inWords } from '../office/ask-office.ts';
import type { Session } from '../session.ts';

/** What sharing a queue would bring, by the hub's tables of now; held for the lead's yes. */
export async function planShare(session: Session, input: QueryRequest<'plan-share'>): Promise<Result<QueryOutput<'plan-share'>>> {
  if (!mayDecide(session.user.role)) return fail('lead-only', 'error.leadOnly');
  const plan = await session.sync.ask('POST', '/v1/shares/plan', sharePlanSchema, input);
  if (!plan.ok) return { ok: false, error: inWords(plan.error) };
  const { summary, moves } = plan.value;
  return ok({ planId: keepPlan(session, moves), summary, moves: moves.length });
}
