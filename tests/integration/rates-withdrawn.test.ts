/**
 * A rate period is withdrawn after figures were agreed and printed with it.
 *
 * Invariants: a plan, its instalments, its document and a promise are their facts', cent by cent, at the desk that made them and at one that learns
 * them from the hub; what is claimed beside the capital is computed anew with the table that is left, and refused past its last day. A plan bears
 * the rate of its mandate, never one of the tables; the controls show that both would be seen to move.
 */
import { expect, it } from 'vitest';
import { standardRates } from '../../shared/interest/standard-rates.ts';
import type { CaseId, FactId } from '../../shared/id.ts';
import type { AgreementTerms } from '../../shared/protocol/agreement-terms.ts';
import { planForm } from '../../shared/testing/outcome-forms.ts';
import type { PlainDate } from '../../shared/time.ts';
import { allSent, openAgency } from '../support/agency.ts';
import type { DeskProcess } from '../support/desk-process.ts';
import { promiseForm, signInAs } from '../support/shift.ts';

const basedOn = { caseRevision: 1, scriptVersion: null };
const known = standardRates['late-payment'].rows;
const halfYear = { from: '2026-07-01' as PlainDate, to: '2026-12-31' as PlainDate, status: 'read' as const, source: 'Comunicato MEF, 2° semestre 2026' };

async function publishTerms(admin: DeskProcess, basisPoints: number): Promise<void> {
  const overview = await admin.query('show-conduct', {});
  if (!overview.ok) throw new Error(overview.error.code);
  for (const { conduct } of overview.value.creditors) {
    if (conduct === null) continue;
    const { version, ...draft } = conduct;
    const agreements: AgreementTerms = {
      ...draft.agreements, interest: { consumer: 'legal', business: 'late-payment', lumpSumCents: 0 }, planLimits: { ...draft.agreements.planLimits, interest: { rule: 'simple', basisPoints } },
      coordinates: { beneficiary: 'Agenzia di Prova', iban: 'IT60X0542811101000000123456', bic: null, cardPage: null },
    };
    expect(await admin.command('publish-conduct', { after: version, draft: { ...draft, agreements } })).toMatchObject({ ok: true });
  }
}

async function publishRate(admin: DeskProcess, after: number, basisPoints: number): Promise<void> {
  expect(await admin.command('publish-rates', { after, tableId: 'it-late-payment', rows: [...known, { ...halfYear, basisPoints }] })).toMatchObject({ ok: true, value: { version: after + 1 } });
}

/** What was agreed, as the case's screen shows it and as an act on it would find it. */
async function agreed(desk: DeskProcess, caseId: CaseId): Promise<unknown> {
  const { agreements } = await desk.until('show-case', { caseId }, ({ agreements: { plan } }) => plan !== null);
  const open = await desk.query('show-open-agreements', { caseId });
  if (!open.ok || open.value.promise === null || open.value.plan === null) throw new Error('nothing is agreed');
  return { plan: agreements.plan, open: { promise: open.value.promise, plan: open.value.plan } };
}

async function print(desk: DeskProcess, caseId: CaseId, source: { from: 'plan'; planId: FactId } | { from: 'interest' }): Promise<{ factId: FactId; html: string }> {
  const done = await desk.command('print-document', { caseId, basedOn, source: { ...source, language: 'it' } });
  if (!done.ok) throw new Error(done.error.code);
  return { factId: done.value.factId, html: desk.printed.at(-1)?.bodyHtml ?? '' };
}

async function stored(desk: DeskProcess, caseId: CaseId, factId: FactId): Promise<string> {
  const read = await desk.query('read-attachment', { caseId, factId });
  if (!read.ok) throw new Error(read.error.code);
  return Buffer.from(read.value.bytes).toString('utf8');
}

