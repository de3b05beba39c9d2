/**
 * A shift of whoever answers customers, on a real exchange: the app of Ines, who has no list; the desks of Carla, who has the customers and is in a
 * call about one of them, of Bruno, whose PC is away, and of a lead who decides while it rings.
 *
 * Invariants: which creditor's customers a ring may be of, the called number says, wherever the exchange puts it; nothing that a caller says of
 * itself opens more than a card; what was said on the telephone is with whoever has the case, in a call about it or after being away.
 */
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallId, CaseId } from '../../shared/id.ts';
import { queries } from '../../shared/contract/contract.ts';
import { showCase } from '../support/call-on-line.ts';
import { untilSent } from '../support/call-by-keyboard.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { askDesk } from '../support/page-desk.ts';
import { runHub } from '../support/hub-process.ts';
import { pressAnswer, untilGate } from '../support/screen-call.ts';
import { word } from '../support/screen-words.ts';
import { signInAs } from '../support/shift.ts';
import { chooseFirstReason, fillFocused, tabTo, typeCodeByKeys } from '../support/type-outcome.ts';
import type { AppStage, OpenApp } from './support/app-stage.ts';
import { creditor, openAppStage, shownNumber } from './support/app-stage.ts';
import type { Saying, SippRun } from './support/far-end.ts';
import { baresipHears, controlBaresip, startCaller } from './support/far-end.ts';
import { MICROPHONE_HZ } from './support/telephone-app.ts';

const [serena, tullio, vera] = ['Serena Diurni', 'Tullio Diurni', 'Vera Sospesi'] as const;
const shared = '+390828001001';
const own = '+390828001003';
const people = [{ name: serena, number: shared }, { name: tullio, number: shared }, { name: vera, number: own }];
const otherCreditor = 'Gas di Prova';
const elsewhere = 'Elsa Altrove';
const locale = 'it' as const;
const pictures = process.env['PREMURA_PICTURES'];
/** What stands on no screen before identity is confirmed: what is owed, and the papers. */
const secrets = ['100,00', '101,00', '102,00', 'TEL-T0001', 'TEL-T0002', 'TEL-T0003'];

let stage: AppStage;
let running: OpenApp;
let page: Page;
let card: Locator;
let carla: DeskProcess;
let lina: DeskProcess;
let bruno: DeskProcess;

const startDesk = async (username: string): Promise<DeskProcess> => {
  const desk = await DeskProcess.start({ profileDir: `${stage.profileDir}-${username}`, hubUrl: stage.hubUrl, hubKey: 'agency' });
  await signInAs(desk, username);
  return desk;
};

beforeAll(async () => {
  stage = await openAppStage({ customers: people, operator: { username: 'ines', name: 'Ines Risponde', role: 'inbound' } });
  await stage.importFile(otherCreditor, [{ name: elsewhere, number: shared }]);
  await stage.addPerson({ username: 'bruno', name: 'Bruno Lontano', role: 'collector' });
  await stage.addPerson({ username: 'lina', name: 'Lina Guida', role: 'lead' });
  // The plain telephone of the rig stands on Carla's desk.
  await runHub(['telephone', 'account', '--data', stage.dataDir, '--username', 'carla', '--sip-user', '2001', '--password', 'pw2001']);
  running = await stage.open();
  ({ page } = running);
  card = page.getByTestId('ring-card');
  [carla, lina, bruno] = await Promise.all([startDesk('carla'), startDesk('lina'), startDesk('bruno')]);
  await bruno.until('show-sync', {}, ({ network }) => network === 'online');
  await bruno.stop();
});

afterAll(async () => {
  await Promise.all([carla.stop(), lina.stop(), bruno.stop()]);
  await running.close();
  await stage.close();
});

const trunk = (number: string): string => `<sip:${number}@127.0.0.2>`;
const from = (number: string, name = ''): string => `${name === '' ? '' : `"${name}" `}${trunk(number)}`;
const called = `P-Called-Party-ID: ${trunk(shownNumber)}`;

