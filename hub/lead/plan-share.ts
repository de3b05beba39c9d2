/**
 * What sharing a queue would bring; nothing is written.
 *
 * Invariants: one answer stands on one look at the tables. A customer who is on the way counts for whoever gets them and stays; who has an agreed
 * callback of today or later, a promise or a plan that runs, in a case of any queue, stays and does not count, unless the lead moves them too. Calls are not
 * looked at: that somebody is talking now would be told by it (ADR 0029).
 */
import { sql } from 'kysely';
import type { CaseId, CustomerId, UserId } from '../../shared/id.ts';
import type { ShareMove, SharePart, SharePerson, SharePlan, ShareRequest } from '../../shared/protocol/share-protocol.ts';
import type { SharedCustomer, SharingPeople } from '../../shared/share/share-evenly.ts';
import { shareEvenly } from '../../shared/share/share-evenly.ts';
import { dateOfInstant, instantOf } from '../../shared/time.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import { SITE_ZONE } from '../site-zone.ts';
import type { Tx } from '../store/tables.ts';
import { listCollectors } from './list-collectors.ts';
import { measureConditions } from './measure-conditions.ts';

interface QueueCustomer extends SharedCustomer { caseId: CaseId; cases: number; openCases: number; isAgreed: boolean; isOnTheWay: boolean }

export async function planShare(tx: Tx, nowMs: number, request: ShareRequest): Promise<HubResult<SharePlan>> {
  const collectors = await listCollectors(tx);
  const queue = await readQueue(tx, nowMs, request.queue);
  const people = request.people ?? { sharing: collectors.flatMap(({ userId }) => (queue.some(({ holderId }) => holderId === userId) ? [userId] : [])), giving: [] };
  const known = new Set(collectors.map(({ userId }) => userId));
  if ([...people.sharing, ...people.giving].some((userId) => !known.has(userId))) return refuse(400, 'not-a-collector', 'Customers are assigned to collectors only.');
  const counted = queue.filter(({ isAgreed, isOnTheWay }) => request.movesAgreed || !isAgreed || isOnTheWay).map((customer) => ({ ...customer, mayMove: !customer.isOnTheWay }));
  const byId = new Map(counted.map((customer) => [customer.customerId, customer]));
  const moves = shareEvenly(counted, people).map(({ customerId, ownerId }): ShareMove & { customer: QueueCustomer } => {
    const customer = byId.get(customerId);
    if (customer === undefined) throw new Error('a customer of no queue was shared');
    return { caseId: customer.caseId, customerId, ownerId, customer };
  });
  const isConcerned = ({ holderId }: QueueCustomer): boolean => holderId === null || partOf(people, holderId) !== 'keep';
  const staying = queue.filter((customer) => isConcerned(customer) && (customer.isOnTheWay || !byId.has(customer.customerId)));
  const all = await countOpenCustomers(tx);
  return accept({
    summary: {
      people: collectors.map(({ userId, displayName }): SharePerson => {
        const now = counted.filter(({ holderId }) => holderId === userId).length;
        const change = moves.filter(({ ownerId }) => ownerId === userId).length - moves.filter(({ customer }) => customer.holderId === userId).length;
        const allNow = all.get(userId) ?? 0;
        return { userId, displayName, part: partOf(people, userId), now, then: now + change, allNow, allThen: allNow + change };
      }),
      nobodys: queue.filter(({ holderId }) => holderId === null).length,
      casesAlong: moves.reduce((sum, { customer }) => sum + customer.openCases - customer.cases, 0),
      stays: { agreed: staying.filter(({ isOnTheWay }) => !isOnTheWay).length, onTheWay: staying.filter(({ isOnTheWay }) => isOnTheWay).length },
    },
    moves: moves.map(({ customer: _customer, ...move }) => move),
  });
}

function partOf({ sharing, giving }: SharingPeople, userId: UserId): SharePart {
  return sharing.includes(userId) ? 'share' : giving.includes(userId) ? 'give' : 'keep';
}

/** The open customers of the queue, each once, in one order. */
async function readQueue(tx: Tx, nowMs: number, { creditorId, tone }: ShareRequest['queue']): Promise<QueueCustomer[]> {
  const today = dateOfInstant(nowMs, SITE_ZONE);
  const startMs = instantOf(today, '00:00', SITE_ZONE);
  const inQueue = sql<number>`case when case_overview.creditor_id = ${creditorId} and ${measureConditions(nowMs).tone} = ${tone} then 1 else 0 end`;
  const customersOfCreditor = tx.selectFrom('cases').select('customer_id').where('creditor_id', '=', creditorId);
  const rows = await tx
    .selectFrom('case_overview')
    .innerJoin('cases', 'cases.case_id', 'case_overview.case_id')
    .leftJoin('assignments', 'assignments.customer_id', 'cases.customer_id')
    .select(['cases.customer_id', 'cases.case_id', 'case_overview.open_cents', 'assignments.owner_id', 'assignments.taken_from', inQueue.as('in_queue')])
    .select(sql<number>`case when callback_at >= ${startMs} or agreed_until >= ${today} then 1 else 0 end`.as('agreed'))
    .where('is_open', '=', 1).where('cases.customer_id', 'in', customersOfCreditor)
    .orderBy('cases.case_id').execute();
  const found = new Map<CustomerId, QueueCustomer>();
  for (const row of rows.toSorted((a, b) => b.in_queue - a.in_queue)) {
    const held = found.get(row.customer_id);
    if (held === undefined) {
      if (row.in_queue === 0) continue;
      found.set(row.customer_id, {
        customerId: row.customer_id, caseId: row.case_id, holderId: row.owner_id, cents: row.open_cents, mayMove: true, cases: 1, openCases: 1,
        isAgreed: row.agreed === 1, isOnTheWay: row.taken_from !== null,
      });
      continue;
    }
    held.openCases += 1;
    held.cases += row.in_queue;
    held.cents += row.in_queue * row.open_cents;
    held.isAgreed ||= row.agreed === 1;
  }
  return [...found.values()];
}

/** The customers that each one has, of whom something is still owed. */
async function countOpenCustomers(tx: Tx): Promise<Map<UserId, number>> {
  const rows = await tx
    .selectFrom('assignments')
    .select((eb) => ['owner_id', eb.fn.countAll<number | string>().as('customers')])
    .where((eb) => eb.exists(
      eb.selectFrom('cases').innerJoin('case_overview', 'case_overview.case_id', 'cases.case_id').select('cases.case_id')
        .whereRef('cases.customer_id', '=', 'assignments.customer_id').where('is_open', '=', 1),
    ))
    .groupBy('owner_id').execute();
  return new Map(rows.map((row) => [row.owner_id, Number(row.customers)]));
}
