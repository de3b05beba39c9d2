/**
 * Before a task is worked it is this desk's: the hub says so, or said so lately.
 *
 * Invariant: without the hub only what was taken before goes on; two desks never both begin.
 */
import type { FactId } from '../../../shared/id.ts';
import type { ContactTaskEntity } from '../../../shared/protocol/contact-task-protocol.ts';
import { takeContactReplySchema } from '../../../shared/protocol/contact-task-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { inWords } from '../office/ask-office.ts';
import type { Session } from '../session.ts';
import { isMine, readContactTask, tokenOf } from './contact-task-store.ts';

export async function holdContactTask(session: Session, taskId: FactId): Promise<Result<ContactTaskEntity>> {
  const task = readContactTask(session.db, taskId);
  if (task === null) return fail('contact-task-gone', 'error.contactTaskGone');
  if (isMine(session.db, task, session.clock.nowMs())) return ok(task);
  const taken = await askToTake(session, taskId, true);
  return taken.ok ? ok(task) : taken;
}

export async function askToTake(session: Session, taskId: FactId, take: boolean): Promise<Result<null>> {
  const answer = await session.sync.ask('POST', '/v1/contact-tasks/take', takeContactReplySchema, { taskId, token: tokenOf(session.db, taskId), take });
  if (!answer.ok) return answer.error.code === 'hub-unreachable' ? fail('contact-task-offline', 'error.contactTaskOffline', {}, true) : { ok: false, error: inWords(answer.error) };
  // What the hub now says of it comes with the feed.
  session.sync.wake();
  switch (answer.value.state) {
    case 'yours': case 'free': return ok(null);
    case 'taken': return fail('contact-task-taken', 'error.contactTaskTaken');
    case 'gone': return fail('contact-task-gone', 'error.contactTaskGone');
  }
}
