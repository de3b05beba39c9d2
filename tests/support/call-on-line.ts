/** Calls on the softphone's line, asked of the desk as the page asks them. */
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { commands, queries } from '../../shared/contract/contract.ts';
import type { CallScreen } from '../../shared/contract/conduct-channels.ts';
import type { CaseScreen } from '../../shared/contract/screens.ts';
import type { CaseId, CommandId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import { appErrorSchema } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { askDesk } from './page-desk.ts';

const refusalSchema = z.object({ ok: z.literal(false), error: appErrorSchema });

/** The first case of the list whose best number is like this. */
export async function findCase(page: Page, isWanted: (shown: CaseScreen) => boolean): Promise<CaseScreen> {
  const { rows } = queries['list-worklist'].output.parse(await askDesk(page, { kind: 'query', name: 'list-worklist', input: { view: 'all', creditorId: null } }));
  for (const { caseId } of rows) {
    const shown = await showCase(page, caseId);
    if (isWanted(shown)) return shown;
  }
  throw new Error('no such case in the list');
}

export async function showCase(page: Page, caseId: CaseId): Promise<CaseScreen> {
  return queries['show-case'].output.parse(await askDesk(page, { kind: 'query', name: 'show-case', input: { caseId } }));
}

/** Calls the customer's best number on the line; the permit goes from the desk to main. */
export async function callOnLine(page: Page, { caseId, revision, numbers }: CaseScreen): Promise<Result<CallScreen>> {
  const input = {
    commandId: newId<CommandId>(), caseId, direction: 'outbound', pointId: numbers[0]?.numberId ?? null, locale: 'it',
    basedOn: { caseRevision: revision, scriptVersion: null }, line: 'softphone', callId: null,
  };
  const raw = await page.evaluate((sent) => window.premura.request({ kind: 'command', name: 'start-call', input: sent }), input);
  const refused = refusalSchema.safeParse(raw);
  if (refused.success) return refused.data;
  const { value } = z.object({ value: z.unknown() }).parse(raw);
  return { ok: true, value: commands['start-call'].output.parse(value).call };
}
