/** Asks the desk through the page of the running app, by the same door that the page uses. */
import type { Page } from 'playwright-core';
import { z } from 'zod';
import type { RequestEnvelope } from '../../shared/contract/page-api.ts';
import type { CaseId } from '../../shared/id.ts';
import { caseIdSchema, newId } from '../../shared/id.ts';
import { word } from './screen-words.ts';
import { demoPassword } from './shift.ts';

const PATIENCE_MS = 30_000;
const worklistSchema = z.object({ rows: z.array(z.object({ caseId: caseIdSchema })) });

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

/** Asks, frame by frame, until the answer is as it should be; gives that answer. */
export async function askUntil<Answer>(page: Page, envelope: RequestEnvelope, schema: z.ZodType<Answer>, isRight: (answer: Answer) => boolean): Promise<Answer> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = schema.parse(await askDesk(page, envelope));
    if (isRight(answer)) return answer;
    if (performance.now() > end) throw new Error(`${envelope.name}: not as it should be: ${JSON.stringify(answer)}`);
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(resolve); }));
  }
}

/** Signs a collector of the demonstration in and waits for their list; its cases. */
export async function enterList(page: Page): Promise<CaseId[]> {
  await untilSignInShows(page);
  await askDesk(page, { kind: 'command', name: 'sign-in', input: { commandId: newId(), username: 'carla', password: demoPassword } });
  const { rows } = await askUntil(page, { kind: 'query', name: 'list-worklist', input: { view: 'all', creditorId: null } }, worklistSchema, (list) => list.rows.length > 0);
  return rows.map((row) => row.caseId);
}
