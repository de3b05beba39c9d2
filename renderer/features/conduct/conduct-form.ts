/**
 * A creditor's rules as typed, and what they mean.
 *
 * Invariants: an empty value is the preset's; a value that is looser is refused at its own field (`tightenPolicy` is the judge, here
 * and at the hub); changes that this form does not show (published from a file) stay as they are.
 */
import { z } from 'zod';
import type { DebtorKind } from '../../../shared/case/case-entity.ts';
import type { IdentityMethod } from '../../../shared/facts/conduct-bodies.ts';
import type { CreditorId } from '../../../shared/id.ts';
import type { JsonObject } from '../../../shared/json-object.ts';
import { jsonObjectSchema } from '../../../shared/json-object.ts';
import type { MoneyLocale } from '../../../shared/money/parse-money.ts';
import type { HoursWindow, PolicyPack } from '../../../shared/policy/contact/policy-pack.ts';
import { findStandardPolicy } from '../../../shared/policy/contact/standard-policies.ts';
import { tightenPolicy } from '../../../shared/policy/contact/tighten-policy.ts';
import { conductDraftSchema, conductKinds, standardConduct } from '../../../shared/protocol/conduct-protocol.ts';
import type { ConductEntity } from '../../../shared/protocol/conduct-protocol.ts';
import type { TermProblems, TermsForm } from './agreement-terms-form.ts';
import { formOfTerms, readTerms } from './agreement-terms-form.ts';

/** The rules that the form shows, by their place in a pack. */
export const ruleFields = [
  { field: 'conversations.perDay', type: 'count' }, { field: 'conversations.perWeek', type: 'count' }, { field: 'conversations.restDays', type: 'count' },
  { field: 'attempts.roundsPerDay', type: 'count' }, { field: 'attempts.roundsPerWeek', type: 'count' }, { field: 'attempts.hoursBetweenRounds', type: 'count' },
  { field: 'calls.most', type: 'count' }, { field: 'calls.days', type: 'count' },
  { field: 'inabilityRestDays', type: 'count' }, { field: 'resumeMinutes', type: 'count' },
  { field: 'hours.weekday', type: 'hours' }, { field: 'hours.saturday', type: 'hours' }, { field: 'hours.sunday', type: 'hours' },
] as const;
export type RuleField = (typeof ruleFields)[number]['field'];
type RuleType = (typeof ruleFields)[number]['type'];

export interface ConductForm {
  policyOfKind: Record<DebtorKind, string>;
  identityMethods: Record<DebtorKind, IdentityMethod[]>;
  /** By policy and rule, as typed. */
  stricter: Record<string, Partial<Record<RuleField, string>>>;
  /** Changes as they were published, also those that the form does not show. */
  kept: ConductEntity['stricter'];
  printedNumber: string;
  mayCallGuarantors: boolean;
  mayRecord: boolean;
  city: string;
  terms: TermsForm;
}
export type ConductDraft = z.infer<typeof conductDraftSchema>;

/** By `policy/field`: a key of the locales. */
export type ConductProblems = Readonly<Record<string, string>>;

export function formOfConduct(creditorId: CreditorId, conduct: ConductEntity | null, locale: MoneyLocale): ConductForm {
  const { policyOfKind, identityMethods, stricter, printedNumber, mayCallGuarantors, mayRecord, city, agreements } = conduct ?? standardConduct(creditorId);
  return structuredClone({
    policyOfKind, identityMethods, kept: stricter, printedNumber: printedNumber ?? '', mayCallGuarantors, mayRecord, city: city ?? '', terms: formOfTerms(agreements, locale),
    stricter: Object.fromEntries(Object.entries(stricter).map(([policyId, changes]) => [
      policyId, Object.fromEntries(ruleFields.flatMap(({ field, type }) => {
        const value = valueAt(changes, field);
        return value === undefined ? [] : [[field, showValue(value, type)]];
      })),
    ])),
  });
}

/** The policies in use, each once, in the order of the kinds. */
export function policiesInUse(form: ConductForm): PolicyPack[] {
  return [...new Set(conductKinds.map((kind) => form.policyOfKind[kind]))].flatMap((id) => findStandardPolicy(id) ?? []);
}

/** The rules of a pack that there are to be made stricter: a part that it does not have is left out. */
export function rulesOf(pack: PolicyPack): typeof ruleFields[number][] {
  return ruleFields.filter(({ field }) => valueAt(pack, field) !== undefined);
}

