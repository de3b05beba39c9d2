import type { QueryOutput } from '../../../shared/contract/contract.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { readEntities } from '../store/entity-store.ts';

/** What the hub noticed, newest first, with the customer where this operator has the case. */
export function listFlags(session: Session): QueryOutput<'list-flags'> {
  const context = viewContext(session);
  const names = new Map(readEntities(session.db, 'incoming').map(({ body }) => [body.caseId, body.customerName]));
  return {
    rows: readEntities(session.db, 'flag')
      .map(({ body: flag }) => {
        const held = flag.caseId === null ? null : session.book.get(flag.caseId, context);
        const known = flag.caseId === null ? undefined : names.get(flag.caseId);
        return {
          flagId: flag.flagId, code: flag.code, at: flag.at, caseId: flag.caseId, details: flag.details,
          customerName: held?.entity.customer.name ?? known ?? null,
        };
      })
      .sort((a, b) => b.at - a.at),
  };
}
