/**
 * The flags of conduct that a push changes, for each person it is about.
 *
 * Invariants: the person is locked until the commit, so that two pushes about two cases of one person see each other; a flag
 * stands once on its fact, goes when what came later shows that it was wrong, and stays once somebody has looked at it.
 */
import type { Fact } from '../../shared/facts/fact-header.ts';
import type { CaseId, CreditorId, CustomerId, FactId, FlagId, UserId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { conductEntitySchema } from '../../shared/protocol/conduct-protocol.ts';
import type { FlagEntity } from '../../shared/protocol/feed-protocol.ts';
import { flagEntitySchema } from '../../shared/protocol/feed-protocol.ts';
import { loadHeldCertificates } from '../conduct/certificates.ts';
import { removeEntities } from '../feed/remove-entities.ts';
import type { Entity } from '../feed/upsert-entity.ts';
import { groupBy } from '../group-by.ts';
import type { LoadedCase } from '../receivables/load-case.ts';
import { loadCases } from '../receivables/load-case.ts';
import { dialectOf } from '../store/dialect-of.ts';
import { runKept } from '../store/kept-query.ts';
import type { Tx } from '../store/tables.ts';
import type { ConductFlag, ConductRules } from './find-conduct-flags.ts';
import { conductTypes, findConductFlags } from './find-conduct-flags.ts';

/** @param cases those of the push, with its facts among theirs; answers the flags to write. */
export async function judgeConduct(tx: Tx, nowMs: number, facts: readonly Fact[], cases: ReadonlyMap<CaseId, LoadedCase>): Promise<Entity[]> {
  const news = facts.filter(({ header }) => conductTypes.some((type) => type === header.type));
  const touched = news.flatMap(({ header }) => (header.caseId === undefined ? [] : cases.get(header.caseId) ?? []));
  const customerIds = [...new Set(touched.map(({ entity }) => entity.customerId))].sort();
  if (customerIds.length === 0) return [];
  const newIds = new Set(news.map(({ header }) => header.id));
  const persons = groupBy(await loadPersons(tx, customerIds, cases), ({ entity }) => entity.customerId);
  const written: Entity[] = [];
  for (const person of persons.values()) {
    // Nothing of conduct yet: desks of before record outcomes without calls.
    if (!person.some(({ entity }) => entity.facts.some((fact) => fact.callId !== null))) continue;
    const rules = await loadRules(tx, person);
    const { looked, flags } = findConductFlags(person.map(({ entity }) => entity), newIds, rules);
    written.push(...await settleWith(tx, nowMs, looked, flags));
  }
  return written;
}

/** Every case of the persons, those of the push as they were loaded. */
async function loadPersons(tx: Tx, customerIds: readonly CustomerId[], cases: ReadonlyMap<CaseId, LoadedCase>): Promise<LoadedCase[]> {
  if (dialectOf(tx) === 'postgres') {
    await runKept(tx, 'lock-customers', customerIds, () =>
      tx.selectFrom('customers').select('customer_id').where('customer_id', 'in', customerIds).orderBy('customer_id').forNoKeyUpdate());
  }
  const rows = await runKept(tx, 'cases-of-customers', customerIds, () =>
    tx.selectFrom('cases').select('case_id').where('customer_id', 'in', customerIds).orderBy('case_id'));
  const others = await loadCases(tx, rows.flatMap((row) => (cases.has(row.case_id) ? [] : [row.case_id])));
  return rows.flatMap((row) => cases.get(row.case_id) ?? others.get(row.case_id) ?? []);
}

async function loadRules(tx: Tx, person: readonly LoadedCase[]): Promise<ConductRules> {
  const creditorIds = [...new Set(person.map(({ entity }) => entity.creditorId))];
  const actors = new Set<UserId>();
  for (const { entity } of person) for (const fact of entity.facts) if (fact.type === 'contact-permitted') actors.add(fact.actor);
  const rows = actors.size === 0 ? [] : await tx.selectFrom('conducts').select(['creditor_id', 'version', 'body']).where('creditor_id', 'in', creditorIds).execute();
  const published = new Map(rows.map((row) => [keyOf(row.creditor_id, row.version), row.body]));
  return {
    conductOf: (creditorId, version) => {
      const body = published.get(keyOf(creditorId, version));
      return body === undefined ? null : conductEntitySchema.parse(JSON.parse(body));
    },
    heldAt: await loadHeldCertificates(tx, [...actors].sort()),
  };
}

function keyOf(creditorId: CreditorId, version: number): string {
  return `${creditorId} ${String(version)}`;
}

/** Makes the flags of the judged facts those that were found. */
async function settleWith(tx: Tx, nowMs: number, looked: ReadonlySet<FactId>, found: readonly ConductFlag[]): Promise<Entity[]> {
  if (looked.size === 0) return [];
  const rows = await tx.selectFrom('conduct_flags')
    .innerJoin('entities', (join) => join.onRef('entities.id', '=', 'conduct_flags.flag_id').on('entities.kind', '=', 'flag'))
    .select(['fact_id', 'code', 'entities.id', 'entities.body', 'entities.audiences']).where('fact_id', 'in', [...looked]).execute();
  const standing = new Map(rows.map((row) => [`${row.fact_id} ${row.code}`, row]));
  const written: Entity[] = [];
  for (const { actor, ...flag } of found) {
    const key = `${flag.factId} ${flag.code}`;
    const row = standing.get(key);
    standing.delete(key);
    const before = row === undefined ? null : flagEntitySchema.parse(JSON.parse(row.body));
    const body: FlagEntity = before === null
      ? { flagId: newId<FlagId>(), at: nowMs, ...flag, settled: null }
      : { ...before, details: flag.details, about: flag.about };
    if (before !== null && JSON.stringify(before) === JSON.stringify(flagEntitySchema.parse(body))) continue;
    if (before === null && flag.caseId !== null) {
      await tx.insertInto('conduct_flags').values({ fact_id: flag.factId, code: flag.code, flag_id: body.flagId, case_id: flag.caseId }).execute();
    }
    written.push({ kind: 'flag', id: body.flagId, body, audiences: [`user:${actor}`, 'role:lead'] });
  }
  for (const row of standing.values()) {
    if (flagEntitySchema.parse(JSON.parse(row.body)).settled !== null) continue;
    await tx.deleteFrom('conduct_flags').where('fact_id', '=', row.fact_id).where('code', '=', row.code).execute();
    await removeEntities(tx, nowMs, [{ kind: 'flag', id: row.id, audiences: row.audiences }]);
  }
  return written;
}
