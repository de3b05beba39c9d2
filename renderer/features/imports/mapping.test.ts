import { expect, it } from 'vitest';
import type { ColumnChoice } from './mapping.ts';
import { chooseField, missingFields, takeSuggestions, toMap } from './mapping.ts';

const suggested: ColumnChoice[] = [
  { column: 'Cod.', field: 'customerCode', from: 'name' }, { column: 'Fattura', field: 'invoiceNumber', from: 'saved' },
  { column: 'Lordo', field: 'amount', from: 'values' }, { column: 'Tel', field: 'phone', from: 'name' }, { column: 'Note', field: null, from: null },
];

it('moves a field that only one column may feed, and shares one that several may', () => {
  const moved = chooseField(suggested, 'Note', 'amount');
  expect(moved.find((choice) => choice.column === 'Lordo')?.field).toBeNull();
  expect(moved.find((choice) => choice.column === 'Note')).toEqual({ column: 'Note', field: 'amount', from: 'hand' });
  expect(chooseField(suggested, 'Note', 'phone').filter((choice) => choice.field === 'phone')).toHaveLength(2);
});

it('says what is missing and what is read', () => {
  expect(missingFields(suggested, 'invoices')).toEqual(['issueDate', 'dueDate']);
  expect(missingFields(suggested, 'customers')).toEqual([]);
  expect(toMap(chooseField(suggested, 'Tel', null)).map(({ field }) => field)).toEqual(['customerCode', 'invoiceNumber', 'amount']);
});

it('keeps what was chosen by hand when the file is looked at again, unless the content has no such field', () => {
  const byHand = chooseField(suggested, 'Note', 'dueDate');
  const columns = suggested.map(({ column }) => ({ column, field: null, from: null }));
  const dueDateOf = (content: 'invoices' | 'customers'): unknown => takeSuggestions({ content, columns }, byHand).find(({ column }) => column === 'Note')?.field;
  expect(dueDateOf('invoices')).toBe('dueDate');
  expect(dueDateOf('customers')).toBeNull();
});
