/**
 * Contacts of no case as tasks: what facts open and end.
 *
 * Invariants: one entity per note, so repeats and order change nothing: an end that comes before its note leaves a mark that the note finds, and
 * that counts if whoever ended it would have seen the task (a mark of role `inbound` or `lead` always does). A second missed call of a number joins the open task of the first. Somebody who calls, or is called, about the one case that a missed call
 * reaches has ended it. No name of the house stands in it (domain §3.11).
 */
import type { ContactNotedBody } from '../../shared/facts/contact-task-bodies.ts';
import { readBody } from '../../shared/facts/fact-bodies.ts';
import type { Fact } from '../../shared/facts/fact-header.ts';
import type { CaseId, CustomerId, FactId, UserId } from '../../shared/id.ts';
import type { ContactTaskEntity } from '../../shared/protocol/contact-task-protocol.ts';
import { contactTaskEntitySchema } from '../../shared/protocol/contact-task-protocol.ts';
import type { Audience } from '../feed/audience.ts';
import { parseAudiences } from '../feed/audience.ts';
import type { Entity } from '../feed/upsert-entity.ts';
import type { Tx } from '../store/tables.ts';
import { lockContactTasks } from './lock-contact-tasks.ts';
import { readAudiences, sharesAudience } from './read-audiences.ts';

export interface StoredTask { task: ContactTaskEntity; audiences: Audience[] }

const KIND = 'contact-task';
const alwaysSee: readonly Audience[] = ['role:inbound', 'role:lead'];

export async function buildContactTasks(tx: Tx, actor: UserId, facts: readonly Fact[]): Promise<Entity[]> {
  const isAbout = facts.some(({ header }) => ownTypes.includes(header.type));
  // Calls are many, and a missed one of the same case rare: nobody waits for a lock before there is one.
  if (!isAbout && !(await holdsMissedOf(tx, facts))) return [];
  await lockContactTasks(tx);
  const held = new Map((await readContactTasks(tx, facts.flatMap(taskIdsOf))).map((stored) => [stored.task.taskId, stored]));
  const changed = new Map<FactId, StoredTask>();
  const put = (stored: StoredTask): void => {
    held.set(stored.task.taskId, stored);
    changed.set(stored.task.taskId, stored);
  };
  for (const { header, body } of facts) {
    const known = readBody(header.type, header.version, body);
    switch (known.type) {
      case 'contact-noted': {
        const mark = held.get(header.id);
        if (mark !== undefined && !isUnsureEnd(mark)) break;
        const noted = { taskId: header.id, at: header.at, zone: header.zone };
        const opened = await openTask(tx, actor, noted, known.body);
        const isOver = mark !== undefined && sharesAudience(opened.audiences, mark.audiences);
        const before = known.body.channel === 'missed-call' && !isOver ? findMissed(held, known.body) : null;
        put(isOver || before !== null ? endOf(noted) : opened);
        if (before !== null) put({ ...before, task: { ...before.task, at: Math.max(before.task.at, header.at), times: before.task.times + 1 } });
        break;
      }
      case 'contact-matched':
      case 'contact-closed': {
        const { taskId } = known.body;
        const before = held.get(taskId);
        const mine = await readAudiences(tx, actor);
        const isSure = sharesAudience(alwaysSee, mine) || (before !== undefined && !before.task.isEnded && sharesAudience(before.audiences, mine));
        if (!isSure && before !== undefined && !isUnsureEnd(before)) break;
        const marked: Audience[] = isSure ? [] : [...before?.audiences ?? [], `user:${actor}`];
        put({ ...endOf({ taskId, at: header.at, zone: header.zone }, header.caseId), audiences: [...new Set(marked)] });
        if (!isSure) break;
        // The hub's own word on whose case it is, not the fact's.
        const matched = header.caseId === undefined ? undefined : await tx.selectFrom('cases').select('customer_id').where('case_id', '=', header.caseId).executeTakeFirst();
        if (matched !== undefined) await nameCustomer(tx, taskId, matched.customer_id);
        break;
      }
      case 'call-started':
        for (const { task } of held.values()) {
          if (!task.isEnded && task.channel === 'missed-call' && task.caseId !== null && task.caseId === header.caseId && task.at < header.at) put(endOf(task, task.caseId));
        }
        break;
      default:
    }
  }
  return [...changed.values()].map(({ task, audiences }) => ({ kind: KIND, id: task.taskId, body: task, audiences }));
}

