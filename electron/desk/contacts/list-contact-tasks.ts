import type { QueryOutput } from '../../../shared/contract/contract.ts';
import type { ContactTaskRow } from '../../../shared/contract/contact-task-channels.ts';
import { readDirectoryState } from '../directory/directory-store.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { isMine, readContactTasks, readUnsentNotes } from './contact-task-store.ts';

const order: Record<ContactTaskRow['state'], number> = { mine: 0, free: 1, unsent: 2, taken: 3 };

/** Who called or wrote and belongs to no case yet. */
export function listContactTasks(session: Session): QueryOutput<'list-contact-tasks'> {
  const { db } = session;
  const context = viewContext(session);
  const creditors = readDirectoryState(db)?.creditors ?? [];
  const tasks = readContactTasks(db);
  const sent = tasks.map((task): ContactTaskRow => {
    const { zone: _zone, taken, isEnded: _isEnded, ...shown } = task;
    const state = isMine(db, task, context.nowMs) ? 'mine' : taken !== null && taken.untilMs > context.nowMs ? 'taken' : 'free';
    return { ...shown, customerName: nameOf(session, task.caseId), state };
  });
  const unsent = readUnsentNotes(db).filter(({ factId }) => !tasks.some(({ taskId }) => taskId === factId)).map(({ factId, at, body }): ContactTaskRow => {
    const { reachedCaseId, ...said } = body;
    const creditorName = creditors.find(({ creditorId }) => creditorId === body.creditorId)?.creditorName ?? null;
    return { ...said, taskId: factId, at, creditorName, caseId: reachedCaseId, customerName: nameOf(session, reachedCaseId), times: 1, state: 'unsent' };
  });
  const untilMs = Math.min(...tasks.flatMap(({ taken }) => (taken !== null && taken.untilMs > context.nowMs ? [taken.untilMs] : [])));
  return { lapsesInMs: untilMs === Infinity ? null : untilMs - context.nowMs, rows: [...sent, ...unsent].sort((a, b) => order[a.state] - order[b.state] || a.at - b.at), creditors };
}

/** Only of a case that is this desk's own: a colleague's customer is looked up, and that is logged. */
function nameOf(session: Session, caseId: ContactTaskRow['caseId']): string | null {
  const held = caseId === null ? null : session.book.get(caseId, viewContext(session));
  return held === null || held.served || held.taken ? null : held.entity.customer.name;
}
