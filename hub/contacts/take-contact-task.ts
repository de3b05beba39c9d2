/**
 * One desk takes a task, and nobody else meanwhile.
 *
 * Invariants: the first to ask has it, in one transaction; whoever has it is known by a token that says nothing of the person; it lapses by
 * itself, so that an end of the day leaves nothing behind. Who may not see a task is told that there is none.
 */
import type { FactId } from '../../shared/id.ts';
import { TAKEN_FOR_MS } from '../../shared/protocol/contact-task-protocol.ts';
import type { contactTaskEntitySchema, takeContactReplySchema } from '../../shared/protocol/contact-task-protocol.ts';
import type { z } from 'zod';
import { audiencesOf } from '../feed/audience.ts';
import { upsertEntity } from '../feed/upsert-entity.ts';
import { lockContactTasks } from './lock-contact-tasks.ts';
import { sharesAudience } from './read-audiences.ts';
import type { Tx } from '../store/tables.ts';
import type { Session } from '../users/find-session.ts';
import { entityOfTask, readContactTasks } from './build-contact-tasks.ts';

type Reply = z.infer<typeof takeContactReplySchema>;
type Taken = z.infer<typeof contactTaskEntitySchema>['taken'];

export async function takeContactTask(tx: Tx, session: Pick<Session, 'userId' | 'role'>, nowMs: number, asked: { taskId: FactId; token: string; take: boolean }): Promise<Reply> {
  await lockContactTasks(tx);
  const mine = audiencesOf(session);
  const stored = (await readContactTasks(tx, [])).find(({ task }) => task.taskId === asked.taskId);
  if (stored === undefined || stored.task.isEnded || !sharesAudience(stored.audiences, mine)) return { state: 'gone' };
  const { taken } = stored.task;
  const isTheirs = taken !== null && taken.untilMs > nowMs && taken.token !== asked.token;
  if (isTheirs) return asked.take ? { state: 'taken' } : { state: 'free' };
  const next: Taken = asked.take ? { token: asked.token, untilMs: nowMs + TAKEN_FOR_MS } : null;
  await upsertEntity(tx, nowMs, entityOfTask({ ...stored, task: { ...stored.task, taken: next } }));
  return { state: asked.take ? 'yours' : 'free' };
}
