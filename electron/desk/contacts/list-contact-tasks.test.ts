/** What was taken is anybody's again the moment it lapses, and the list says when that is: nothing else happens then. */
import { expect, it } from 'vitest';
import { newId, newRandomHex } from '../../../shared/id.ts';
import type { FactId } from '../../../shared/id.ts';
import type { ContactTaskEntity } from '../../../shared/protocol/contact-task-protocol.ts';
import { openActsDesk } from '../../../tests/support/acts-desk.ts';
import { upsertEntity } from '../store/entity-store.ts';
import { tokenOf } from './contact-task-store.ts';
import { listContactTasks } from './list-contact-tasks.ts';

it('says when the next of what is taken lapses, and shows it free from then on', () => {
  const { session } = openActsDesk('inbound', () => []);
  const startMs = session.clock.nowMs();
  const hold = (taskId: FactId, taken: ContactTaskEntity['taken']): void => upsertEntity(session.db, {
    kind: 'contact-task', id: taskId, revision: 1,
    body: { taskId, at: startMs, zone: 'Europe/Rome', channel: 'phone', who: 'Rosa', reasons: [], text: '', creditorId: null, creditorName: null, caseId: null, times: 1, taken, isEnded: false },
  });
  const [mine, theirs] = [newId<FactId>(), newId<FactId>()];
  hold(mine, null);
  hold(theirs, { token: newRandomHex(16), untilMs: startMs + 60_000 });
  hold(mine, { token: tokenOf(session.db, mine), untilMs: startMs + 90_000 });
  const after = (ms: number): [string[], number | null] => {
    const { rows, lapsesInMs } = listContactTasks({ ...session, clock: { nowMs: () => startMs + ms } });
    return [rows.map(({ state }) => state).toSorted(), lapsesInMs];
  };
  expect(after(0)).toEqual([['mine', 'taken'], 60_000]);
  expect(after(59_999)).toEqual([['mine', 'taken'], 1]);
  expect(after(60_000)).toEqual([['free', 'mine'], 30_000]);
  expect(after(90_000)).toEqual([['free', 'free'], null]);
});
