import { describe, expect, it } from 'vitest';
import { describeImportError } from './describe-import-error.ts';
import { parseMapOption } from './parse-map-option.ts';

describe('parseMapOption', () => {
  it.each([
    ['amount=Lordo', { amount: 'Lordo' }],
    ['amount=Lordo, dueDate = Scad.', { amount: 'Lordo', dueDate: 'Scad.' }],
    ['customername=Name, first,amount=A=B', { customerName: 'Name, first', amount: 'A=B' }],
  ])('reads %j', (text, map) => {
    expect(parseMapOption(text)).toEqual({ ok: true, value: map });
  });

  it.each([['amount'], ['amount='], ['importo=Lordo'], ['']])('refuses %j', (text) => {
    const result = parseMapOption(text);
    expect(result).toMatchObject({ ok: false, error: { code: 'import-map-invalid' } });
    if (!result.ok) expect(describeImportError(result.error, 'it')).toContain('customerCode, customerName');
  });
});
