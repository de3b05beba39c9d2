/**
 * Makes operators at a hub and gives each of them cases, through its API: people, then a
 * creditor's file through the real importer, which deals the customers out.
 *
 * Invariant: every operator ends up with cases, whoever else works at that hub.
 */
import { z } from 'zod';
import { newRandomHex } from '../../shared/id.ts';
import { addDays, dateOfInstant, systemClock } from '../../shared/time.ts';
import { HubAccount } from './hub-account.ts';

export interface Hired {
  username: string;
  password: string;
  account: HubAccount;
}

const CASES_EACH = 5;
/** The importer deals to whoever has fewest: at a busy hub a round may go to others. */
const MOST_ROUNDS = 10;
const reportSchema = z.object({ invoices: z.object({ new: z.int(), rejected: z.int() }) });

export async function hireOperators(url: string, admin: HubAccount, count: number): Promise<Hired[]> {
  const run = newRandomHex(4);
  const people: Omit<Hired, 'account'>[] = [];
  for (let place = 1; place <= count; place += 1) {
    const person = { username: `sim-${run}-${String(place)}`, password: newRandomHex(12) };
    await admin.post('/v1/users', { ...person, displayName: `Simulated ${String(place)}`, role: 'collector' });
    people.push(person);
  }
  const hired: Hired[] = [];
  for (const person of people) hired.push({ ...person, account: await HubAccount.signIn(url, person.username, person.password) });

  const creditor = `Simulated creditor ${run}`;
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const file = renderReceivables(`R${String(round)}`, count * CASES_EACH);
    const report = reportSchema.parse(await admin.postFile(`/v1/imports?creditor=${encodeURIComponent(creditor)}`, file, 'text/csv'));
    if (report.invoices.rejected > 0) throw new Error(`the importer rejected ${String(report.invoices.rejected)} rows`);
    if (await everybodyHasCases(hired)) return hired;
  }
  throw new Error('the hub gave some operators no cases');
}

async function everybodyHasCases(hired: readonly Hired[]): Promise<boolean> {
  for (const { account } of hired) if ((await account.readCaseFacts()).size === 0) return false;
  return true;
}

/** A creditor's list of open invoices, overdue and to come; numbers nobody can be rung at. */
function renderReceivables(prefix: string, customerCount: number): string {
  const today = dateOfInstant(systemClock.nowMs(), 'Europe/Rome');
  const rows = Array.from({ length: customerCount }, (_, index) => {
    const code = `${prefix}-${String(index + 1).padStart(4, '0')}`;
    const due = addDays(today, 5 - (index % 40));
    return `${code};Cliente Simulato ${code};F-${code};${addDays(due, -30)};${due};10000,00`;
  });
  return ['customerCode;customerName;invoiceNumber;issueDate;dueDate;amount', ...rows, ''].join('\r\n');
}
