/** The values of a captured field that a script can tell apart: one on each side of every value it is compared with. */
import type { Comparison } from './script-condition.ts';
import type { ScriptField } from './script-fields.ts';

/** One value of each class; not captured (`''` or 0) is one of them where the field may stay empty. */
export function representativesOf(field: ScriptField, comparisons: readonly Comparison[]): (string | number)[] {
  const literals = comparisons.flatMap(({ variable, literals: written }) => (variable === `captured.${field.id}` ? written : []));
  const values = givenValues(field, literals);
  return [...new Set(field.required ? values : [emptyValueOf(field), ...values])];
}

/** How a field that was not captured stands in conditions. */
export function emptyValueOf(field: ScriptField): string | number {
  return field.type === 'number' || field.type === 'money' ? 0 : '';
}

function givenValues(field: ScriptField, literals: Comparison['literals']): (string | number)[] {
  switch (field.type) {
    case 'choice':
      return (field.choices ?? []).map((choice) => choice.value);
    case 'number': case 'money': {
      const numbers = literals.map(Number).filter(Number.isFinite).flatMap((value) => [Math.ceil(value) - 1, Math.floor(value), Math.floor(value) + 1]);
      return [...new Set([1, ...numbers])].filter((value) => field.type === 'number' || value > 0);
    }
    case 'text': case 'date': case 'phone': case 'email': case 'iban': {
      const texts = literals.filter((literal) => typeof literal === 'string' && literal !== '').map(String);
      return ['0', ...texts.flatMap((text) => [text, `${text}~`]), '~'];
    }
  }
}
