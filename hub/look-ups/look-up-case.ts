/**
 * A case for whoever has somebody on the line about it, whoever's it is.
 *
 * Invariants: logged in the transaction that reads it; what comes is what the feed gives a case's owner, and only that one case: the
 * person's cases with other creditors are other cases. A lead is told nobody's name or extension beside a time (ADR 0015).
 */
import { createHash } from 'node:crypto';
import type { CaseId } from '../../shared/id.ts';
import { jsonObjectSchema } from '../../shared/json-object.ts';
import type { LookUpReply, lookAgainReplySchema } from '../../shared/protocol/inbound-protocol.ts';
import type { z } from 'zod';
import type { HubResult } from '../hub-result.ts';
import { accept, refuse } from '../hub-result.ts';
import { hideActors } from '../lead/read-case.ts';
import { loadCase } from '../receivables/load-case.ts';
import { newestRevision } from '../store/sequence-feed.ts';
import type { Tx } from '../store/tables.ts';
import { findColleague } from './find-colleague.ts';
import type { Looking } from './log-look-up.ts';
import { findLookedUp, logLookUps } from './log-look-up.ts';

type Again = z.infer<typeof lookAgainReplySchema>;

export async function lookUpCase(tx: Tx, looking: Looking, caseId: CaseId): Promise<HubResult<LookUpReply>> {
  const reply = await readWhole(tx, looking, caseId);
  if (reply === null) return refuse(404, 'unknown-case', 'There is no such case.');
  await logLookUps(tx, looking, [caseId], 1);
  return accept(reply);
}

/** How it stands since; for whoever looked it up before, and for as long as that counts. */
export async function lookAgain(tx: Tx, looking: Pick<Looking, 'userId' | 'leads' | 'nowMs'>, asked: { caseId: CaseId; etag: string }): Promise<Again> {
  const mine = await findLookedUp(tx, looking.userId, [asked.caseId], looking.nowMs);
  const reply = mine.has(asked.caseId) ? await readWhole(tx, looking, asked.caseId) : null;
  if (reply === null) return { state: 'gone' };
  return reply.etag === asked.etag ? { state: 'same', colleague: reply.colleague } : { state: 'changed', ...reply };
}

async function readWhole(tx: Tx, { userId, leads, nowMs }: Pick<Looking, 'userId' | 'leads' | 'nowMs'>, caseId: CaseId): Promise<LookUpReply | null> {
  const loaded = await loadCase(tx, caseId);
  if (loaded === null) return null;
  const { entity } = loaded;
  const colleague = await findColleague(tx, entity, userId, nowMs);
  const text = JSON.stringify(leads ? hideActors(entity) : entity);
  const etag = createHash('sha256').update(text).digest('hex').slice(0, 32);
  return { caseId, revision: Math.max(1, await newestRevision(tx)), body: jsonObjectSchema.parse(JSON.parse(text)), etag, colleague: colleague !== null && leads ? { ...colleague, extension: null } : colleague };
}
