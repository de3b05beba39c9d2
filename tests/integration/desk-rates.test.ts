/**
 * Rate tables published by an administrator: what an operator's desk computes with them, over a real hub.
 *
 * The clock is that of tests, in the second half of 2026, for which the product brings no late-payment rate along.
 */
import { expect, it } from 'vitest';
import { computeInterest } from '../../shared/interest/compute-interest.ts';
import { ratesInForce, standardRates } from '../../shared/interest/standard-rates.ts';
import { systemClock, dateOfInstant } from '../../shared/time.ts';
import type { PlainDate } from '../../shared/time.ts';
import { openAgency } from '../support/agency.ts';
import { signInAs } from '../support/shift.ts';

it('an administrator adds the half-year that is missing, and the operator’s desk computes with it; a hole is refused by its row', async () => {
  const agency = await openAgency();
  const [admin, desk] = [await agency.startDesk('admin'), await agency.startDesk('carla')];
  await Promise.all([signInAs(admin, 'admin'), signInAs(desk, 'carla')]);
  const overview = await admin.query('show-conduct', {});
  if (!overview.ok) throw new Error(overview.error.code);
  for (const { conduct } of overview.value.creditors) {
    if (conduct === null) continue;
    const { version, ...draft } = conduct;
    const agreements = { ...draft.agreements, interest: { consumer: 'legal', business: 'late-payment', lumpSumCents: 0 } } as const;
    expect(await admin.command('publish-conduct', { after: version, draft: { ...draft, agreements } })).toMatchObject({ ok: true });
  }
  const { rows: list } = await desk.until('list-worklist', { view: 'all', creditorId: null }, ({ rows }) => rows.length > 0);
  const refused = [];
  for (const { caseId, kind } of list) {
    if (kind === 'person' || kind === 'condominium') continue;
    const shown = await desk.until('show-case', { caseId }, ({ tone, agreements }) => tone === 'courtesy' || agreements.interest !== null || agreements.prescription.length === 0);
    if (shown.agreements.interest?.refusedOn === '2026-07-01') refused.push(shown);
  }
  const [of] = refused;
  if (of === undefined) throw new Error('no firm with an invoice that was late before July');

  const known = standardRates['late-payment'].rows;
  const next = { from: '2026-07-01' as PlainDate, to: '2026-12-31' as PlainDate, basisPoints: 1_025, status: 'read' as const, source: 'Comunicato MEF, 2° semestre 2026' };
  const publish = (rows: typeof known, after: number): ReturnType<typeof admin.command<'publish-rates'>> => admin.command('publish-rates', { after, tableId: 'it-late-payment', rows });
  expect(await publish([...known, { ...next, from: '2026-07-02' as PlainDate }], 0)).toMatchObject({
    ok: false, error: { code: 'rate-table-invalid', details: { row: known.length + 1, expected: '2026-07-01', field: `rows.${String(known.length)}.from` } },
  });
  expect(await desk.command('publish-rates', { after: 0, tableId: 'it-late-payment', rows: [...known, next] })).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
  expect(await publish([...known, next], 0)).toMatchObject({ ok: true, value: { version: 1 } });
  expect(await publish([...known, next], 0)).toMatchObject({ ok: false, error: { code: 'changed-meanwhile' } });

  const { agreements, invoices } = await desk.until('show-case', { caseId: of.caseId }, ({ agreements: { interest } }) => interest?.refusedOn === null);
  const table = ratesInForce([{ tableId: 'it-late-payment', version: 1, rows: [...known, next] }])['late-payment'];
  const until = dateOfInstant(systemClock.nowMs(), 'Europe/Rome');
  const expected = invoices.filter(({ daysLate, claimableCents }) => daysLate > 0 && claimableCents > 0).map(({ invoiceId, claimableCents, dueDate }) => {
    const interest = computeInterest({ capitalCents: claimableCents, dueOn: dueDate, until }, table);
    return { invoiceId, totalCents: interest.ok ? interest.value.totalCents : -1 };
  });
  expect(agreements.interest?.invoices.map(({ invoiceId, totalCents }) => ({ invoiceId, totalCents }))).toEqual(expected);
  expect(agreements.interest?.totalCents).toBeGreaterThan(0);
  expect(await admin.query('list-rates', {})).toMatchObject({ ok: true, value: { tables: [{ tableId: 'it-late-payment', version: 1 }] } });
  expect(await desk.query('list-rates', {})).toMatchObject({ ok: false, error: { code: 'not-allowed' } });

  const withdraw = { after: 1, tableId: 'it-late-payment', from: next.from, reason: 'comunicato letto male' } as const;
  expect(await desk.command('withdraw-rate', withdraw)).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
  expect(await admin.command('withdraw-rate', { ...withdraw, from: known[0]!.from })).toMatchObject({ ok: false, error: { code: 'rate-needed', messageKey: 'error.rates.needed' } });
  expect(await admin.command('withdraw-rate', withdraw)).toMatchObject({ ok: true, value: { version: 2, withdrawn: { row: next, reason: withdraw.reason } } });
  await desk.until('show-case', { caseId: of.caseId }, ({ agreements: { interest } }) => interest?.refusedOn === '2026-07-01');
});
