/**
 * Decisions in a push: who may take them, and those that give a customer to somebody.
 *
 * Invariants (ADR 0015): nothing is refused. A decision of somebody who is no lead, or a lead's word on an own outcome,
 * is kept with its link and marked, in the transaction that stores it: no case ever counts it, whatever role that person
 * has later. An assignment acts once, when it arrives, as the leases allow.
 */
import { z } from 'zod';
import { isDecision, mayDecide } from '../../shared/facts/decision-rules.ts';
import { readBody } from '../../shared/facts/fact-bodies.ts';
import type { Fact } from '../../shared/facts/fact-header.ts';
import type { FactId, UserId } from '../../shared/id.ts';
import { userIdSchema } from '../../shared/id.ts';
import { reassignInTransaction } from '../receivables/reassign-customer.ts';
import type { Tx } from '../store/tables.ts';

const headerSchema = z.object({ actor: userIdSchema });

/** Whether this person leads. Asked only where it matters. */
export async function isLead(tx: Tx, userId: UserId): Promise<boolean> {
  const row = await tx.selectFrom('users').select('role').where('user_id', '=', userId).executeTakeFirst();
  return row !== undefined && mayDecide(row.role);
}

/** Marks what may not be decided; answers those facts. */
export async function markForbiddenDecisions(tx: Tx, actor: UserId, facts: readonly Fact[]): Promise<Set<FactId>> {
  const decisions = facts.filter((fact) => isDecision(fact.header.type) || isOrder(fact));
  if (decisions.length === 0) return new Set();
  const leads = await isLead(tx, actor);
  const forbidden = new Set<FactId>();
  for (const fact of decisions) {
    if (!leads || await isOwnWord(tx, actor, fact)) forbidden.add(fact.header.id);
  }
  if (forbidden.size > 0) await tx.updateTable('fact_content').set({ without_effect: 1 }).where('fact_id', 'in', [...forbidden]).execute();
  return forbidden;
}

/** A message to all, or to one by name, is a lead's; to whoever has a case anybody may write. */
function isOrder({ header, body }: Fact): boolean {
  const known = readBody(header.type, header.version, body);
  return known.type === 'message-sent' && known.body.to.kind !== 'case-holder';
}

/** A second person is another one: nobody judges their own outcome, nor answers the settlement that they asked for. */
async function isOwnWord(tx: Tx, actor: UserId, { header, body }: Fact): Promise<boolean> {
  const known = readBody(header.type, header.version, body);
  if (known.type !== 'outcome-audited' && known.type !== 'settlement-decided') return false;
  const row = await tx.selectFrom('facts').select('header').where('fact_id', '=', known.body.targetFactId).limit(1).executeTakeFirst();
  return row !== undefined && headerSchema.parse(JSON.parse(row.header)).actor === actor;
}

/** Gives customers as the facts say, in their order; answers the facts that named nobody who could have one. */
export async function assignAsDecided(tx: Tx, nowMs: number, facts: readonly Fact[]): Promise<Set<FactId>> {
  const missed = new Set<FactId>();
  for (const { header, body } of facts) {
    const known = readBody(header.type, header.version, body);
    if (known.type !== 'customer-assigned' || header.caseId === undefined) continue;
    // The hub's own word on whose case it is, not the fact's.
    const held = await tx.selectFrom('cases').select('customer_id').where('case_id', '=', header.caseId).executeTakeFirst();
    if (held === undefined) continue;
    const given = await reassignInTransaction(tx, nowMs, { customerId: held.customer_id, ownerId: known.body.ownerId });
    if (!given.ok) missed.add(header.id);
  }
  return missed;
}