/** Rings with these words and answers what the card says, once it says this kind. */
async function rings(saying: Saying, kind: string | null): Promise<{ caller: SippRun; says: string }> {
  const caller = await startCaller(stage.rig, saying, 'calls-and-is-refused');
  await card.waitFor();
  if (kind !== null) await card.locator(`[data-testid="caller"][data-kind="${kind}"]`).waitFor();
  return { caller, says: await card.innerText() };
}

async function refuse(caller: SippRun): Promise<void> {
  await page.keyboard.press('Alt+X');
  await caller.done;
  await card.waitFor({ state: 'detached' });
}

async function caseOf(desk: DeskProcess, name: string): Promise<CaseId> {
  const list = await desk.until('list-worklist', { view: 'all', creditorId: null }, ({ rows }) => rows.some(({ customerName }) => customerName === name));
  const row = list.rows.find(({ customerName, creditorName }) => customerName === name && creditorName === creditor);
  if (row === undefined) throw new Error(`${name} is not in the list`);
  return row.caseId;
}

async function noSecret(where: Locator): Promise<void> {
  const text = await where.innerText();
  for (const secret of secrets) expect(text).not.toContain(secret);
}

/** Answers, chooses a customer, and asks who is on the line until they are known. */
async function answerFor(name: string): Promise<void> {
  await page.keyboard.press('F5');
  const choice = page.getByTestId('caller-match').filter({ hasText: name });
  await choice.waitFor();
  await noSecret(page.locator('main'));
  await choice.press('Enter');
  await page.getByTestId('case-title').filter({ hasText: name }).waitFor();
  await identify();
}

async function identify(): Promise<void> {
  await page.getByTestId('gate-state').filter({ hasText: word('gate.other.tag') }).waitFor();
  await noSecret(page.locator('main'));
  await page.keyboard.press('Alt+I');
  await untilGate(page, 'unconfirmed');
  await noSecret(page.locator('main'));
  await pressAnswer(page, /^È la persona/);
  await pressAnswer(page, new RegExp(word('identityMethod.customer-code')));
  await untilGate(page, 'confirmed');
}

async function type(code: 'RES' | 'PTP', fields: readonly (readonly [string, string])[]): Promise<void> {
  await typeCodeByKeys(page, code, 'Alt+E');
  for (const [field, text] of fields) {
    await tabTo(page, field);
    await fillFocused(page, text);
  }
}

async function hangUpAndSave(): Promise<void> {
  await page.keyboard.press('F10');
  await running.line.until(({ calls, uncommittedCount }) => calls.length === 0 && uncommittedCount === 0, 'it is over');
}

/** Carla is in a call about this customer, from now on or already; the hub knows. */
async function carlaCalls(name: string): Promise<{ caseId: CaseId; callId: CallId }> {
  const caseId = await caseOf(carla, name);
  const open = await carla.query('show-call', { locale });
  if (open.ok && open.value.call?.caseId === caseId) return { caseId, callId: open.value.call.callId };
  const shown = await carla.query('show-case', { caseId });
  if (!shown.ok) throw new Error(shown.error.code);
  const begun = await carla.command('start-call', { caseId, direction: 'inbound', pointId: null, locale, basedOn: { caseRevision: shown.value.revision, scriptVersion: null } });
  if (!begun.ok) throw new Error(begun.error.code);
  await carla.until('show-sync', {}, ({ unsentCount }) => unsentCount === 0);
  return { caseId, callId: begun.value.call.callId };
}

const promise = [['dateText', '+3'], ['method', 'bank-transfer']] as const;
const codes = (history: Awaited<ReturnType<typeof showCase>>['history']): string[] => history.flatMap((entry) => (entry.kind === 'outcome' ? [entry.outcome.code] : []));

