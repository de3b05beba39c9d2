import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epcQrText } from './epc-qr-text.ts';
import type { EpcTransfer } from './epc-qr-text.ts';
import { makeRfReference, printRfReference, readRfReference } from './rf-reference.ts';

describe('RF references', () => {
  it.each(['RF18539007547034', 'RF185390075470Y', 'RF45G72UUR', 'RF6518K5', 'RF485000056789012345', 'rf18 5390 0754 7034'])('%s holds', (text) => {
    expect(readRfReference(text)).toEqual({ ok: true, value: text.toUpperCase().replaceAll(' ', '') });
  });

  it.each(['RF17539007547034', 'RF35C4', 'RF214377', '', 'RF18', 'XX18539007547034', 'RF18539007547034!', `RF18${'1'.repeat(22)}`])('%j does not', (text) => {
    expect(readRfReference(text)).toMatchObject({ ok: false, error: { code: 'rf-reference-invalid' } });
  });

  it('what is made is read, and one digit for another or one letter for another is noticed', () => {
    fc.assert(fc.property(fc.stringMatching(/^[A-Z0-9]{1,21}$/), fc.nat(), (body, place) => {
      const reference = makeRfReference(body);
      expect(readRfReference(reference)).toEqual({ ok: true, value: reference });
      const at = 4 + (place % body.length);
      const other = /\d/.test(reference[at] ?? '') ? (reference[at] === '7' ? '8' : '7') : reference[at] === 'Q' ? 'R' : 'Q';
      expect(readRfReference(reference.slice(0, at) + other + reference.slice(at + 1)).ok).toBe(false);
    }));
    expect(makeRfReference('539007547034')).toBe('RF18539007547034');
    expect(printRfReference('RF18539007547034')).toBe('RF18 5390 0754 7034');
    expect(() => makeRfReference('a b')).toThrow(RangeError);
  });
});

describe('the text of a payment code', () => {
  const transfer: EpcTransfer = {
    version: '001', bic: 'BPOTBEB1', name: 'Red Cross of Belgium', iban: 'BE72000000001616', amountCents: 100, purpose: 'CHAR',
    reference: { kind: 'text', text: 'Urgency fund' }, information: 'Sample EPC QR code',
  };

  it('is the published example', () => {
    expect(epcQrText(transfer)).toEqual({ ok: true, value: 'BCD\n001\n1\nSCT\nBPOTBEB1\nRed Cross of Belgium\nBE72000000001616\nEUR1.00\nCHAR\n\nUrgency fund\nSample EPC QR code' });
  });

  it('keeps empty lines, and drops those at the end', () => {
    const plain: EpcTransfer = { ...transfer, version: '002', bic: '', purpose: '', iban: 'IT60X0542811101000000123456', reference: { kind: 'rf', reference: 'RF18 5390 0754 7034' }, information: '' };
    expect(epcQrText(plain)).toEqual({ ok: true, value: 'BCD\n002\n1\nSCT\n\nRed Cross of Belgium\nIT60X0542811101000000123456\nEUR1.00\n\nRF18539007547034' });
    expect(epcQrText({ ...plain, reference: { kind: 'none' } })).toMatchObject({ ok: true, value: expect.stringMatching(/EUR1\.00$/) as unknown });
  });

  it.each<[string, Partial<EpcTransfer>, string]>([
    ['nothing', { amountCents: 0 }, 'amountCents'], ['too much', { amountCents: 100_000_000_000 }, 'amountCents'], ['half a cent', { amountCents: 0.5 }, 'amountCents'],
    ['no name', { name: '' }, 'name'], ['a long name', { name: 'x'.repeat(71) }, 'name'], ['a name on two lines', { name: 'a\nb' }, 'name'],
    ['no BIC in 001', { bic: '' }, 'bic'], ['a BIC that is none', { bic: 'XX' }, 'bic'], ['a long purpose', { purpose: 'CHARI' }, 'purpose'],
    ['a long text', { reference: { kind: 'text', text: 'x'.repeat(141) } }, 'reference'],
    ['too many bytes', { name: 'à'.repeat(70), reference: { kind: 'text', text: 'è'.repeat(100) } }, 'length'],
  ])('is refused for %s', (_name, parts, field) => {
    expect(epcQrText({ ...transfer, ...parts })).toMatchObject({ ok: false, error: { code: 'epc-qr-invalid', details: { field } } });
  });

  it('is refused for an account or a reference that does not check out', () => {
    expect(epcQrText({ ...transfer, iban: 'IT64Y0542811101000000123456' })).toMatchObject({ ok: false, error: { code: 'iban-control-letter' } });
    expect(epcQrText({ ...transfer, reference: { kind: 'rf', reference: 'RF17539007547034' } })).toMatchObject({ ok: false, error: { code: 'rf-reference-invalid' } });
  });
});
