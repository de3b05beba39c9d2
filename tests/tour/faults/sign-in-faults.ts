/** What somebody reads who does not get in, or gets in without the network. */
import { word } from '../../support/screen-words.ts';
import { signIn } from '../../support/screen-shift.ts';
import { words } from './fault-words.ts';
import type { Stage } from './stage.ts';
import { carla } from './stage.ts';

export async function playSignInFaults(stage: Stage, profileDir: string): Promise<void> {
  const page = await stage.open(profileDir);
  const alerts = page.getByRole('alert');
  await stage.killHub();
  await signIn(page, carla);
  await stage.show('hub-unreachable-at-first-sign-in', alerts, word('error.unknownAccountOffline'));
  await stage.startHub();
  await signIn(page, { username: 'carla', password: 'sbagliata' });
  await stage.show('wrong-password', alerts, word('error.wrongPassword'));
  for (let count = 0; count < 10; count += 1) {
    await signIn(page, { username: 'marco', password: `tentativo ${String(count)}` });
    await page.getByRole('button', { name: word('signIn.enter'), exact: true }).and(page.locator(':enabled')).waitFor();
  }
  await signIn(page, { username: 'marco', password: 'premura-demo' });
  await stage.show('locked-out', alerts, words('error.accountLocked_other').before('{{count}}'));
  await stage.showEnglish('locked-out');
}
