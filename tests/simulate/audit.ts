/**
 * Compares what desks acknowledged with what the hub holds.
 *
 * Invariants: lost = acknowledged by a desk and not at the hub; duplicated = anything that stands
 * twice, by fact id or by the marker that the plan gave it (a command that happened twice under
 * two ids), and anything at the hub that nobody acknowledged. Permit and identity come with the outcome of their call and are told
 * by it: they stand at the hub only where that outcome was acknowledged, each once.
 */
import type { CaseFact } from '../../shared/case/case-entity.ts';
import type { FactId } from '../../shared/id.ts';
import type { HubAccount } from './hub-account.ts';

export interface Audit {
  atHub: number;
  lost: FactId[];
  duplicated: string[];
  chainOk: boolean;
}

export interface AuditInput {
  admin: HubAccount;
  /** The people whose facts are audited. */
  people: HubAccount[];
  acknowledged: ReadonlySet<FactId>;
  /** What the hub held before the run. */
  before: ReadonlySet<FactId>;
}

export async function auditHub({ admin, people, acknowledged, before }: AuditInput): Promise<Audit> {
  const heldIds = await admin.listFactIds();
  const held = new Set(heldIds);
  const duplicated: string[] = repeated(heldIds);
  const ours = new Set<FactId>();
  const companions: { id: FactId; call: string }[] = [];
  const told = new Set<string>();
  for (const person of people) {
    const facts = [...(await person.readCaseFacts()).values()].flat().filter((fact) => fact.actor === person.user.userId && !before.has(fact.id));
    for (const { id, type, callId } of facts) {
      if (callId !== null && acknowledged.has(id)) told.add(callId);
      if (callId !== null && isCompanion(type)) companions.push({ id, call: callId });
      else ours.add(id);
    }
    duplicated.push(...repeated(facts.flatMap(({ type, callId }) => (callId === null ? [] : [`${callId} ${type}`]))));
    duplicated.push(...repeated(facts.map((fact) => fact.id)), ...repeated(facts.flatMap((fact) => markerOf(fact) ?? [])));
  }
  for (const id of ours) if (!acknowledged.has(id)) duplicated.push(id);
  for (const { id, call } of companions) if (!told.has(call)) duplicated.push(id);
  for (const id of acknowledged) if (held.has(id)) ours.add(id);
  const { ok } = await admin.verify();
  return { atHub: ours.size, lost: [...acknowledged].filter((id) => !held.has(id)), duplicated, chainOk: ok };
}

/** A fact that is committed with an outcome and acknowledged by it. */
export function isCompanion(type: string): boolean {
  return type === 'contact-permitted' || type === 'identity-checked';
}

/** The text that the plan put into this fact and into no other. */
export function markerOf(fact: Pick<CaseFact, 'body'>): string | null {
  const { note, text, reason } = fact.body;
  return [note, text, reason].find((value) => typeof value === 'string') ?? null;
}

export function repeated<T>(values: readonly T[]): T[] {
  const seen = new Set<T>();
  return values.filter((value) => {
    if (seen.has(value)) return true;
    seen.add(value);
    return false;
  });
}
