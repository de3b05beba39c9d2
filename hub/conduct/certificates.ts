/**
 * Who is trained to speak in which tone.
 *
 * Invariants: what was set before stays, so that a call that is heard of late is judged by what held when it was made; a
 * certificate counts from its first day to its last.
 */
import type { z } from 'zod';
import type { Tone } from '../../shared/case/case-entity.ts';
import { tones } from '../../shared/case/case-entity.ts';
import type { UserId } from '../../shared/id.ts';
import type { CertificateEntity, certificateListSchema } from '../../shared/protocol/conduct-protocol.ts';
import { dateOfInstant } from '../../shared/time.ts';
import type { Selectable } from 'kysely';
import { removeEntities } from '../feed/remove-entities.ts';
import { upsertEntities } from '../feed/upsert-entity.ts';
import { groupBy } from '../group-by.ts';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import { runKept } from '../store/kept-query.ts';
import type { CertificatesTable, Tx } from '../store/tables.ts';
import { certificateAudiences, certificateIdOf, certificateToEntity, lockRules } from './rule-entities.ts';

type Row = Selectable<CertificatesTable>;
type Certified = z.infer<typeof certificateListSchema>['people'][number];
/** What somebody is certified for; a tone that is not named is withdrawn. */
export type CertificateDraft = Omit<CertificateEntity, 'userId'>;
export type HeldLevel = 'none' | 'trainee' | 'full';

export async function setCertificates(
  tx: Tx, by: { userId: UserId | null; nowMs: number }, userId: UserId, drafts: readonly CertificateDraft[],
): Promise<HubResult<Certified>> {
  const fault = checkDrafts(drafts);
  if (fault !== null) return fault;
  await lockRules(tx);
  const user = await tx.selectFrom('users').select('display_name').where('user_id', '=', userId).executeTakeFirst();
  if (user === undefined) return refuse(404, 'unknown-user', 'There is no such user.');
  const newest = new Map((await readRows(tx, [userId])).map((row) => [row.tone, row]));
  for (const tone of tones) {
    const before = newest.get(tone);
    const draft = drafts.find((entry) => entry.tone === tone);
    const wanted = { level: draft?.level ?? null, since: draft?.since ?? null, until: draft?.until ?? null };
    if (before === undefined ? draft === undefined : before.level === wanted.level && before.since === wanted.since && before.until === wanted.until) continue;
    await tx.insertInto('certificates')
      .values({ user_id: userId, tone, version: (before?.version ?? 0) + 1, ...wanted, set_at: by.nowMs, set_by: by.userId }).execute();
    if (draft === undefined) await removeEntities(tx, by.nowMs, [{ kind: 'certificate', id: certificateIdOf(userId, tone), audiences: JSON.stringify(certificateAudiences(userId)) }]);
    else await upsertEntities(tx, by.nowMs, [certificateToEntity({ userId, ...draft })]);
  }
  return accept({ userId, displayName: user.display_name, certificates: await readNow(tx, userId) });
}

function checkDrafts(drafts: readonly CertificateDraft[]): ReturnType<typeof refuse> | null {
  if (new Set(drafts.map(({ tone }) => tone)).size < drafts.length) return refuse(400, 'tone-twice', 'A tone has one certificate.');
  const reversed = drafts.find(({ since, until }) => until !== null && until < since);
  return reversed === undefined ? null : refuse(400, 'certificate-reversed', 'A certificate ends before it begins.', { field: reversed.tone });
}

async function readNow(tx: Tx, userId: UserId): Promise<CertificateEntity[]> {
  return certificatesNow(await readRows(tx, [userId]));
}

/** Everybody who may sign in, with what is in force. */
export async function listCertificates(tx: Tx): Promise<z.infer<typeof certificateListSchema>> {
  const users = await tx.selectFrom('users').select(['user_id', 'display_name']).orderBy('display_name').orderBy('user_id').execute();
  const rows = groupBy(await readRows(tx, null), (row) => row.user_id);
  return { people: users.map((user) => ({ userId: user.user_id, displayName: user.display_name, certificates: certificatesNow(rows.get(user.user_id) ?? []) })) };
}

function certificatesNow(rows: readonly Row[]): CertificateEntity[] {
  const newest = new Map(rows.map((row) => [row.tone, row]));
  return tones.flatMap((tone) => {
    const row = newest.get(tone);
    return row === undefined || row.level === null || row.since === null ? [] : [{ userId: row.user_id, tone, level: row.level, since: row.since, until: row.until }];
  });
}

/** Everything that was ever set, oldest first. */
async function readRows(tx: Tx, userIds: readonly UserId[] | null): Promise<Row[]> {
  if (userIds === null) return tx.selectFrom('certificates').selectAll().orderBy('user_id').orderBy('tone').orderBy('version').execute();
  return runKept(tx, 'certificates', userIds, () =>
    tx.selectFrom('certificates').selectAll().where('user_id', 'in', userIds).orderBy('user_id').orderBy('tone').orderBy('version'));
}

/** What somebody held for a tone at a moment. */
export type HeldAt = (userId: UserId, tone: Tone, atMs: number, zone: string) => HeldLevel;

/** The certificates of some people, to be asked about any moment. */
export async function loadHeldCertificates(tx: Tx, userIds: readonly UserId[]): Promise<HeldAt> {
  const rows = userIds.length === 0 ? [] : await readRows(tx, userIds);
  const byKey = groupBy(rows, (row) => certificateIdOf(row.user_id, row.tone));
  return (userId, tone, atMs, zone) => {
    const ofTone = byKey.get(certificateIdOf(userId, tone)) ?? [];
    // Set later than the call, and nothing before: what was said first holds from its first day.
    const row = ofTone.findLast((entry) => entry.set_at <= atMs) ?? ofTone[0];
    if (row === undefined || row.level === null || row.since === null) return 'none';
    const date = dateOfInstant(atMs, zone);
    return row.since <= date && (row.until === null || date <= row.until) ? row.level : 'none';
  };
}
