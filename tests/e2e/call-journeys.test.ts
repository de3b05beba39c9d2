/**
 * Calls from the first ring to what the hub holds of them, with nothing but keys: no mouse, no field filled from outside.
 *
 * Invariants: everything that a call leaves (permit, start, identity, script, outcome) carries one call id and stands at the hub; who is not
 * the right party hears and sees nothing; what the rules refuse is not rung.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { contactCountersSchema } from '../../shared/facts/conduct-bodies.ts';
import { addDays } from '../../shared/time.ts';
import {
  answer, askGuard, bodyOf, capture, factsAtHub, factsOfCall, meetObjection, openByName, ring, runningCall, saveHere, stepStands, tabBackTo, types, untilFieldShows, untilSent,
  whole,
} from '../support/call-by-keyboard.ts';
import type { CallStage } from '../support/call-stage.ts';
import { creditor, customers, openCallStage, today } from '../support/call-stage.ts';
import { untilGate } from '../support/screen-call.ts';
import { word } from '../support/screen-words.ts';
import { fillFocused, tabTo, typeCodeByKeys, untilFocusIn } from '../support/type-outcome.ts';

let stage: CallStage;
let page: Page;

beforeAll(async () => {
  stage = await openCallStage();
  ({ page } = stage);
});
afterAll(() => stage.close());

/** A test that failed leaves no call behind for the next one. */
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await page.keyboard.press('Alt+N');
});