describe('whose customers a ring may be of', () => {
  it.each([
    ['P-Called-Party-ID', { headers: [called] }],
    ['Diversion', { headers: [`Diversion: ${trunk('1001')};reason=unconditional, ${trunk(shownNumber)};reason=follow-me`] }],
    ['History-Info', { headers: [`History-Info: ${trunk(shownNumber)};index=1, ${trunk('1001')};index=1.1`] }],
    ['To', { to: trunk(shownNumber) }],
  ])('is said by the called number in %s', async (_header, saying) => {
    const { caller, says } = await rings({ from: from(shared), ...saying }, 'several');
    expect(says).toContain(`${word('inbound.answerFor')} ${creditor}`);
    expect(says).toContain(word('inbound.kind.several_other').replace('{{count}}', '2'));
    await noSecret(card);
    await refuse(caller);
  });

  it('is asked first where no header says it: two creditors know the number', async () => {
    const { caller, says } = await rings({ from: from(shared) }, 'creditors');
    expect(says).toContain(word('inbound.answerPlainly'));
    for (const name of [creditor, otherCreditor, serena, tullio, elsewhere]) expect(says).not.toContain(name);
    await refuse(caller);
  });
});

describe('what a caller says of itself', () => {
  const hidden = word('telephone.callerUnknown');
  it.each([
    ['hides', { from: '"Anonymous" <sip:anonymous@anonymous.invalid>', headers: ['Privacy: id', called] }, 'unknown', word('inbound.kind.unknown')],
    ['hides and says nothing at all', { from: '<sip:127.0.0.2>', headers: [called] }, 'unknown', hidden],
    ['shows another’s number, and the exchange asserts whose it is', { from: from(shared), headers: [`P-Asserted-Identity: ${trunk('+390699887766')}`, called] }, 'nobody', word('inbound.kind.nobody')],
    ['is asserted, and writes a stranger’s number', { from: from('+390699887766'), headers: [`P-Asserted-Identity: ${trunk(shared)}`, called] }, 'several', creditor],
    ['calls itself the creditor’s customer', { from: from('+390699887766', `${serena} TEL-X`), headers: [called] }, 'nobody', word('telephone.unverified')],
    ['has a number of no numbering plan', { from: from('+3912'), headers: [called] }, 'unknown', creditor],
    ['has a number of sixty digits', { from: from('9'.repeat(60)), headers: [called] }, 'unknown', hidden],
    ['has letters for a number', { from: from('ohne-nummer'), headers: [called] }, 'unknown', hidden],
    ['asserts what cannot be read', { from: from(shared), headers: ['P-Asserted-Identity: <<<>>;;"%00', called] }, 'several', creditor],
    ['writes its number with 00', { from: from(`00${shared.slice(1)}`), headers: [called] }, 'several', creditor],
    ['writes its number as at home', { from: from(shared.slice(3)), headers: [called] }, 'several', creditor],
    ['writes its number without a plus', { from: from(shared.slice(1)), headers: [called] }, 'several', creditor],
  ])('%s', async (_what, saying, kind, says) => {
    const ring = await rings(saying, kind);
    expect(ring.says).toContain(says);
    await noSecret(card);
    await refuse(ring.caller);
  });

  it('from an extension it is a colleague, and no customer is looked for', async () => {
    const { caller, says } = await rings({ from: from('2001', 'Collega'), headers: [called] }, null);
    expect(says).toContain('2001');
    expect(await card.getByTestId('caller').count()).toBe(0);
    await refuse(caller);
  });
});

describe('two at once', () => {
  it('shows the first, says that another waits, and names nobody beside a call in front', async () => {
    const first = await startCaller(stage.rig, { from: from(own), headers: [called] });
    await card.locator('[data-testid="caller"][data-kind="one"]').filter({ hasText: vera }).waitFor();
    const second = await startCaller(stage.rig, { from: from(shared), headers: [called] });
    await card.getByText(word('telephone.ringMore_one').replace('{{count}}', '1')).waitFor();
    expect(await card.innerText()).toContain(vera);
    await page.keyboard.press('F5');
    await page.getByTestId('case-title').filter({ hasText: vera }).waitFor();
    await card.getByText(word('telephone.ringSecond')).waitFor();
    const says = await card.innerText();
    for (const name of [serena, tullio, creditor]) expect(says).not.toContain(name);
    await noSecret(page.locator('body'));
    await page.keyboard.press('F10');
    await first.done;
    // Nobody is in front any more: whoever still rings may be seen.
    await card.locator('[data-testid="caller"][data-kind="several"]').waitFor();
    await page.keyboard.press('F5');
    await page.getByTestId('caller-match').filter({ hasText: serena }).waitFor();
    await page.keyboard.press('F10');
    await second.done;
  });
});

