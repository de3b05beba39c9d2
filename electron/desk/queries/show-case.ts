import type { QueryRequest, QueryOutput } from '../../../shared/contract/contract.ts';
import type { CaseScreen, UploadView } from '../../../shared/contract/screens.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { viewAgreements } from '../../../shared/case/view-agreements.ts';
import type { ViewContext } from '../../../shared/case/view-case.ts';
import { identityMethodsOf } from '../conduct/identity-methods.ts';
import type { CaseInBook } from '../projections/case-book.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { readRates } from '../store/house-rules.ts';
import { readDraft } from '../store/draft-store.ts';
import { readCaseUploads } from '../store/attachment-store.ts';
import { readUnsentIds } from '../store/fact-store.ts';
import { readServed } from '../store/served-cases.ts';
import { isCorrectable } from './correctable.ts';
import { needsUpdate } from './worklist-row.ts';

const served = { key: 'served', params: {} };
const taken = { key: 'taken', params: {} };
/** Said above all else of a case that went to somebody else while it was open. */
const takenElsewhere = { reasons: [taken], blocked: { reason: taken, until: null } };

/** Everything the case workspace shows. */
export function showCase(session: Session, input: QueryRequest<'show-case'>): Result<QueryOutput<'show-case'>> {
  const context = viewContext(session);
  const held = session.book.get(input.caseId, context);
  if (held === null) return fail('case-not-found', 'error.caseNotFound');
  if (!held.served) return ok(describeCase(session, held, context));
  session.callers.looksAt(session, input.caseId);
  const screen = describeCase(session, held, context);
  const colleague = readServed(session.db, input.caseId)?.colleague ?? null;
  if (colleague === null) return ok(screen);
  const works: CaseScreen['reasons'][number] = colleague.extension === null ? { key: 'colleague', params: {} } : { key: 'colleague-at', params: { extension: colleague.extension } };
  return ok({ ...screen, reasons: [works, ...screen.reasons] });
}

/** A case as its workspace shows it, whoever holds it. */
export function describeCase(session: Session, { entity, revision, view, taken: isTaken, served: isServed, newer }: CaseInBook, context: ViewContext): CaseScreen {
  const unsent = readUnsentIds(session.db);
  const uploads = readCaseUploads(session.db, entity.caseId);
  const { folded: _folded, placement: _placement, rules: _rules, lastOutcomeAt: _last, attemptsToday: _attempts, callback, ...shown } = view;
  return {
    ...shown,
    caseId: entity.caseId,
    revision,
    customer: entity.customer,
    identityMethods: [...identityMethodsOf({ entity, view })],
    creditorName: entity.creditorName,
    mails: entity.mails,
    agreements: viewAgreements(view, entity.customer.kind, readRates(session.db), context),
    stops: view.folded.stops,
    suspensions: view.folded.suspensions,
    represented: view.folded.represented,
    ...(newer ? { reasons: [...view.reasons, needsUpdate] } : {}),
    ...(isServed ? { reasons: [served, ...view.reasons] } : {}),
    ...(isTaken ? takenElsewhere : {}),
    callback: callback === null ? null : { at: callback.at, zone: callback.zone, audience: callback.audience, note: callback.note },
    history: view.folded.history.toReversed().map((entry) => ({
      ...entry,
      mine: entry.actor === session.user.userId,
      sent: !unsent.has(entry.factId),
      correctable: isCorrectable(entry, context),
      upload: viewUpload(uploads.get(entry.factId)),
    })),
    draft: readDraft(session.db, entity.caseId),
  };
}

function viewUpload(upload: { state: 'waiting' | 'stored' | 'damaged'; sentBytes: number; sizeBytes: number } | undefined): UploadView | null {
  if (upload === undefined) return null;
  if (upload.state === 'stored') return { state: 'stored', percent: 100 };
  const percent = Math.min(99, Math.floor((upload.sentBytes * 100) / upload.sizeBytes));
  if (upload.state === 'damaged') return { state: 'damaged', percent };
  return { state: upload.sentBytes > 0 ? 'sending' : 'waiting', percent };
}
