import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { NumberId, PartyId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import { useCall } from './call-store.ts';
import { emptyForm } from './outcome-form.ts';

const partyId = newId<PartyId>();
const number = (parts: Partial<CaseScreen['numbers'][number]> = {}): CaseScreen['numbers'][number] => ({
  numberId: newId<NumberId>(), raw: '0971 1', e164: null, country: null, kind: 'landline', usable: true, partyId: null, source: 'file', workplace: false,
  retired: null, last: null, attempts: 0, ...parts,
});
const first = number();
const second = number({ partyId });

beforeEach(() => {
  // Drafts wait for a pause, and no desk is here to take them.
  vi.useFakeTimers();
  useCall.setState({ caseId: null, form: emptyForm(first.numberId), numberChosen: false, stash: {} });
});
afterEach(() => {
  vi.useRealTimers();
});

const called = (): string[] => {
  const { form } = useCall.getState();
  return [form.numberId, form.partyId];
};

describe('the number of the next call', () => {
  it('follows the rule while nothing is typed, with whoever it belongs to', () => {
    useCall.getState().followNumbers([second, first]);
    expect(called()).toEqual([second.numberId, partyId]);
  });

  it('stays with the call that is being coded, and with the one that was chosen', () => {
    useCall.getState().chooseCode('RPC', {});
    useCall.getState().followNumbers([second, first]);
    expect(called()).toEqual([first.numberId, '']);
    useCall.setState({ form: emptyForm(first.numberId) });
    useCall.getState().chooseNumber(first.numberId, [second, first]);
    useCall.getState().followNumbers([second, first]);
    expect(called()).toEqual([first.numberId, '']);
  });

  it('leaves a number that may no longer be called, whatever was typed', () => {
    useCall.getState().chooseNumber(first.numberId, [first, second]);
    useCall.getState().chooseCode('RPC', {});
    useCall.getState().followNumbers([second, { ...first, usable: false }]);
    expect(called()).toEqual([second.numberId, partyId]);
  });

  it('is free again once the outcome is saved', () => {
    useCall.getState().chooseNumber(first.numberId, [first, second]);
    useCall.getState().clear();
    useCall.getState().followNumbers([second, first]);
    expect(called()).toEqual([second.numberId, partyId]);
  });
});

describe('why they called', () => {
  const told = { suggestCode: null, reasons: ['paid' as const], fills: {} };

  it('is ticked by what the script heard, once: what is taken away stays away', () => {
    useCall.setState({ form: { ...emptyForm(''), reasons: 'balance' }, toldReasons: [] });
    useCall.getState().takeWalk(['introduction'], told);
    expect(useCall.getState().form.reasons).toBe('balance paid');
    useCall.getState().change({ reasons: 'balance' });
    useCall.getState().takeWalk(['introduction', 'payment-proof'], told);
    expect(useCall.getState().form.reasons).toBe('balance');
  });

  it('is still known when the call goes on with another outcome, and gone with the call', () => {
    useCall.setState({ form: { ...emptyForm(''), channel: 'phone-inbound', reasons: 'paid', code: 'PAID' } });
    useCall.getState().clear({ goesOn: true });
    expect(useCall.getState().form).toMatchObject({ channel: 'phone-inbound', reasons: 'paid', code: null });
    useCall.getState().clear();
    expect(useCall.getState().form).toMatchObject({ channel: 'phone-outbound', reasons: '' });
  });
});

describe('the form that is open on the left', () => {
  it('is closed by its own answer, not by that of the one before it', () => {
    vi.stubGlobal('document', { activeElement: null, body: null });
    vi.stubGlobal('requestAnimationFrame', () => 0);
    const { setInline, closeInline } = useCall.getState();
    setInline({ kind: 'note' });
    const first = useCall.getState().inline;
    setInline(null);
    setInline({ kind: 'note' });
    useCall.setState({ kept: new Map([['text', { value: 'richiama' }]]) });
    closeInline(first);
    expect(useCall.getState()).toMatchObject({ inline: { kind: 'note' }, kept: new Map([['text', { value: 'richiama' }]]) });
    closeInline(useCall.getState().inline);
    expect(useCall.getState().inline).toBeNull();
    vi.unstubAllGlobals();
  });
});