describe('what was said', () => {
  it('is with the colleague who is in a call about the case', async () => {
    const { caseId, callId } = await carlaCalls(serena);
    const caller = await startCaller(stage.rig, { from: from(shared), headers: [called] });
    await card.locator('[data-testid="caller"][data-kind="several"]').waitFor();
    await answerFor(serena);
    await page.locator('.case-colleague').getByText(word('inbound.colleague')).waitFor();
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, 'inbound-colleague.png') });

    await type('RES', [['resendBy', 'email'], ['addressText', 'serena@example.it']]);
    await chooseFirstReason(page);
    await page.keyboard.press('Control+F12');
    const told = await carla.until('show-case', { caseId }, ({ history }) => codes(history).includes('RES'));
    expect(told.history.find((entry) => entry.kind === 'outcome')).toMatchObject({ mine: false, outcome: { code: 'RES', channel: 'phone-inbound' } });
    await hangUpAndSave();
    await caller.done;
    await type('PTP', promise);
    await page.keyboard.press('Control+s');
    const promised = await carla.until('show-case', { caseId }, ({ history }) => codes(history).includes('PTP'));
    expect(codes(promised.history)).toEqual(['PTP', 'RES']);
    expect(promised.blocked).not.toBeNull();
    // Her own call runs on.
    expect(await carla.query('show-call', { locale })).toMatchObject({ ok: true, value: { call: { callId, caseId } } });
    const served = await showCase(page, caseId);
    expect(codes(served.history)).toEqual(['PTP', 'RES']);
  });

  it('is with the colleague who was away and was given the customer while it rang; whom a lead suspends meanwhile is shown as such', async () => {
    const caseId = await caseOf(carla, tullio);
    const known = await lina.query('list-collectors', {});
    if (!known.ok) throw new Error(known.error.code);
    const ownerId = known.value.collectors.find(({ displayName }) => displayName === 'Bruno Lontano')?.userId;
    if (ownerId === undefined) throw new Error('Bruno is no collector');
    const caller = await startCaller(stage.rig, { from: from(shared), headers: [called] });
    await card.locator('[data-testid="caller"][data-kind="several"]').waitFor();
    expect(await lina.command('assign-customer', { caseId, ownerId, reason: 'Carla è piena' })).toMatchObject({ ok: true });
    expect(await lina.command('suspend-activity', { caseId, kind: 'suspended', invoiceId: null, untilText: '+20', reason: 'tavolo aperto col committente', locale })).toMatchObject({ ok: true });
    await carla.until('list-worklist', { view: 'all', creditorId: null }, ({ rows }) => rows.every((row) => row.caseId !== caseId));
    await lina.until('show-sync', {}, ({ unsentCount }) => unsentCount === 0);
    await answerFor(tullio);
    const suspended = await showCase(page, caseId);
    expect(suspended.reasons.map(({ key }) => key)).toContain('suspended');
    await page.locator('main').getByText(/tavolo aperto col committente/).first().waitFor();
    await hangUpAndSave();
    await caller.done;
    await type('PTP', promise);
    await chooseFirstReason(page);
    await page.keyboard.press('Control+s');
    await untilSent(page);

    bruno = await startDesk('bruno');
    const given = await bruno.until('list-worklist', { view: 'all', creditorId: null }, ({ rows }) => rows.some((row) => row.caseId === caseId));
    expect(given.rows.map(({ customerName }) => customerName)).toEqual([tullio]);
    const seen = await bruno.until('show-case', { caseId }, ({ history }) => codes(history).includes('PTP'));
    expect(seen.reasons.map(({ key }) => key)).toContain('suspended');
    // Nothing of the other customer with the same number.
    expect(await bruno.query('show-case', { caseId: await caseOf(carla, serena) })).toMatchObject({ ok: false });
    const served = queries['list-served'].output.parse(await askDesk(page, { kind: 'query', name: 'list-served', input: {} }));
    expect(served.rows.slice(0, 2).map(({ customerName }) => customerName)).toEqual([tullio, serena]);
  });
});

