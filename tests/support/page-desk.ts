/** Asks the desk through the page of the running app, by the same door that the page uses. */
import type { Page } from 'playwright-core';
import type { RequestEnvelope } from '../../shared/contract/page-api.ts';
import { word } from './screen-words.ts';

/** Waits for the first screen: from there on the page has its desk. */
export async function untilSignInShows(page: Page): Promise<void> {
  await page.getByRole('heading', { name: word('signIn.title') }).waitFor();
}

/** One request; throws where the desk refuses. */
export async function askDesk(page: Page, envelope: RequestEnvelope): Promise<unknown> {
  const result = (await page.evaluate((sent) => window.premura.request(sent), envelope)) as { ok: true; value: unknown } | { ok: false; error: unknown };
  if (!result.ok) throw new Error(`${envelope.name}: ${JSON.stringify(result.error)}`);
  return result.value;
}
