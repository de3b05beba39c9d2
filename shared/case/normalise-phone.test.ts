import { describe, expect, it } from 'vitest';
import { normalisePhone } from './normalise-phone.ts';
import type { NormalisedPhone } from './normalise-phone.ts';

/** What is expected of each number in a cell: `e164 kind` or the problem. */
function summary(phones: NormalisedPhone[]): string[] {
  return phones.map((phone) => (phone.problem === null ? `${phone.e164} ${phone.kind}` : `! ${phone.problem}`));
}

describe('normalisePhone', () => {
  it.each<[string, string[]]>([
    ['0971 000 123', ['+390971000123 landline']],
    ['0331/123456', ['+390331123456 landline']],
    ['0331-123456', ['+390331123456 landline']],
    ['0331 - 123456', ['+390331123456 landline']],
    ['(0331) 123456', ['+390331123456 landline']],
    ['02.1234567', ['+39021234567 landline']],
    ['0039 0971 000123', ['+390971000123 landline']],
    ['+39 0971 000123', ['+390971000123 landline']],
    ['+39 (0)6 1234567', ['+39061234567 landline']],
    ['311 000 0123', ['+393110000123 mobile']],
    ['393110000123', ['+393110000123 mobile']],
    ['3110000123.0', ['+393110000123 mobile']],
    ['="3110000123"', ['+393110000123 mobile']],
    ["'0971000123", ['+390971000123 landline']],
    ['Tel. 0971 000123', ['+390971000123 landline']],
    ['cell.: 311 000 0123', ['+393110000123 mobile']],
    ['0971 000123 (ufficio)', ['+390971000123 landline']],
    ['0971 000123 int. 12', ['+390971000123 landline']],
    ['0971 000123 / 311 000 0123', ['+390971000123 landline', '+393110000123 mobile']],
    ['0971000123/3110000123', ['+390971000123 landline', '+393110000123 mobile']],
    ['0971000123-3110000123', ['+390971000123 landline', '+393110000123 mobile']],
    ['0971/000123 - 311/0000123', ['+390971000123 landline', '+393110000123 mobile']],
    ['0971 000123; 311 000 0123', ['+390971000123 landline', '+393110000123 mobile']],
    ['0971 000123, cell 311 000 0123', ['+390971000123 landline', '+393110000123 mobile']],
    ['0971 000123\n311 000 0123', ['+390971000123 landline', '+393110000123 mobile']],
    ['0971 000123 oppure 311 000 0123', ['+390971000123 landline', '+393110000123 mobile']],
    ['0971 000123, +39 0971 000123', ['+390971000123 landline']],
    ['0971 000123/4', ['+390971000123 landline', '! fragment']],
    ['+49 30 23125 123', ['+493023125123 unknown']],
    ['0049 30 23125123', ['+493023125123 unknown']],
    ['800 123456', ['+39800123456 other']],
    ['899 123456', ['! premium-rate']],
    ['3,39E+09', ['! spreadsheet-exponent']],
    ['3.39311E+11', ['! spreadsheet-exponent']],
    ['0971 000123; 3,39E+09', ['+390971000123 landline', '! not-valid', '! not-a-number']],
    ['971000123', ['! not-valid']],
    ['12345', ['! not-valid']],
    ['0000000000', ['! placeholder']],
    ['+39 3333333333', ['! placeholder']],
    ['1234567890', ['! placeholder']],
    ['chiedere alla figlia', ['! not-a-number']],
    ['33x 123', ['! not-a-number']],
    ['', []], ['-', []], ['n.d.', []], ['  ', []], ['/', []],
  ])('%j', (cell, expected) => {
    expect(summary(normalisePhone(cell))).toEqual(expected);
  });

  it('keeps the raw text and never calls a problem usable', () => {
    expect(normalisePhone('3,39E+09')).toEqual([
      { raw: '3,39E+09', e164: null, country: null, kind: 'unknown', usable: false, problem: 'spreadsheet-exponent' },
    ]);
    expect(normalisePhone('899 123456')).toMatchObject([{ e164: '+39899123456', country: 'IT', usable: false }]);
  });

  it('reads a number without prefix in the country it is told', () => {
    expect(summary(normalisePhone('030 23125123', 'DE'))).toEqual(['+493023125123 unknown']);
  });
});