/** Ended before its note came, by whom the note may not name. */
function isUnsureEnd({ task, audiences }: StoredTask): boolean {
  return task.isEnded && audiences.length > 0;
}

/** Those that are open, and of the ended ones those named here. */
export async function readContactTasks(tx: Tx, ended: readonly FactId[] | 'all'): Promise<StoredTask[]> {
  const every = tx.selectFrom('entities').select(['body', 'audiences']).where('kind', '=', KIND).orderBy('id');
  const chosen = ended === 'all' ? every : every.where((eb) => eb.or([eb('body', 'like', '%"isEnded":false%'), ...(ended.length === 0 ? [] : [eb('id', 'in', [...ended])])]));
  const rows = await chosen.execute();
  return rows.map((row) => ({ task: contactTaskEntitySchema.parse(JSON.parse(row.body)), audiences: parseAudiences(row.audiences) }));
}

export function entityOfTask({ task, audiences }: StoredTask): Entity {
  return { kind: KIND, id: task.taskId, body: task, audiences };
}

const ownTypes: readonly string[] = ['contact-noted', 'contact-matched', 'contact-closed'];

function taskIdsOf({ header, body }: Fact): FactId[] {
  const known = readBody(header.type, header.version, body);
  if (known.type === 'contact-noted') return [header.id];
  return known.type === 'contact-matched' || known.type === 'contact-closed' ? [known.body.taskId] : [];
}

async function holdsMissedOf(tx: Tx, facts: readonly Fact[]): Promise<boolean> {
  const caseIds = [...new Set(facts.flatMap(({ header }) => (header.type === 'call-started' ? header.caseId ?? [] : [])))];
  if (caseIds.length === 0) return false;
  const row = await tx.selectFrom('entities').select('id').where('kind', '=', KIND).where('body', 'like', '%"isEnded":false%')
    .where((eb) => eb.or(caseIds.map((caseId) => eb('body', 'like', `%"caseId":"${caseId}"%`)))).limit(1).executeTakeFirst();
  return row !== undefined;
}

function findMissed(held: ReadonlyMap<FactId, StoredTask>, { who, creditorId }: ContactNotedBody): StoredTask | null {
  return [...held.values()].find(({ task }) => !task.isEnded && task.channel === 'missed-call' && task.who === who && task.creditorId === creditorId) ?? null;
}

async function openTask(tx: Tx, actor: UserId, noted: Pick<ContactTaskEntity, 'taskId' | 'at' | 'zone'>, body: ContactNotedBody): Promise<StoredTask> {
  const { channel, who, reasons, text, creditorId, reachedCaseId } = body;
  const creditor = creditorId === null ? undefined : await tx.selectFrom('creditors').select('name').where('creditor_id', '=', creditorId).executeTakeFirst();
  const reached = reachedCaseId === null ? undefined : await tx.selectFrom('cases').leftJoin('assignments', 'assignments.customer_id', 'cases.customer_id')
    .select(['cases.customer_id', 'assignments.owner_id']).where('cases.case_id', '=', reachedCaseId).executeTakeFirst();
  if (reached !== undefined) await nameCustomer(tx, noted.taskId, reached.customer_id);
  const owner: Audience[] = reached?.owner_id == null ? [] : [`user:${reached.owner_id}`];
  return {
    task: {
      ...noted, channel, who, reasons, text, creditorId: creditor === undefined ? null : creditorId, creditorName: creditor?.name ?? null,
      caseId: reached === undefined ? null : reachedCaseId, times: 1, taken: null, isEnded: false,
    },
    audiences: [...new Set<Audience>([...alwaysSee, `user:${actor}`, ...owner])],
  };
}

/** Nothing of what was said, to nobody. */
export function endOf({ taskId, at, zone }: Pick<ContactTaskEntity, 'taskId' | 'at' | 'zone'>, caseId?: CaseId): StoredTask {
  return {
    task: { taskId, at, zone, channel: 'elsewhere', who: '', reasons: [], text: '', creditorId: null, creditorName: null, caseId: caseId ?? null, times: 1, taken: null, isEnded: true },
    audiences: [],
  };
}

/** Whose it was is known now: the note goes with the person. */
async function nameCustomer(tx: Tx, taskId: FactId, customerId: CustomerId): Promise<void> {
  await tx.updateTable('fact_content').set({ customer_id: customerId }).where('fact_id', '=', taskId).where('case_id', 'is', null).execute();
}
