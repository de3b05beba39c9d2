/** What exchanges say of who calls, in every form that was seen, and what is nobody's. */
import { expect, it } from 'vitest';
import { readCallerNumber } from './read-caller-number.ts';

it.each([
  ['+393331234567', ['+393331234567']],
  ['00393331234567', ['+393331234567']],
  ['393331234567', ['+393331234567']],
  ['3331234567', ['+393331234567']],
  ['333 123 45 67', ['+393331234567']],
  ['(+39) 333-1234567', ['+393331234567']],
  ['0971 470123', ['+390971470123']],
  ['+390971470123', ['+390971470123']],
  ['390971470123', ['+390971470123']],
  ['0039 0971 470123', ['+390971470123']],
  ['+442079460958', ['+442079460958']],
  ['00442079460958', ['+442079460958']],
])('%s is %j', (text, e164) => {
  expect(readCallerNumber(text)).toEqual({ kind: 'number', e164 });
});

it.each([null, '', '   ', 'anonymous', 'Anonymous', 'restricted', 'unavailable', 'UNKNOWN', 'coperto', '+39', '+39…', '+39000', '+999123456789', '0', '+', 'sip:user', '+39 333 12', '٣٣٣١٢٣٤٥٦٧', "333'; DROP TABLE", '3'.repeat(500)])('%j is nobody', (text) => {
  expect(readCallerNumber(text)).toEqual({ kind: 'none' });
});

it.each(['201', '4021', '99', '123456'])('%s is a colleague', (text) => {
  expect(readCallerNumber(text)).toEqual({ kind: 'extension' });
});

it('takes an emergency number for nobody', () => {
  expect(readCallerNumber('112')).toEqual({ kind: 'none' });
});
