import type { QueryRequest, QueryOutput } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { readDraft } from '../store/draft-store.ts';
import { readUnsentIds } from '../store/fact-store.ts';
import { isCorrectable } from './correctable.ts';

/** Everything the case workspace shows. */
export function showCase(session: Session, input: QueryRequest<'show-case'>): Result<QueryOutput<'show-case'>> {
  const context = viewContext(session);
  const held = session.book.get(input.caseId, context);
  if (held === null) return fail('case-not-found', 'error.caseNotFound');
  const { entity, revision, view } = held;
  const unsent = readUnsentIds(session.db);
  const { folded: _folded, placement: _placement, lastOutcomeAt: _last, attemptsToday: _attempts, callback, ...shown } = view;
  return ok({
    ...shown,
    caseId: entity.caseId,
    revision,
    customer: entity.customer,
    creditorName: entity.creditorName,
    numbers: entity.numbers,
    callback: callback === null ? null : { at: callback.at, zone: callback.zone, audience: callback.audience, note: callback.note },
    history: view.folded.history.toReversed().map((entry) => ({
      ...entry,
      mine: entry.actor === session.user.userId,
      sent: !unsent.has(entry.factId),
      correctable: isCorrectable(entry, context),
    })),
    draft: readDraft(session.db, entity.caseId),
  });
}
