import type { QueryOutput } from '../../../shared/contract/contract.ts';
import { auditBodySchema } from '../../../shared/facts/decision-bodies.ts';
import type { Session } from '../session.ts';
import { readEntities } from '../store/entity-store.ts';
import { readUnsentBodies } from '../store/own-decisions.ts';

/** Outcomes that wait for a second person, oldest first, then those that were judged, newest first. */
export function listAudits(session: Session): QueryOutput<'list-audits'> {
  const judged = new Map(readUnsentBodies(session.db, 'outcome-audited').map((body) => {
    const audit = auditBodySchema.parse(body);
    return [audit.targetFactId, audit] as const;
  }));
  const rows = readEntities(session.db, 'incoming').flatMap(({ body }) => {
    if (body.audit === null) return [];
    const mine = judged.get(body.factId);
    return [mine === undefined ? body : { ...body, audit: { state: mine.verdict, reason: mine.reason, at: session.clock.nowMs() } }];
  });
  const waiting = rows.filter(({ audit }) => audit?.state === 'waiting').sort((a, b) => a.at - b.at);
  const done = rows.filter(({ audit }) => audit?.state !== 'waiting').sort((a, b) => (b.audit?.at ?? 0) - (a.audit?.at ?? 0));
  return { rows: [...waiting, ...done], waiting: waiting.length };
}
