import { describe, expect, it } from 'vitest';
import { readExtension } from './extension.ts';

describe('readExtension', () => {
  it.each(['20', '204', ' 2 04 ', '999', '123456', '1000', 'tel:204', 'sip:204@pbx.example.it'])('takes %s', (text) => {
    expect(readExtension(text, 'to').ok).toBe(true);
  });

  it.each(['1', '112', '113', '118', '0971000123', '+39204', '+390971000123', '1234567', '*43', '2#'])('refuses %s', (text) => {
    const read = readExtension(text, 'to');
    expect(read.ok ? null : read.error.code).toMatch(/^telephone-(not-an-extension|number-unreadable)$/);
  });

  it('says where it was typed', () => {
    expect(readExtension('0971000123', 'to')).toMatchObject({ error: { details: { field: 'to' } } });
  });
});
