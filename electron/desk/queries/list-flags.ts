import type { QueryOutput } from '../../../shared/contract/contract.ts';
import { flagSettledBodySchema } from '../../../shared/facts/decision-bodies.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { readEntities } from '../store/entity-store.ts';
import { readUnsentBodies } from '../store/own-decisions.ts';

/** What the hub noticed and nobody has settled, newest first, with the customer where it is known here. */
export function listFlags(session: Session): QueryOutput<'list-flags'> {
  const context = viewContext(session);
  const names = new Map(readEntities(session.db, 'incoming').map(({ body }) => [body.caseId, body.customerName]));
  const settled = new Set(readUnsentBodies(session.db, 'flag-settled').map((body) => flagSettledBodySchema.parse(body).flagId));
  return {
    rows: readEntities(session.db, 'flag')
      .filter(({ body: flag }) => flag.settled === null && !settled.has(flag.flagId))
      .map(({ body: flag }) => {
        const held = flag.caseId === null ? null : session.book.get(flag.caseId, context);
        const known = flag.caseId === null ? undefined : names.get(flag.caseId);
        return {
          flagId: flag.flagId, code: flag.code, at: flag.at, caseId: flag.caseId, details: flag.details, about: flag.about,
          customerName: held?.entity.customer.name ?? flag.about?.customerName ?? known ?? null,
        };
      })
      .sort((a, b) => b.at - a.at),
  };
}
