/**
 * What follows a commit that touched a case: memory at once; then, when the acknowledgement has
 * left, the mark of unsent facts, the other screens and whoever pushes.
 *
 * Invariant: nothing here is needed for the save to be safe, so nobody waits for it. The mark
 * costs two fsyncs, and a page that hears of a change first asks for its lists before it reads
 * its acknowledgement: together they doubled the time of a save.
 */
import type { TopicPayload } from '../../../shared/contract/contract.ts';
import type { CaseId } from '../../../shared/id.ts';
import { setUnsentMark } from '../profile/accounts.ts';
import type { Session } from '../session.ts';
import { writeWitness } from '../store/witness.ts';

export function afterCaseCommit(session: Session, caseId: CaseId): void {
  afterCommit(session, { what: ['case', 'worklist', 'today', 'sync'], caseIds: [caseId] });
}

/** The same for what moved the open call too. */
export function afterCallCommit(session: Session, caseId: CaseId): void {
  afterCommit(session, { what: ['call', 'case', 'worklist', 'today', 'sync'], caseIds: [caseId] });
}

/** A step in the script of the open call: no fact, so nothing waits to be sent, and neither case nor list has changed. */
export function afterStepCommit(session: Session, caseId: CaseId): void {
  setImmediate(() => {
    if (session.db.open) session.notify({ what: ['call'], caseIds: [caseId] });
  });
}

/** What follows a commit that touched no case, or more than a case. */
export function afterCommit(session: Session, changed: TopicPayload<'changed'>): void {
  setImmediate(() => {
    // Signed out meanwhile: closing the store has set the mark.
    if (!session.db.open) return;
    session.notify(changed);
    setUnsentMark(session.folder, true);
    writeWitness(session.db, session.db.name);
    session.sync.wake();
  });
}
