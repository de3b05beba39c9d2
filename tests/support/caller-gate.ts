/** Somebody calls while a case is open, and is looked at before anybody has said whose call it is: what of the case gets out then. */
import type { CaseScreen } from '../../shared/contract/screens.ts';
import type { AppProcess } from './app-process.ts';
import { findCase } from './call-on-line.ts';
import type { GateLookout, Leak } from './gate-lookout.ts';
import type { PageLine } from './page-line.ts';
import { followLine } from './page-line.ts';
import { word } from './screen-words.ts';

export interface Caller {
  line: PageLine;
  /** The case in front. */
  shown: CaseScreen;
  /** Who it is for, what is asked for, and the paper it stands on. */
  words: string[];
  /** What of them is out while the case stands open, somebody rings, and who rang is on the line. */
  found: Record<'open' | 'ringing' | 'talking', Leak[]>;
}

/** @param before done in the case before it rings */
export async function takeCallInCase({ page }: AppProcess, lookout: GateLookout, before: () => Promise<void> = () => Promise.resolve()): Promise<Caller> {
  const line = await followLine(page);
  await page.getByRole('button', { name: new RegExp(`^${word('role.collector')}`) }).first().click();
  await page.getByTestId('worklist').getByRole('option').first().waitFor();
  const shown = await findCase(page, ({ blocked, invoices, openCents }) => blocked === null && invoices.length > 0 && openCents > 0);
  const words = [shown.creditorName, shown.invoices[0]?.number ?? '', new Intl.NumberFormat('it-IT', { minimumFractionDigits: 2, useGrouping: true }).format(shown.openCents / 100)];
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(shown.customer.code);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByTestId('case-title').filter({ hasText: shown.customer.name }).waitFor();
  await page.getByTestId('guard').waitFor();
  const open = await lookout.look(words);
  await before();
  await line.order('ring-practice-call', {});
  await page.getByTestId('ring-card').waitFor();
  const ringing = await lookout.look(words);
  await page.keyboard.press('F5');
  await page.locator('[data-testid="line-controls"][data-state="talking"]').waitFor();
  return { line, shown, words, found: { open, ringing, talking: await lookout.look(words) } };
}
