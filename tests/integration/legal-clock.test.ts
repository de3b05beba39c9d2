/**
 * The clock of a privacy request and of a complaint, over a real hub and real desks: whatever is agreed meanwhile, it runs in the agenda of whoever
 * has the case until a lead says that it was answered, and how.
 *
 * Invariants: one answer, one clock; who may not decide ends none; the history says to what the answer was.
 */
import { expect, it } from 'vitest';
import type { OutcomeForm } from '../../shared/contract/outcome-form.ts';
import type { AgendaEntry } from '../../shared/contract/settings-channels.ts';
import { allSent, openAgency, workableRows } from '../support/agency.ts';
import type { DeskProcess } from '../support/desk-process.ts';
import { plainForm, promiseForm, signInAs } from '../support/shift.ts';

const locale = 'it' as const;

it('runs through promises and talks until a lead answers it, each by itself', async () => {
  const agency = await openAgency();
  const [carla, lina] = [await agency.startDesk('carla'), await agency.startDesk('lina')];
  await signInAs(carla, 'carla');
  await signInAs(lina, 'laura.lead');
  const [row] = await workableRows(carla);
  if (row === undefined) throw new Error('an empty list');
  const { caseId } = row;
  const clocks = async (desk: DeskProcess): Promise<string[]> => {
    const found: AgendaEntry[] = [];
    // The fifth week holds a day one month from now at the latest.
    for (const offset of [0, 1, 2, 3, 4]) {
      const agenda = await desk.query('list-agenda', { span: 'week', offset });
      if (agenda.ok) found.push(...agenda.value.days.flatMap(({ entries }) => entries).filter((entry) => entry.caseId === caseId));
    }
    return found.map(({ kind }) => kind).filter((kind) => kind === 'complaint' || kind === 'privacy-request').toSorted();
  };
  const untilClocks = (kinds: string[]): Promise<void> => expect.poll(() => clocks(carla), { timeout: 30_000 }).toEqual(kinds);
  const note = async (form: OutcomeForm): Promise<void> => {
    const shown = await carla.query('show-case', { caseId });
    if (!shown.ok) throw new Error(shown.error.code);
    expect(await carla.command('record-outcome', { caseId, locale, basedOn: { caseRevision: shown.value.revision, scriptVersion: null }, form })).toMatchObject({ ok: true });
  };
  await note(plainForm('PRV', { requestKind: 'access', owner: 'lead', reasons: ['privacy'] }));
  await note(plainForm('CMP', { owner: 'lead', note: 'voce alta', dateText: '+1', reasons: ['complaint'] }));
  await note(promiseForm({ dateText: '+1' }));
  await note(plainForm('RPC'));
  await untilClocks(['complaint', 'privacy-request']);
  await allSent(carla);

  const owed = async (): Promise<Map<string, { factId: string; dueOn: string }>> => {
    const led = await lina.query('show-lead-case', { caseId });
    if (!led.ok) throw new Error(led.error.code);
    return new Map(led.value.resumable.flatMap((entry) => (entry.kind === 'clock' ? [[entry.about, { factId: entry.factId, dueOn: entry.dueOn }]] : [])));
  };
  const both = await owed();
  expect([...both.keys()].toSorted()).toEqual(['complaint', 'privacy-request']);
  const answer = (desk: DeskProcess, about: string, reason: string): ReturnType<typeof lina.command<'resume-activity'>> =>
    desk.command('resume-activity', { caseId, targetFactId: both.get(about)?.factId as never, reason });
  expect(await answer(carla, 'privacy-request', 'risposto io')).toMatchObject({ ok: false, error: { code: 'lead-only' } });
  expect(await answer(lina, 'privacy-request', ' ')).toMatchObject({ ok: false, error: { details: { field: 'reason' } } });
  expect(await answer(lina, 'privacy-request', 'copia spedita per PEC')).toMatchObject({ ok: true });
  await untilClocks(['complaint']);
  expect([...(await owed()).keys()]).toEqual(['complaint']);
  expect(await answer(lina, 'privacy-request', 'di nuovo')).toMatchObject({ ok: false, error: { code: 'nothing-to-resume' } });
  const { history } = await carla.until('show-case', { caseId }, (shown) => shown.history.some(({ kind }) => kind === 'resumption'));
  expect(history.find(({ kind }) => kind === 'resumption')).toMatchObject({ reason: 'copia spedita per PEC', answers: 'privacy-request' });
  expect(await answer(lina, 'complaint', 'scuse per lettera')).toMatchObject({ ok: true });
  await untilClocks([]);

  // Made anew from the facts it is the same.
  await carla.stop();
  const again = await agency.startDesk('carla-2');
  await signInAs(again, 'carla');
  await workableRows(again);
  expect(await clocks(again)).toEqual([]);
});
