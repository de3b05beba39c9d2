/**
 * The variables that texts may hold, as `{name}`.
 *
 * Invariants: a public variable may be said to anyone; every other one tells creditor, amount or reason and
 * belongs behind the identity check. A variable is used only where the situation surely has it.
 */
import type { Situation } from './situation.ts';
import { holds } from './situation.ts';

export const scriptVariables = [
  'customerName', 'operatorName', 'agencyName', 'creditorName',
  'openAmount', 'openAmountInWords', 'invoiceCount', 'oldestInvoiceNumber', 'oldestDueDate', 'oldestAmountInWords',
  'overdueAmount', 'overdueAmountInWords', 'overdueCount', 'upcomingAmount', 'upcomingAmountInWords', 'upcomingCount', 'nextDueDate', 'lastDueDate',
  'disputedAmountInWords', 'creditAmountInWords', 'promiseAmountInWords', 'promiseDueDate',
  'invoiceNumber', 'invoiceAmountInWords', 'invoiceDueDate',
] as const;
export type ScriptVariable = (typeof scriptVariables)[number];

const publicVariables: readonly ScriptVariable[] = ['customerName', 'operatorName', 'agencyName'];

export function isScriptVariable(name: string): name is ScriptVariable {
  return (scriptVariables as readonly string[]).includes(name);
}

/** May be said before one knows who listens. */
export function isPublicVariable(variable: ScriptVariable): boolean {
  return publicVariables.includes(variable);
}

/** Names in braces, in order of appearance. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
}

/** Whether a situation gives the variable a value; `perInvoice` inside a paragraph said for each invoice. */
export function isAvailable(variable: ScriptVariable, situation: Situation, perInvoice: boolean): boolean {
  switch (variable) {
    case 'customerName': case 'operatorName': case 'agencyName': case 'creditorName':
    case 'openAmount': case 'openAmountInWords': case 'invoiceCount': case 'oldestInvoiceNumber': case 'oldestDueDate': case 'oldestAmountInWords':
      return true;
    case 'overdueAmount': case 'overdueAmountInWords': case 'overdueCount':
      return holds('some-overdue', situation);
    case 'upcomingAmount': case 'upcomingAmountInWords': case 'upcomingCount': case 'nextDueDate': case 'lastDueDate':
      return holds('some-upcoming', situation);
    case 'disputedAmountInWords':
      return holds('some-disputed', situation);
    case 'creditAmountInWords':
      return holds('some-credit', situation);
    case 'promiseAmountInWords': case 'promiseDueDate':
      return holds('promise-broken', situation);
    case 'invoiceNumber': case 'invoiceAmountInWords': case 'invoiceDueDate':
      return perInvoice;
  }
}
