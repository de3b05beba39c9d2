/**
 * The collector's other PC, with a case open on it while a lead gives the customer to somebody else.
 *
 * Invariant: it is a real desk against the tour's hub; what it saves after the case was taken goes the way of every fact.
 */
import { join } from 'node:path';
import type { CaseId } from '../../shared/id.ts';
import { DeskProcess } from '../support/desk-process.ts';
import { plainForm, signInAs } from '../support/shift.ts';
import type { TypedOutcome } from './compare-with-hub.ts';

export interface SecondDesk {
  /** Waits until the case is somebody else's, then saves what came of the call that was going on. */
  saveLate: (customer: string) => Promise<TypedOutcome>;
  stop: () => Promise<void>;
}

export async function openSecondDesk(folder: string, hubUrl: string, username: string, customer: string): Promise<SecondDesk> {
  const desk = await DeskProcess.start({ profileDir: join(folder, 'second-desk'), hubUrl });
  await signInAs(desk, username);
  const found = await desk.until('search-cases', { text: customer }, ({ rows }) => rows.some((row) => row.customerName === customer));
  const open = found.rows.find((row) => row.customerName === customer);
  if (open === undefined) throw new Error(`${customer} is not on the second desk`);
  return { saveLate: (name) => saveLate(desk, open.caseId, name), stop: () => desk.stop() };
}

async function saveLate(desk: DeskProcess, caseId: CaseId, customer: string): Promise<TypedOutcome> {
  await desk.until('show-case', { caseId }, (screen) => screen.blocked?.reason.key === 'taken');
  const saved = await desk.command('record-outcome', { caseId, locale: 'it', form: plainForm('NA'), basedOn: { caseRevision: 0, scriptVersion: null } });
  if (!saved.ok) throw new Error(`the late outcome: ${saved.error.code}`);
  return { customer, code: 'NA', amountCents: null };
}