describe('a colleague', () => {
  it('who is in a call about the case is offered in its header: their telephone rings, hears us, and the call goes there', async () => {
    await carlaCalls(serena);
    const colleague = await controlBaresip(stage.rig);
    const caller = await startCaller(stage.rig, { from: from(shared), headers: [called] }, 'calls-and-is-passed');
    await card.locator('[data-testid="caller"][data-kind="several"]').waitFor();
    await page.keyboard.press('F5');
    await page.getByTestId('caller-match').filter({ hasText: serena }).press('Enter');
    await page.getByTestId('case-title').filter({ hasText: serena }).waitFor();
    const offer = page.getByTestId('served-actions').getByRole('button', { name: new RegExp(word('message.passTo')) });
    await offer.waitFor();
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, 'inbound-pass.png') });
    await offer.click();
    const extension = page.getByLabel(word('telephone.extension'));
    await extension.waitFor();
    expect(await extension.inputValue()).toBe('2001');
    await extension.press('Enter');
    await colleague.event('CALL_ESTABLISHED');
    await running.line.until(({ calls }) => calls.filter(({ state }) => state.phase === 'connected').length === 2, 'the colleague is asked');
    await expect.poll(() => {
      const { energyDb, shares } = baresipHears(stage.rig, [MICROPHONE_HZ]);
      return energyDb > -35 && (shares[0] ?? 0) > 0.8;
    }, { timeout: 30_000 }).toBe(true);
    await page.keyboard.press('F7');
    await running.line.until(({ calls, uncommittedCount }) => calls.length === 0 && uncommittedCount === 0, 'both are together');
    // The customer was told where to go, and said that it worked.
    await caller.done;
    colleague.close();
  });

  it('who takes a call of the group leaves nobody here a missed one, nor a state of its own; one that nobody takes is missed', async () => {
    const number = '+390699887700';
    const missed = async (): Promise<{ listed: boolean[]; tasks: string[] }> => {
      const { calls } = queries['show-telephone'].output.parse(await askDesk(page, { kind: 'query', name: 'show-telephone', input: {} }));
      const { rows } = queries['list-contact-tasks'].output.parse(await askDesk(page, { kind: 'query', name: 'list-contact-tasks', input: {} }));
      return { listed: calls.flatMap((one) => (one.number === number ? [one.isMissed] : [])), tasks: rows.flatMap(({ who }) => (who === number ? [who] : [])) };
    };
    const before = await page.getByTestId('agent-state').getAttribute('data-state');
    expect(before).not.toBe('missed');
    const colleague = await controlBaresip(stage.rig);
    const taken = await startCaller(stage.rig, { from: from(number), headers: [called] }, 'calls-in', '3000');
    await running.line.until(({ takenElsewhere, calls, uncommittedCount }) => takenElsewhere !== null && calls.length === 0 && uncommittedCount === 0, 'the group has taken it');
    await colleague.event('CALL_ESTABLISHED');
    colleague.command('hangup');
    await taken.done;
    colleague.close();
    expect(await missed()).toEqual({ listed: [], tasks: [] });
    expect(await page.getByTestId('agent-state').getAttribute('data-state')).toBe(before);

    // Control: the same customer gives up.
    const given = await startCaller(stage.rig, { from: from(number), headers: [called] }, 'calls-and-gives-up');
    await card.waitFor();
    await given.done;
    await page.locator('[data-testid="agent-state"][data-state="missed"]').waitFor();
    await expect.poll(missed, { timeout: 30_000 }).toEqual({ listed: [true], tasks: [number] });
  });
});
