import type { QueryOutput } from '../../../shared/contract/contract.ts';
import { settlementDecidedBodySchema } from '../../../shared/facts/agreement-bodies.ts';
import { auditBodySchema } from '../../../shared/facts/decision-bodies.ts';
import type { Session } from '../session.ts';
import { readEntities } from '../store/entity-store.ts';
import { readUnsentBodies } from '../store/own-decisions.ts';

/** Settlements that wait for an answer, then outcomes that wait for a second person, oldest first, then those that were judged, newest first. */
export function listAudits(session: Session): QueryOutput<'list-audits'> {
  const judged = new Map(readUnsentBodies(session.db, 'outcome-audited').map((body) => {
    const audit = auditBodySchema.parse(body);
    return [audit.targetFactId, { state: audit.verdict, reason: audit.reason }] as const;
  }));
  const answered = new Map(readUnsentBodies(session.db, 'settlement-decided').map((body) => {
    const answer = settlementDecidedBodySchema.parse(body);
    return [answer.targetFactId, { state: answer.verdict === 'approved' ? 'approved' as const : 'rejected' as const, reason: answer.reason }] as const;
  }));
  const rows = readEntities(session.db, 'incoming').flatMap(({ body }) => {
    if (body.audit === null) return [];
    const said = judged.get(body.factId);
    // A settlement is answered; what is said of how it was recorded ends its wait only where that is rejected.
    const mine = answered.get(body.factId) ?? (body.code === 'SET' && said?.state !== 'rejected' ? undefined : said);
    return [mine === undefined ? body : { ...body, audit: { ...mine, at: session.clock.nowMs() } }];
  });
  const rank = ({ code }: (typeof rows)[number]): number => (code === 'SET' ? 0 : 1);
  const waiting = rows.filter(({ audit }) => audit?.state === 'waiting').sort((a, b) => rank(a) - rank(b) || a.at - b.at);
  const done = rows.filter(({ audit }) => audit?.state !== 'waiting').sort((a, b) => (b.audit?.at ?? 0) - (a.audit?.at ?? 0));
  return { rows: [...waiting, ...done], waiting: waiting.length };
}
