/**
 * The variables that texts may hold, as `{name}`, and what was captured in this call, as `{captured.field}`.
 *
 * Invariants: a public variable may be said to anyone; every other one tells creditor, amount or reason and belongs behind the
 * identity check. To a guarantor the customer's name is such a thing too. A variable is used only where the situation surely has it.
 */
import type { ScriptRole } from './script-pack.ts';
import type { Situation } from './situation.ts';

export const scriptVariables = [
  'customerName', 'partyName', 'operatorName', 'agencyName', 'printedNumber', 'creditorName',
  'openAmount', 'openAmountInWords', 'invoiceCount', 'oldestInvoiceNumber', 'oldestDueDate', 'oldestAmountInWords',
  'overdueAmount', 'overdueAmountInWords', 'overdueCount', 'upcomingAmount', 'upcomingAmountInWords', 'upcomingCount', 'nextDueDate', 'lastDueDate',
  'disputedAmountInWords', 'creditAmountInWords', 'promiseAmountInWords', 'promiseDueDate',
  'invoiceNumber', 'invoiceAmountInWords', 'invoiceDueDate',
] as const;
export type ScriptVariable = (typeof scriptVariables)[number];

export function isScriptVariable(name: string): name is ScriptVariable {
  return (scriptVariables as readonly string[]).includes(name);
}

/** The field that `{captured.field}` says, or null. */
export function capturedFieldOf(name: string): string | null {
  return /^captured\.([a-z][a-zA-Z0-9]*)$/.exec(name)?.[1] ?? null;
}

/** May be said before one knows who listens. */
export function isPublicVariable(name: string, role: ScriptRole): boolean {
  return name === 'partyName' || name === 'operatorName' || name === 'agencyName' || name === 'printedNumber' || (name === 'customerName' && role === 'holder');
}

/** Names in braces, in order of appearance. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
}

/** What decides whether a variable has a value; empty = it always has one. */
export function decidersOf(variable: ScriptVariable): (keyof Situation)[] {
  switch (variable) {
    case 'overdueAmount': case 'overdueAmountInWords': case 'overdueCount':
      return ['overdueCount'];
    case 'upcomingAmount': case 'upcomingAmountInWords': case 'upcomingCount': case 'nextDueDate': case 'lastDueDate':
      return ['upcomingCount'];
    case 'disputedAmountInWords':
      return ['someDisputed'];
    case 'creditAmountInWords':
      return ['someCredit'];
    case 'promiseAmountInWords': case 'promiseDueDate':
      return ['promiseBroken'];
    case 'printedNumber':
      return ['hasPrintedNumber'];
    case 'customerName': case 'partyName': case 'operatorName': case 'agencyName': case 'creditorName':
    case 'openAmount': case 'openAmountInWords': case 'invoiceCount': case 'oldestInvoiceNumber': case 'oldestDueDate': case 'oldestAmountInWords':
    case 'invoiceNumber': case 'invoiceAmountInWords': case 'invoiceDueDate':
      return [];
  }
}

/** Whether a situation gives the variable a value; `perInvoice` inside a paragraph said for each invoice. */
export function isAvailable(variable: ScriptVariable, situation: Situation, perInvoice: boolean): boolean {
  if (variable === 'invoiceNumber' || variable === 'invoiceAmountInWords' || variable === 'invoiceDueDate') return perInvoice;
  return decidersOf(variable).every((name) => Boolean(situation[name]));
}