describe('a call by keyboard', () => {
  it('courtesy: the invoice never came, and goes again to the address that was typed in the script', async () => {
    await openByName(page, customers.courtesy.name);
    const { callId } = await ring(page);
    await answer(page, 'Sì, è la persona giusta');
    await answer(page, 'Confermata: codice cliente');
    await untilGate(page, 'confirmed');
    await answer(page, 'No, non ancora arrivato');
    await capture(page, { resendBy: 'email', resendTo: 'ada.cortesi@posta.example', checkOn: 'fra un po’' });
    // What was typed and not answered yet is there again on a page that was loaded anew.
    await page.reload();
    await untilGate(page, 'confirmed');
    await untilFieldShows(page, 'resendTo', 'ada.cortesi@posta.example');
    await untilFieldShows(page, 'checkOn', 'fra un po’');
    await page.keyboard.press('Alt+1');
    await page.locator('[data-field="checkOn"]').getByRole('alert').filter({ hasText: word('error.dateUnreadable') }).waitFor();
    await untilFocusIn(page, 'checkOn');
    await capture(page, { checkOn: '+5' });
    await answer(page, 'Reinvio concordato');
    await stepStands(page, 'Saluto');
    await answer(page, 'Saluto e salvo');
    await page.keyboard.press('Control+Enter');
    await untilFieldShows(page, 'addressText', 'ada.cortesi@posta.example');
    await untilFieldShows(page, 'resendBy', 'email');
    await tabTo(page, 'cause');
    await fillFocused(page, 'invoice-not-received');
    await saveHere(page);
    const facts = await factsOfCall(stage.dataDir, callId);
    expect(types(facts)).toEqual(whole);
    expect(bodyOf(facts, 'identity-checked')).toEqual({ result: 'confirmed', method: 'customer-code', partyId: null });
    expect(bodyOf(facts, 'script-followed')).toMatchObject({ packId: 'courtesy-predue', captured: { resendBy: 'email', resendTo: 'ada.cortesi@posta.example', checkOn: addDays(today, 5) } });
    expect(bodyOf(facts, 'outcome-recorded')).toMatchObject({
      code: 'RES', cause: 'invoice-not-received', resend: { by: 'email', to: 'ada.cortesi@posta.example', checkOn: addDays(today, 5) },
    });
  });

  it('recovery: a refusal, an objection met and left where it came up, and then a promise', async () => {
    await openByName(page, customers.recovery.name);
    const { callId, walk } = await ring(page);
    expect(walk?.tone).toBe('recovery');
    await answer(page, 'Sì, è la persona giusta');
    await answer(page, 'Confermata: codice cliente');
    await answer(page, 'Avanti');
    await capture(page, { cause: 'opportunistic' });
    await answer(page, 'Avanti, secondo il motivo');
    await stepStands(page, 'Chiarezza');
    await meetObjection(page, 'È prescritto');
    await answer(page, 'Riprendo da dove eravamo');
    await stepStands(page, 'Chiarezza');
    await answer(page, 'Ci ripensa');
    await capture(page, { promisedAmount: '1.500,50', promisedOn: '+7', promisedBy: 'bank-transfer' });
    await meetObjection(page, 'Mi scriva', 'Alt+O');
    await answer(page, 'Riprendo da dove eravamo');
    await untilFieldShows(page, 'promisedAmount', '1.500,50');
    await answer(page, 'Nessun impegno');
    await page.keyboard.press('Alt+ArrowLeft');
    await untilFieldShows(page, 'promisedOn', '+7');
    await answer(page, 'Solo una parte');
    await answer(page, 'Saluto e salvo');
    await page.keyboard.press('Control+Enter');
    await untilFieldShows(page, 'amountText', '1500,50');
    await saveHere(page);
    const facts = await factsOfCall(stage.dataDir, callId);
    expect(types(facts)).toEqual(whole);
    expect(bodyOf(facts, 'script-followed')).toMatchObject({ packId: 'recovery-negotiation', objections: [{ objectionId: 'time-barred' }, { objectionId: 'in-writing' }], captured: { cause: 'opportunistic' } });
    expect(bodyOf(facts, 'outcome-recorded')).toMatchObject({
      code: 'PTP', cause: 'opportunistic', promise: { parts: [{ amountCents: 150_050, dueOn: addDays(today, 7) }], method: 'bank-transfer' },
    });
  });

  it('somebody else answers: a polite end, and neither creditor nor amount on the page from the first ring to the last word', async () => {
    await openByName(page, customers.thirdParty.name);
    await page.getByText(creditor).first().waitFor();
    const { callId } = await ring(page);
    const nothingTold = async (): Promise<void> => {
      const html = await page.content();
      for (const secret of [creditor, 'SENT-', '7.777', '7777']) expect(html).not.toContain(secret);
    };
    await nothingTold();
    for (const way of ['Escape', 'Control+K']) {
      await page.keyboard.press(way);
      await page.getByText(word('call.notLeft')).waitFor();
      await nothingTold();
    }
    await answer(page, 'No, risponde qualcun altro');
    await nothingTold();
    await answer(page, 'Richiamo io');
    await nothingTold();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: `${word('outcome.TPC')} TPC`, pressed: true }).waitFor();
    await nothingTold();
    await saveHere(page);
    const facts = await factsOfCall(stage.dataDir, callId);
    expect(types(facts)).toEqual(whole.filter((type) => type !== 'identity-checked'));
    expect(bodyOf(facts, 'outcome-recorded')).toMatchObject({ code: 'TPC', promise: null, cause: null });
  });

  it('a company: the accounts department says its role, and the payment run is a promise', async () => {
    await openByName(page, customers.company.name);
    const { callId, walk } = await ring(page);
    expect(walk?.packId).toBe('company-accounts-reminder');
    await answer(page, 'Sì, è la persona giusta');
    await answer(page, 'Confermata: ruolo in azienda');
    await untilGate(page, 'confirmed');
    await answer(page, 'Avanti');
    await capture(page, { cause: 'forgot' });
    await answer(page, 'Avanti, secondo il motivo');
    await capture(page, { promisedOn: '+4', promisedBy: 'bank-transfer' });
    await answer(page, 'Giorno concordato');
    await answer(page, 'Saluto e salvo');
    await page.keyboard.press('Control+Enter');
    await saveHere(page);
    const facts = await factsOfCall(stage.dataDir, callId);
    expect(types(facts)).toEqual(whole);
    expect(bodyOf(facts, 'identity-checked')).toMatchObject({ result: 'confirmed', method: 'role' });
    expect(bodyOf(facts, 'contact-permitted')).toMatchObject({ policy: { policyId: 'it-business' } });
    expect(bodyOf(facts, 'outcome-recorded')).toMatchObject({ code: 'PTP', promise: { parts: [{ dueOn: addDays(today, 4) }] } });
  });

  it('a line that dropped is taken up again at once, at the step where it fell, and counts as the same round', async () => {
    await openByName(page, customers.dropped.name);
    const first = await ring(page);
    await answer(page, 'Sì, è la persona giusta');
    await answer(page, 'Confermata: codice cliente');
    await answer(page, 'Avanti');
    await untilFocusIn(page, 'cause');
    await typeCodeByKeys(page, 'DRP', 'Alt+E');
    await saveHere(page);
    const second = await ring(page);
    expect(second.callId).not.toBe(first.callId);
    await answer(page, 'Sì, è la persona giusta');
    await answer(page, 'Confermata: codice cliente');
    // The right party again: on at the step where the line fell.
    await untilFocusIn(page, 'cause');
    await typeCodeByKeys(page, 'RPC', 'Alt+E');
    await saveHere(page);
    const counted = z.object({ counters: contactCountersSchema });
    const facts = await factsOfCall(stage.dataDir, second.callId);
    expect(types(facts)).toEqual(whole);
    expect(counted.parse(bodyOf(facts, 'contact-permitted')).counters).toMatchObject({ roundsToday: 1, conversationsToday: 0 });
    const guard = await askGuard(page, second.caseId);
    expect(guard.counters).toMatchObject({ roundsToday: 1, conversationsToday: 1 });
  });

  it('what the rules refuse is not rung: why and from when; it sinks in the list, and what happened all the same is flagged', async () => {
    await openByName(page, customers.refused.name);
    await page.getByTestId('guard').waitFor();
    await page.keyboard.press('F9');
    await saveHere(page);
    const refusal = new RegExp(word('policy.number-tried').replace('{{until}}', '.+'));
    await page.getByTestId('guard').filter({ hasText: refusal }).waitFor();
    await page.keyboard.press('F2');
    await page.getByRole('group', { name: word('call.bar') }).getByRole('alert').filter({ hasText: refusal }).waitFor();
    await page.keyboard.press('Escape');
    const rows = page.getByTestId('worklist').getByRole('option');
    await rows.first().waitFor();
    expect(await rows.filter({ hasText: customers.refused.name }).count()).toBe(0);
    await tabBackTo(page, word('view.all'));
    await page.keyboard.press('Enter');
    await rows.filter({ hasText: customers.refused.name }).filter({ hasText: '‖' }).waitFor();
    expect(await rows.first().innerText()).not.toContain(customers.refused.name);
    await openByName(page, customers.refused.name);
    await page.keyboard.press('F9');
    await page.keyboard.press('Control+S');
    const again = page.getByRole('alert').filter({ has: page.getByRole('button', { name: word('call.allTheSame') }) });
    await again.locator(':focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: word('call.allTheSameSave') }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await again.waitFor({ state: 'detached' });
    await untilSent(page);
    await page.getByTestId('case-flags').filter({ hasText: word('flag.contact-without-permit') }).waitFor();
  });

  it('takes every type of field by keyboard, and says beside each what it does not understand', async () => {
    await openByName(page, customers.fields.name);
    const { callId } = await ring(page);
    await answer(page, 'Sì, è la persona giusta');
    await answer(page, 'Confermata: ruolo in azienda');
    await answer(page, 'Arrivata e registrata');
    const wrong = { numberField: 'due', moneyField: 'molto', dateField: 'domani l’altro forse', phoneField: '12', emailField: 'ufficio', ibanField: 'IT60 X054 2811 1010 0000 0123 457' };
    const right = {
      textField: 'Ufficio ragioneria, stanza 4', numberField: '3', moneyField: '1.250,40', dateField: '+10', choiceField: 'evening',
      phoneField: '0975 381234', emailField: 'ragioneria@comune.example', ibanField: 'IT60 X054 2811 1010 0000 0123 456',
    };
    await capture(page, { ...right, ...wrong });
    for (const field of Object.keys(wrong) as (keyof typeof wrong)[]) {
      await page.keyboard.press('Alt+1');
      const alert = page.locator(`[data-field="${field}"]`).getByRole('alert');
      await alert.waitFor();
      await untilFocusIn(page, field);
      expect(await page.locator('.step-fields [role="alert"]').count()).toBe(1);
      await capture(page, { [field]: right[field] });
    }
    await answer(page, 'Dati presi');
    await answer(page, 'Saluto e salvo');
    await page.keyboard.press('Control+Enter');
    await saveHere(page);
    const facts = await factsOfCall(stage.dataDir, callId);
    expect(bodyOf(facts, 'script-followed')).toMatchObject({
      packId: 'house-details',
      captured: {
        textField: right.textField, numberField: 3, moneyField: 125_040, dateField: addDays(today, 10), choiceField: 'evening', phoneField: '+390975381234',
        emailField: right.emailField, ibanField: 'IT60X0542811101000000123456',
      },
    });
  });

  it('comes back from a reload to the step where the call stood, with what was captured', async () => {
    await openByName(page, customers.reloaded.name);
    const { callId } = await ring(page);
    await answer(page, 'Sì, è la persona giusta');
    await stage.reload();
    await stepStands(page, 'Identità');
    expect(await page.content()).not.toContain(creditor);
    await answer(page, 'Confermata: codice cliente');
    await answer(page, 'Avanti');
    await capture(page, { cause: 'temporary-liquidity' });
    await answer(page, 'Avanti, secondo il motivo');
    await answer(page, 'Tutto, ma più avanti');
    await capture(page, { promisedAmount: '200', promisedOn: '+9', promisedBy: 'card' });
    await answer(page, 'Giorno concordato');
    const before = await page.locator('.panel-script').innerText();
    await stage.reload();
    await stepStands(page, 'Saluto');
    await untilGate(page, 'confirmed');
    expect(await page.locator('.panel-script').innerText()).toBe(before);
    expect(await runningCall(page)).toMatchObject({ callId });
    await answer(page, 'Saluto e salvo');
    await page.keyboard.press('Control+Enter');
    await untilFieldShows(page, 'amountText', '200,00');
    await saveHere(page);
    const facts = await factsOfCall(stage.dataDir, callId);
    expect(types(facts)).toEqual(whole);
    expect(bodyOf(facts, 'outcome-recorded')).toMatchObject({ code: 'PTP', cause: 'temporary-liquidity', promise: { parts: [{ amountCents: 20_000, dueOn: addDays(today, 9) }], method: 'card' } });
  });

  it('keeps the keys that are pressed while a save and the next case are on their way', async () => {
    const { name } = customers.hurriedFirst;
    await openByName(page, name);
    await page.keyboard.press('F9');
    await stage.whileDeskStands(async () => {
      for (const key of ['F12', 'F2']) await page.keyboard.press(key);
    });
    await untilGate(page, 'unconfirmed');
    const { callId, caseId } = await runningCall(page);
    expect(await page.getByTestId('case-title').innerText()).not.toBe(name);
    await page.keyboard.press('Alt+N');
    await page.getByTestId('guard').waitFor();
    await untilSent(page);
    // Rung was the next one, once; the first has its outcome and no call.
    const facts = await factsAtHub(stage.dataDir);
    expect(types(facts.filter(({ header }) => header.callId === callId))).toEqual(['contact-permitted', 'call-started', 'call-ended']);
    expect(types(facts).slice(-5)).toEqual(['contact-permitted', 'outcome-recorded', 'contact-permitted', 'call-started', 'call-ended']);
    expect(facts.at(-4)?.header.caseId).not.toBe(caseId);
  });

  it('goes back to the list by Esc pressed straight after the save, but not away from a save that was refused', async () => {
    await openByName(page, customers.hurriedSecond.name);
    await typeCodeByKeys(page, 'RPC');
    await stage.whileDeskStands(async () => {
      for (const key of ['Control+S', 'Escape']) await page.keyboard.press(key);
    });
    await page.getByRole('alert').filter({ hasText: word('error.identityMissing') }).waitFor();
    expect(await page.getByTestId('case-title').innerText()).toBe(customers.hurriedSecond.name);
    await typeCodeByKeys(page, 'DC', 'Alt+E');
    await stage.whileDeskStands(async () => {
      for (const key of ['Control+S', 'Escape']) await page.keyboard.press(key);
    });
    await page.getByTestId('worklist').waitFor();
    await untilSent(page);
    expect((await factsAtHub(stage.dataDir)).at(-1)?.body).toMatchObject({ code: 'DC' });
  });
});
