/**
 * The rules of the house as the feed carries them.
 *
 * Invariant: conduct, calendar, scripts, rates and the agreement with the workers go to everybody; a certificate to its owner and to those who lead, never to colleagues.
 */
import type { CalendarEntity, CertificateEntity, ConductEntity, ScriptEntity } from '../../shared/protocol/conduct-protocol.ts';
import type { RatesEntity } from '../../shared/protocol/rates-protocol.ts';
import type { WorkersAgreementEntity } from '../../shared/protocol/workers-agreement-protocol.ts';
import { roles } from '../../shared/protocol/session-protocol.ts';
import type { Tone } from '../../shared/case/case-entity.ts';
import type { UserId } from '../../shared/id.ts';
import type { Audience } from '../feed/audience.ts';
import type { Entity } from '../feed/upsert-entity.ts';
import type { Tx } from '../store/tables.ts';

const everybody = roles.map((role): Audience => `role:${role}`);

export function conductToEntity(body: ConductEntity): Entity {
  return { kind: 'conduct', id: body.creditorId, body, audiences: everybody };
}

export function calendarToEntity(body: CalendarEntity): Entity {
  return { kind: 'calendar', id: body.calendarId, body, audiences: everybody };
}

export function scriptToEntity(body: ScriptEntity): Entity {
  return { kind: 'script', id: scriptIdOf(body.packId, body.packVersion), body, audiences: everybody };
}

export function workersAgreementToEntity(body: WorkersAgreementEntity): Entity {
  return { kind: 'workers-agreement', id: body.agreementId, body, audiences: everybody };
}

export function ratesToEntity(body: RatesEntity): Entity {
  return { kind: 'rates', id: body.tableId, body, audiences: everybody };
}

export function scriptIdOf(packId: string, packVersion: string): string {
  return `${packId}@${packVersion}`;
}

export function certificateToEntity(body: CertificateEntity): Entity {
  return { kind: 'certificate', id: certificateIdOf(body.userId, body.tone), body, audiences: certificateAudiences(body.userId) };
}

export function certificateIdOf(userId: UserId, tone: Tone): string {
  return `${userId}:${tone}`;
}

export function certificateAudiences(userId: UserId): Audience[] {
  return [`user:${userId}`, 'role:lead', 'role:admin'];
}

/** Until the commit: who publishes at the same moment waits, so that numbers grow by one and two never stand in force. */
export async function lockRules(tx: Tx): Promise<void> {
  await tx.insertInto('meta').values({ key: 'rulesLock', value: '' })
    .onConflict((oc) => oc.column('key').doUpdateSet((eb) => ({ value: eb.ref('excluded.value') }))).execute();
}
