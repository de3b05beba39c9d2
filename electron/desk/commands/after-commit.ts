/**
 * What follows a commit that touched a case: memory at once; then, when the acknowledgement has
 * left, the mark of unsent facts, the other screens and whoever pushes.
 *
 * Invariant: nothing here is needed for the save to be safe, so nobody waits for it. The mark
 * costs two fsyncs, and a page that hears of a change first asks for its lists before it reads
 * its acknowledgement: together they doubled the time of a save.
 */
import type { CaseId } from '../../../shared/id.ts';
import { setUnsentMark } from '../profile/accounts.ts';
import type { Session } from '../session.ts';
import { writeWitness } from '../store/witness.ts';

export function afterCaseCommit(session: Session, caseId: CaseId): void {
  setImmediate(() => {
    // Signed out meanwhile: closing the store has set the mark.
    if (!session.db.open) return;
    session.notify({ what: ['case', 'worklist', 'today', 'sync'], caseIds: [caseId] });
    setUnsentMark(session.folder, true);
    writeWitness(session.db, session.db.name);
    session.sync.wake();
  });
}
