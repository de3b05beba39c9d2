/**
 * Reads what an operator typed into a field of a script, with the readers that the rest of the product uses.
 *
 * Invariants: money is more than nothing and counted in cents; dates are days; a telephone is one number that can be called. What
 * cannot be read in one way is refused with the reader's own sentence, beside the field.
 */
import { z } from 'zod';
import { normalisePhone } from '../case/normalise-phone.ts';
import { readTypedDate } from '../case/read-typed-date.ts';
import { readTypedPastDate } from '../case/read-typed-past-date.ts';
import { formatMoney } from '../money/format-money.ts';
import { parseMoney } from '../money/parse-money.ts';
import { printIban, readIban } from '../money/read-iban.ts';
import { speakAmount, speakNumber } from '../money/speak-amount.ts';
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import type { PlainDate } from '../time.ts';
import { plainDateSchema } from '../time.ts';
import type { ScriptField } from './script-fields.ts';
import type { ScriptLocale } from './script-pack.ts';
import { speakDate } from './speak-date.ts';

export interface FieldContext { locale: ScriptLocale; today: PlainDate; currency: string }
export type FieldValue = string | number;

/** The value of a text that is not blank. */
export function readField(field: ScriptField, text: string, context: FieldContext): Result<FieldValue> {
  const typed = text.trim();
  switch (field.type) {
    case 'text':
      return ok(typed);
    case 'number':
      return /^\d{1,9}$/.test(typed) ? ok(Number(typed)) : fail('number-unreadable', 'error.numberNotWhole', { text });
    case 'money': {
      const cents = parseMoney(typed, context.locale);
      return cents.ok && cents.value <= 0 ? fail('amount-zero', 'error.amountZero', { text }) : cents;
    }
    case 'date':
      return field.past === true ? readTypedPastDate(typed, context) : readTypedDate(typed, context);
    case 'choice':
      return field.choices?.some((choice) => choice.value === typed) === true ? ok(typed) : fail('choice-unknown', 'error.choiceUnknown', { text });
    case 'phone': {
      const [phone, ...others] = normalisePhone(typed);
      return phone?.e164 != null && phone.usable && others.length === 0 ? ok(phone.e164) : fail('number-unreadable', 'error.numberUnreadable', { text });
    }
    case 'email':
      return z.email().safeParse(typed).success ? ok(typed) : fail('email-unreadable', 'error.emailUnreadable', { text });
    case 'iban':
      return readIban(typed);
  }
}

/** The value as one types it in a language: read again, it is the same value. */
export function writeField(field: ScriptField, value: FieldValue, locale: ScriptLocale): string {
  if (field.type === 'date' && locale === 'it') return String(value).split('-').reverse().join('/');
  if (field.type === 'money') return (Number(value) / 100).toFixed(2).replace('.', locale === 'it' ? ',' : '.');
  return field.type === 'iban' ? printIban(String(value)) : String(value);
}

/** The value as one says it. */
export function speakField(field: ScriptField, value: FieldValue, { locale, today, currency }: FieldContext): string {
  switch (field.type) {
    case 'money':
      return speakAmount(Number(value), currency, locale);
    case 'number':
      return speakNumber(Number(value), locale);
    case 'date':
      return speakDate(plainDateSchema.parse(value), today, locale);
    case 'choice':
      return field.choices?.find((choice) => choice.value === value)?.label[locale] ?? String(value);
    case 'iban':
      return printIban(String(value));
    case 'text': case 'phone': case 'email':
      return String(value);
  }
}

/** The value as a note holds it. */
export function noteField(field: ScriptField, value: FieldValue, { locale, currency }: FieldContext): string {
  if (field.type === 'choice') return field.choices?.find((choice) => choice.value === value)?.label[locale] ?? String(value);
  return field.type === 'money' ? formatMoney(Number(value), currency, locale) : writeField(field, value, locale);
}