/** What may be published, or what is wrong at each field. */
export function readConduct(
  creditorId: CreditorId, form: ConductForm, locale: MoneyLocale,
): { ok: true; draft: ConductDraft } | { ok: false; problems: ConductProblems; terms: TermProblems } {
  const problems: Record<string, string> = {};
  const stricter: ConductDraft['stricter'] = {};
  for (const pack of policiesInUse(form)) {
    const changes = structuredClone(form.kept[pack.id] ?? {});
    for (const { field, type } of rulesOf(pack)) {
      const text = form.stricter[pack.id]?.[field] ?? '';
      const read = readValue(text, type);
      const problem = problemOf(pack, field, text, type);
      if (problem !== null) problems[`${pack.id}/${field}`] = problem;
      setAt(changes, field, read.ok ? read.value : undefined);
    }
    if (Object.keys(changes).length > 0) stricter[pack.id] = changes;
  }
  const terms = readTerms(form.terms, locale);
  if (!terms.ok || Object.keys(problems).length > 0) return { ok: false, problems, terms: terms.ok ? {} : terms.problems };
  return {
    ok: true,
    draft: conductDraftSchema.parse({
      creditorId, policyOfKind: form.policyOfKind, identityMethods: form.identityMethods, stricter, mayCallGuarantors: form.mayCallGuarantors, mayRecord: form.mayRecord, agreements: terms.terms,
      printedNumber: form.printedNumber.trim() === '' ? null : form.printedNumber.trim(), city: form.city.trim() === '' ? null : form.city.trim(),
    }),
  };
}

/** Why this value cannot stand, as a key of the locales; null when it can. */
export function problemOf(pack: PolicyPack, field: RuleField, text: string, type: RuleType): string | null {
  const read = readValue(text, type);
  if (!read.ok) return type === 'hours' ? 'conduct.rules.notHours' : 'conduct.rules.notCount';
  if (read.value === undefined) return null;
  const changes: JsonObject = {};
  setAt(changes, field, read.value);
  const tightened = tightenPolicy(pack, changes);
  return tightened.ok ? null : tightened.error.messageKey === 'error.policyUnreadable' ? 'conduct.rules.notCount' : tightened.error.messageKey;
}

/** The value that holds: what was typed where it can stand, else the preset's. */
export function holdingValue(pack: PolicyPack, field: RuleField, text: string, type: RuleType): unknown {
  const read = readValue(text, type);
  return read.ok && read.value !== undefined && problemOf(pack, field, text, type) === null ? read.value : valueAt(pack, field);
}

/** Places that were changed and that the form does not show. */
export function hiddenChanges(changes: JsonObject): string[] {
  const shown: readonly string[] = ruleFields.map(({ field }) => field);
  const walk = (value: JsonObject, path: string): string[] => Object.entries(value).flatMap(([key, inner]) => {
    const here = path === '' ? key : `${path}.${key}`;
    if (shown.includes(here)) return [];
    const branch = branchSchema.safeParse(inner);
    return branch.success ? walk(branch.data, here) : [here];
  });
  return walk(changes, '');
}

const branchSchema = jsonObjectSchema;
const windowsSchema = z.array(z.object({ from: z.string(), to: z.string() }));

type Read = { ok: true; value: number | HoursWindow[] | undefined } | { ok: false };

function readValue(text: string, type: RuleType): Read {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: true, value: undefined };
  if (type === 'hours') return readHours(trimmed);
  return /^\d{1,4}$/.test(trimmed) ? { ok: true, value: Number(trimmed) } : { ok: false };
}

/** `9-13, 14:30-18`; `-` = never. */
function readHours(text: string): Read {
  if (/^[-–—]$/.test(text)) return { ok: true, value: [] };
  const windows: HoursWindow[] = [];
  for (const part of text.split(/[,;]/)) {
    const [, from, fromMinute = '00', to, toMinute = '00'] = /^\s*(\d{1,2})(?:[:.](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[:.](\d{2}))?\s*$/.exec(part) ?? [];
    if (from === undefined || to === undefined) return { ok: false };
    windows.push({ from: `${from.padStart(2, '0')}:${fromMinute}`, to: `${to.padStart(2, '0')}:${toMinute}` });
  }
  return { ok: true, value: windows };
}

/** As it is typed. */
export function showValue(value: unknown, type: RuleType): string {
  if (type === 'count') return typeof value === 'number' ? String(value) : '';
  const windows = windowsSchema.safeParse(value);
  if (!windows.success) return '';
  return windows.data.length === 0 ? '-' : windows.data.map(({ from, to }) => `${from}-${to}`).join(', ');
}

/** What stands at `hours.weekday`; undefined where a part of the way is not there. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (branchSchema.safeParse(inner).success && Object.hasOwn(inner as object, key) ? (inner as JsonObject)[key] : undefined), value);
}

/** Sets or, with undefined, takes away; parts left empty go with it. */
function setAt(changes: JsonObject, path: string, value: number | HoursWindow[] | undefined): void {
  const [key = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    if (value === undefined) Reflect.deleteProperty(changes, key);
    else changes[key] = value;
    return;
  }
  const inner = branchSchema.safeParse(changes[key]).data ?? {};
  setAt(inner, rest.join('.'), value);
  if (Object.keys(inner).length === 0) Reflect.deleteProperty(changes, key);
  else changes[key] = inner;
}
