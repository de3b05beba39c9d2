import { agreementOfPlan } from '../../../shared/case/agreement-of-plan.ts';
import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { PrintableDocument } from '../../../shared/documents/printable-document.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { coordinatesOfCase, interestOfCase } from '../../../shared/case/letters-of-case.ts';
import { viewAgreements } from '../../../shared/case/view-agreements.ts';
import { dateOfInstant } from '../../../shared/time.ts';
import type { Desk } from '../desk.ts';
import { printDocument } from '../printing/print-document.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { readRates } from '../store/house-rules.ts';

type Request = CommandRequest<'print-document'>;

/** Prints a document of a case. Errors: as `printDocument`, `agreementOfPlan` and `letters-of-case.ts`; `plan-not-found`; `print-source-refused` for a document that a page made. */
export async function printFromSource(desk: Pick<Desk, 'printer' | 'config'>, session: Session, { source, ...job }: Request): Promise<Result<CommandOutput<'print-document'>>> {
  const document = documentOf(desk, session, source, job.caseId);
  return document.ok ? printDocument(session, desk.printer, { ...job, document: document.value }) : document;
}

function documentOf(desk: Pick<Desk, 'config'>, session: Session, source: Request['source'], caseId: Request['caseId']): Result<PrintableDocument> {
  switch (source.from) {
    case 'given':
      return desk.config.testRuntime ? ok(source.document) : fail('print-source-refused', 'error.printSourceRefused');
    case 'plan':
    case 'coordinates':
    case 'interest': {
      const context = viewContext(session);
      const held = session.book.get(caseId, context);
      if (held === null) return fail('case-not-mine', 'error.caseNotMine');
      const { entity, view } = held;
      const letter = { entity, view, language: source.language, today: dateOfInstant(context.nowMs, context.zone) };
      if (source.from === 'coordinates') return coordinatesOfCase({ ...letter, agencyName: session.agencyName });
      if (source.from === 'interest') {
        const rates = readRates(session.db);
        return interestOfCase({ ...letter, rates, interest: viewAgreements(view, entity.customer.kind, rates, context).interest });
      }
      const { plan } = view.folded;
      if (plan?.planId !== source.planId) return fail('plan-not-found', 'error.planNotFound');
      return agreementOfPlan({ entity, plan, terms: view.rules.conduct.agreements, agencyName: session.agencyName, language: source.language });
    }
  }
}
