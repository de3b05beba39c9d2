/**
 * A call with its gate, by key: begun, the identity asked for and confirmed. The outcome that follows closes it.
 *
 * Invariant: from the start to the confirmed gate the creditor's name stands nowhere on the page; behind it, it does.
 */
import type { Page } from 'playwright-core';
import { answerStep, pressAnswer, startCall, untilGate } from '../support/screen-call.ts';
import { usualMethod } from '../support/screen-shift.ts';
import { word } from '../support/screen-words.ts';
import type { Steps } from './steps.ts';

export async function callRightParty(steps: Steps, page: Page): Promise<void> {
  const creditor = await page.locator('.case-for b').innerText();
  await steps.run('call-started', async () => {
    await startCall(page);
    await steps.expectText(page.getByTestId('gate-state'), word('gate.state.unconfirmed'));
    await steps.expectNoText(page.locator('body'), creditor);
  });
  await steps.run('call-identity', async () => {
    await answerStep(page, /^Sì/);
    await steps.expectText(page.getByRole('group', { name: word('script.answers') }), word(`identityMethod.${usualMethod}`));
    await steps.expectNoText(page.locator('body'), creditor);
  });
  await steps.run('call-confirmed', async () => {
    await pressAnswer(page, new RegExp(word(`identityMethod.${usualMethod}`)));
    await untilGate(page, 'confirmed');
    await steps.expectText(page.locator('.case-for b'), creditor);
  });
}
