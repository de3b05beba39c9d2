/**
 * Who may end a contact of no case: whoever may see it.
 *
 * Invariants: an end is never refused; one by somebody who may not see the task is kept with its link, marked in the transaction that stores it,
 * and changes nothing, whatever role that person has later (ADR 0015). What comes before its note is judged when the note comes (`build-contact-tasks.ts`).
 */
import { readBody } from '../../shared/facts/fact-bodies.ts';
import type { Fact } from '../../shared/facts/fact-header.ts';
import type { FactId, UserId } from '../../shared/id.ts';
import type { Tx } from '../store/tables.ts';
import { readContactTasks } from './build-contact-tasks.ts';
import { lockContactTasks } from './lock-contact-tasks.ts';
import { readAudiences, sharesAudience } from './read-audiences.ts';

/** The task that a fact ends, if it ends one. */
function endedTask({ header, body }: Fact): FactId | null {
  const known = readBody(header.type, header.version, body);
  return known.type === 'contact-matched' || known.type === 'contact-closed' ? known.body.taskId : null;
}

/** Marks the ends of tasks that this person may not see; answers those facts. */
export async function markForbiddenEnds(tx: Tx, actor: UserId, facts: readonly Fact[]): Promise<Set<FactId>> {
  const ends = facts.flatMap((fact) => {
    const taskId = endedTask(fact);
    return taskId === null ? [] : [{ factId: fact.header.id, taskId }];
  });
  if (ends.length === 0) return new Set();
  await lockContactTasks(tx);
  const mine = await readAudiences(tx, actor);
  const open = new Map((await readContactTasks(tx, [])).map(({ task, audiences }) => [task.taskId, audiences]));
  const forbidden = ends.filter(({ taskId }) => !sharesAudience(open.get(taskId) ?? mine, mine)).map(({ factId }) => factId);
  if (forbidden.length > 0) await tx.updateTable('fact_content').set({ without_effect: 1 }).where('fact_id', 'in', forbidden).execute();
  return new Set(forbidden);
}
