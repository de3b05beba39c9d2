import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dialNumberSchema, readDialTarget } from './dial-target.ts';

describe('what is to be dialled', () => {
  it.each([
    ['+39 06 1234-5678', '+390612345678'],
    ['tel:+39-06-12345678', '+390612345678'],
    ['tel:0612345678;phone-context=+39', '0612345678'],
    ['TEL:%2B390612345678', '+390612345678'],
    ['sip:1002@rig.test', '1002'],
    ['sips:+390612345678;npdi@gateway.example;user=phone', '+390612345678'],
    ['sip:1002:password@rig.test:5060;transport=ws', '1002'],
    ['callto:06/12345678', '0612345678'],
    ['*21#', '*21#'],
  ])('%s is %s', (text, number) => {
    expect(readDialTarget(text)).toEqual({ ok: true, value: number });
  });

  it.each([
    '', '1', 'sip:rig.test', 'sip:anna@rig.test', 'tel:', 'tel:%00%01', 'javascript:alert(1)', '06 12345678 int. 3', '+', '++39061234', '1'.repeat(25),
    'sip:1002%0d%0aVia:x@rig.test', `tel:${'1'.repeat(600)}`,
  ])('%j is no number', (text) => {
    expect(readDialTarget(text)).toMatchObject({ ok: false, error: { code: 'telephone-number-unreadable' } });
  });

  it('lets nothing through that could not stand in a SIP address', () => {
    fc.assert(fc.property(fc.oneof(fc.webUrl(), fc.string({ unit: 'binary' }), fc.string().map((rest) => `tel:${rest}`)), (text) => {
      const read = readDialTarget(text);
      if (read.ok) expect(dialNumberSchema.safeParse(read.value).success).toBe(true);
    }));
  });
});
