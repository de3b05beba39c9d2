/** What an operator reads when the disk or the store on it fails. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fillPromise, openNextCase, saveAndNext, signIn, signOut, typeCode } from '../../support/screen-shift.ts';
import { word } from '../../support/screen-words.ts';
import type { TinyDisk } from '../../support/tiny-disk.ts';
import { openPlainStore, readFigure } from './plain-store.ts';
import type { Stage } from './stage.ts';
import { carla, storeIn } from './stage.ts';

const PAGE_BYTES = 4096;
const lostNote = 'Ha chiesto di risentirci dopo la fine del mese. '.repeat(60).trim();

export async function playDiskFaults(stage: Stage, profileDir: string, disk: TinyDisk): Promise<void> {
  const { page } = stage;
  const alerts = page.getByRole('alert');
  await signIn(page, carla);
  await page.getByTestId('worklist').getByRole('option').first().waitFor();
  const title = await openNextCase(page);
  await fillPromise(page, '5,25', '+3');
  disk.fill(0);
  await page.keyboard.press('F12');
  await stage.show('disk-full-on-save', alerts, word('error.diskFull'));
  disk.free();
  await saveAndNext(page, title);
  await page.keyboard.press('Escape');
  await signOut(page);
  // Until the store is closed the disk is busy.
  await page.getByRole('heading', { name: word('signIn.title') }).waitFor();
  disk.setReadOnly(true);
  await signIn(page, carla);
  await stage.show('read-only-profile', alerts, word('error.signInReadOnly'));
  await stage.showEnglish('read-only-profile');
  disk.setReadOnly(false);
  await signIn(page, carla);
  await page.getByTestId('worklist').getByRole('option').first().waitFor();
  await playDamage(stage, profileDir);
}

/** A damaged store keeps what can be read; then one of a later version, and one that another program holds. */
async function playDamage(stage: Stage, profileDir: string): Promise<void> {
  await stage.killHub();
  await stage.page.getByTestId('network-state').filter({ hasText: word('network.offline') }).waitFor();
  for (const note of ['Ha promesso di richiamare.', lostNote]) {
    const title = await openNextCase(stage.page);
    await typeCode(stage.page, 'RPC');
    await stage.page.getByLabel(word('outcomeForm.note'), { exact: true }).fill(note);
    await saveAndNext(stage.page, title);
  }
  await stage.close();
  damage(storeIn(profileDir), lostNote.slice(-200));
  await stage.startHub();
  const page = await stage.open(profileDir);
  await signIn(page, carla);
  await stage.show('damaged-store-kept-aside', page.getByTestId('salvage-notice'), word('salvage.title'));
  await stage.close();

  const path = storeIn(profileDir);
  const store = openPlainStore(path);
  const version = readFigure(store, 'PRAGMA user_version');
  store.exec('PRAGMA user_version = 99');
  store.close();
  await stage.open(profileDir);
  await signIn(stage.page, carla);
  await stage.show('store-of-a-later-version', stage.page.getByRole('alert'), word('error.storeFromFuture'));
  await stage.showEnglish('store-of-a-later-version');

  const holder = openPlainStore(path);
  holder.exec(`PRAGMA user_version = ${String(version)}`);
  holder.exec('BEGIN IMMEDIATE');
  await signIn(stage.page, carla);
  await stage.show('store-in-use', stage.page.getByRole('alert'), word('error.storeLocked'));
  holder.exec('ROLLBACK');
  holder.close();
  await signIn(stage.page, carla);
  await stage.page.getByTestId('worklist').waitFor();
}

/** Spoils the root of the held cases, which every sign-in reads, and each page that holds a text. */
function damage(path: string, text: string): void {
  const store = openPlainStore(path);
  const root = readFigure(store, "SELECT rootpage FROM sqlite_schema WHERE name = 'entities'");
  store.close();
  const bytes = readFileSync(path);
  const places = [(root - 1) * PAGE_BYTES];
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) places.push(at - (at % PAGE_BYTES));
  if (places.length === 1) throw new Error('the text is not in the store: this build is sealed, and this play needs one that is not');
  for (const start of places) bytes.fill(0x5a, start, start + PAGE_BYTES);
  writeFileSync(path, bytes);
}
