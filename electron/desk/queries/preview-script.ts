import type { QueryOutput, QueryRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { previewWalk } from '../conduct/call-walk.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';

/** The script of a case as a call would follow it, to be read in preparation; nothing of it is kept. */
export function previewScript(session: Session, input: QueryRequest<'preview-script'>): Result<QueryOutput<'preview-script'>> {
  const held = session.book.get(input.caseId, viewContext(session));
  return held === null ? fail('case-not-found', 'error.caseNotFound') : ok({ walk: previewWalk(session, held, input.path, input.locale) });
}
