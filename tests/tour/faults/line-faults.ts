/** What an operator reads when the line, the session, the version or a process fails in the middle of the work. */
import { reassignCustomer } from '../../../hub/receivables/reassign-customer.ts';
import { openStore } from '../../../hub/store/open-store.ts';

import { systemClock } from '../../../shared/time.ts';
import { HubProxy } from '../../support/hub-proxy.ts';
import { runHub } from '../../support/hub-process.ts';
import { fillPromise, openNextCase, saveAndNext, signIn, signOut, typeCode } from '../../support/screen-shift.ts';
import { word } from '../../support/screen-words.ts';
import type { Stage } from './stage.ts';
import { carla } from './stage.ts';

export async function playLineFaults(stage: Stage, profileDir: string): Promise<void> {
  const page = await stage.open(profileDir);
  const foot = page.locator('footer.status');
  await signIn(page, carla);
  await page.getByTestId('worklist').getByRole('option').first().waitFor();
  await stage.killHub();
  await stage.show('hub-away-in-mid-shift', foot, word('status.offline'));
  for (let count = 0; count < 2; count += 1) {
    const title = await openNextCase(page);
    await fillPromise(page, '5,25', '+3');
    await saveAndNext(page, title);
  }
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: new RegExp(word('menu.open').replace('{{name}}', '.*')) }).click();
  await stage.show('sign-out-with-unsent', page.getByRole('menu'), word('menu.unsent_other').replace('{{count}}', '2'));
  await page.getByRole('menuitem', { name: word('menu.signOut') }).click();
  await stage.show('unsent-of-another-operator', page.getByRole('main'), word('signIn.unsentWaits'));
  await signIn(page, carla);
  await page.getByTestId('worklist').waitFor();
  await stage.show('offline-sign-in', foot, word('status.offline'));

  await runHub(['users', 'reset-password', '--data', stage.dataDir, '--username', carla.username, '--password', 'nuova-password']);
  await stage.startHub();
  await openNextCase(page);
  await stage.show('sign-in-again', foot, word('error.signInAgain'));
  const title = await page.getByTestId('case-title').innerText();
  await typeCode(page, 'NA');
  await saveAndNext(page, title);
  await stage.show('saves-go-on-meanwhile', page.getByTestId('unsent-count'), '3');
  await page.keyboard.press('Escape');
  await signOut(page);
  await signIn(page, { ...carla, password: 'nuova-password' });
  await stage.show('sent-after-signing-in-again', page.getByTestId('unsent-count'), '0');

  await killDeskOften(stage);
  await stage.show('desk-restarting', foot, word('status.deskReconnecting'));
  await page.getByTestId('network-state').filter({ hasText: word('network.online') }).waitFor();
  await openNextCase(page);
  await stage.show('desk-back', page.getByTestId('network-state'), word('network.online'));
  await playFlag(stage);
}

/** Each death makes the pause before the next start longer, so that the state can be seen. */
async function killDeskOften(stage: Stage): Promise<void> {
  for (let killed = 0; killed < 5;) {
    const pid = await stage.app.app.evaluate(({ app }) => app.getAppMetrics().find((metric) => metric.name === 'Premura desk')?.pid ?? null);
    if (pid === null) continue;
    process.kill(pid, 'SIGKILL');
    killed += 1;
    await stage.page.locator('footer.status').filter({ hasText: word('status.deskReconnecting') }).waitFor();
  }
}

/** While the desk was away the case was another's: the hub keeps the outcome and says so. */
async function playFlag(stage: Stage): Promise<void> {
  const { page } = stage;
  const title = await page.getByTestId('case-title').innerText();
  await stage.killHub();
  await page.getByTestId('network-state').filter({ hasText: word('network.offline') }).waitFor();
  await typeCode(page, 'RPC');
  await page.keyboard.press('Control+S');
  await page.getByTestId('unsent-count').filter({ hasText: '1' }).waitFor();
  await give(stage, title, 'marco');
  await stage.startHub();
  await page.getByTestId('unsent-count').filter({ hasText: /^0$/ }).waitFor();
  await stage.killHub();
  await give(stage, title, carla.username);
  await stage.startHub();
  await page.keyboard.press('Escape');
  await page.getByTestId('network-state').filter({ hasText: word('network.online') }).waitFor();
  await page.keyboard.press('Control+K');
  await page.getByPlaceholder(word('search.placeholder')).fill(title.slice(0, 12));
  await page.getByRole('option', { name: new RegExp(title.slice(0, 8)) }).first().waitFor();
  await page.keyboard.press('Enter');
  await stage.show('flag-on-my-fact', page.getByTestId('case-flags'), word('flag.not-assigned'));
}

async function give(stage: Stage, customerName: string, username: string): Promise<void> {
  const store = await openStore({ dataDir: stage.dataDir, postgresUrl: null });
  try {
    const { customerId, ownerId } = await store.read(async (tx) => {
      const row = await tx.selectFrom('cases').select('customer_id').where('name', '=', customerName).executeTakeFirstOrThrow();
      const user = await tx.selectFrom('users').select('user_id').where('username', '=', username).executeTakeFirstOrThrow();
      return { customerId: row.customer_id, ownerId: user.user_id };
    });
    const done = await reassignCustomer(store, systemClock, { customerId, ownerId });
    if (!done.ok) throw new Error(done.refusal.code);
  } finally {
    await store.close();
  }
}

/** A hub that asks for a newer program: it takes facts and gives no feed. */
export async function playUpdateNeeded(stage: Stage, profileDir: string): Promise<void> {
  const proxy = await HubProxy.start(stage.hubUrl, (exchange) => {
    if (exchange.path.startsWith('/v1/feed')) exchange.say(426, { error: { code: 'update-needed', message: 'Update.' } });
    else exchange.pass();
  });
  stage.onEnd(() => proxy.close());
  const page = await stage.open(profileDir, { hubUrl: proxy.url });
  await signIn(page, carla);
  await stage.show('update-needed', page.locator('footer.status'), word('error.updateNeeded'));
}
