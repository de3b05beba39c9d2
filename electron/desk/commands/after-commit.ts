/** What follows a commit that touched a case: memory first, then whoever pushes. */
import type { CaseId } from '../../../shared/id.ts';
import { setUnsentMark } from '../profile/accounts.ts';
import type { Session } from '../session.ts';

export function afterCaseCommit(session: Session, caseId: CaseId): void {
  session.book.forgetFacts(caseId);
  setUnsentMark(session.folder, true);
  session.notify({ what: ['case', 'worklist', 'today', 'sync'], caseIds: [caseId] });
  session.sync.wake();
}