it('what was agreed and printed stays as it was; what is claimed is computed with the rates that are left', async () => {
  const agency = await openAgency();
  const [admin, desk] = [await agency.startDesk('admin'), await agency.startDesk('carla')];
  await Promise.all([signInAs(admin, 'admin'), signInAs(desk, 'carla')]);
  await publishTerms(admin, 600);
  await publishRate(admin, 0, 1_025);
  const { rows } = await desk.until('list-worklist', { view: 'all', creditorId: null }, (list) => list.rows.length > 0);
  let caseId: CaseId | null = null;
  for (const row of rows.filter(({ kind, claimableCents }) => kind !== 'person' && kind !== 'condominium' && claimableCents > 20_000)) {
    const { agreements: { interest } } = await desk.until('show-case', { caseId: row.caseId }, ({ tone, agreements }) => tone === 'courtesy' || agreements.interest?.refusedOn === null);
    if (interest !== null && interest.invoices.some(({ lines }) => lines.some(({ basisPoints }) => basisPoints === 1_025))) caseId ??= row.caseId;
  }
  if (caseId === null) throw new Error('no firm whose interest reaches into the second half-year');

  const say = async (form: ReturnType<typeof planForm>): Promise<void> => {
    expect(await desk.command('record-outcome', { caseId, locale: 'it', basedOn, form })).toMatchObject({ ok: true });
  };
  await say(promiseForm({ amountText: '20,00' }));
  const planOf = async (): Promise<ReturnType<typeof planForm>> => {
    const basis = await desk.query('show-plan-basis', { caseId });
    if (!basis.ok) throw new Error(basis.error.code);
    return planForm(basis.value, { amountText: '120', perMonthText: '45', dayText: '10' });
  };
  await say(await planOf());
  const before = await agreed(desk, caseId) as { plan: { planId: FactId; instalments: { interestCents: number }[] } };
  expect(before.plan.instalments.some(({ interestCents }) => interestCents > 0)).toBe(true);
  const { planId } = before.plan;
  const [agreement, interest] = [await print(desk, caseId, { from: 'plan', planId }), await print(desk, caseId, { from: 'interest' })];
  const claim = (await desk.until('show-case', { caseId }, () => true)).agreements.interest;
  expect(interest.html).toContain('10,25');
  await allSent(desk);

  expect(await admin.command('withdraw-rate', { after: 1, tableId: 'it-late-payment', from: halfYear.from, reason: 'comunicato letto male' })).toMatchObject({ ok: true, value: { version: 2 } });
  const refused = await desk.until('show-case', { caseId }, ({ agreements }) => agreements.interest?.refusedOn !== null);
  expect(refused.agreements.interest).toMatchObject({ refusedOn: halfYear.from, totalCents: 0, invoices: [] });
  expect(await desk.command('print-document', { caseId, basedOn, source: { from: 'interest', language: 'it' } })).toMatchObject({ ok: false, error: { code: 'rate-unknown', details: { day: halfYear.from } } });
  expect(await agreed(desk, caseId)).toEqual(before);
  expect((await print(desk, caseId, { from: 'plan', planId })).html).toBe(agreement.html);
  expect([await stored(desk, caseId, agreement.factId), await stored(desk, caseId, interest.factId)]).toEqual([agreement.html, interest.html]);
  // A desk that never saw the period that went.
  const fresh = await agency.startDesk('carla-again');
  await signInAs(fresh, 'carla');
  await fresh.until('list-worklist', { view: 'all', creditorId: null }, (list) => list.rows.some((row) => row.caseId === caseId));
  expect(await agreed(fresh, caseId)).toEqual(before);
  expect((await print(fresh, caseId, { from: 'plan', planId })).html).toBe(agreement.html);

  // The control: where another rate stands, what is claimed and what is newly offered do move.
  const asBefore = await planOf();
  await publishRate(admin, 2, 1_200);
  const anew = await desk.until('show-case', { caseId }, ({ agreements }) => agreements.interest?.refusedOn === null);
  expect(anew.agreements.interest?.totalCents).toBeGreaterThan(claim?.totalCents ?? Infinity);
  expect((await print(desk, caseId, { from: 'interest' })).html).not.toBe(interest.html);
  expect(await planOf()).toEqual(asBefore);
  await publishTerms(admin, 1_200);
  await desk.until('show-plan-basis', { caseId }, ({ limits }) => limits.interest.rule === 'simple' && limits.interest.basisPoints === 1_200);
  expect((await planOf()).plan?.shown).not.toBe(asBefore.plan?.shown);
  expect(await agreed(desk, caseId)).toEqual(before);
  expect((await print(desk, caseId, { from: 'plan', planId })).html).toBe(agreement.html);
});
