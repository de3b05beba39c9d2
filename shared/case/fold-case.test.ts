import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutcomeBody } from '../facts/outcome-body.ts';
import { noParts } from '../facts/outcome-body.ts';
import type { AttachmentId, FactId, InvoiceId, UserId } from '../id.ts';
import { newId } from '../id.ts';
import type { PlainDate } from '../time.ts';
import type { CaseFact } from './case-entity.ts';
import { foldCase } from './fold-case.ts';

const actor = newId<UserId>();
const invoiceId = newId<InvoiceId>();

export function outcome(code: OutcomeBody['code'], at: number, parts: Partial<OutcomeBody> = {}): CaseFact {
  const body: OutcomeBody = { code, channel: 'phone-outbound', numberId: null, partyId: null, cause: null, note: null, reasons: [], ...noParts, ...parts };
  return fact('outcome-recorded', at, body, 3);
}

function fact(type: string, at: number, body: CaseFact['body'], version = 1): CaseFact {
  return {
    id: newId<FactId>(), type, version, callId: null, at, zone: 'Europe/Rome', actor,
    basedOn: { caseRevision: 1, scriptVersion: null, policyVersion: null }, body,
  };
}

function promise(amountCents: number): Partial<OutcomeBody> {
  return {
    promise: {
      currency: 'EUR', method: 'bank-transfer', graceDays: 2, parts: [{ dueOn: '2026-11-30' as PlainDate, amountCents }], invoices: [{ invoiceId, amountCents }],
    },
  };
}

function correction(target: CaseFact, at: number, replacement: OutcomeBody | null): CaseFact {
  return fact('outcome-corrected', at, { targetFactId: target.id, replacement, reason: 'sbagliato' }, 3);
}

describe('foldCase', () => {
  it('takes the newest promise as the customer’s word', () => {
    const folded = foldCase([outcome('PTP', 1, promise(100)), outcome('PTP', 2, promise(250))]);
    expect(folded.promise?.amountCents).toBe(250);
  });

  it('lets a correction replace, a later one replace again, and an annulment leave no effect but the history', () => {
    const first = outcome('PTP', 1, promise(100));
    const fixed = correction(first, 5, outcome('PTP', 1, promise(90)).body as OutcomeBody);
    expect(foldCase([fixed, first]).promise?.amountCents).toBe(90);
    const annulled = foldCase([first, fixed, correction(first, 6, null)]);
    expect(annulled.promise).toBeNull();
    expect(annulled.outcomes).toHaveLength(0);
    expect(annulled.history.map((entry) => entry.kind)).toEqual(['outcome', 'correction', 'correction']);
    expect(annulled.history[0]).toMatchObject({ status: 'annulled' });
    expect(annulled.history[1]).toMatchObject({ status: 'superseded' });
  });

  it('keeps what it does not know, without effect', () => {
    const folded = foldCase([fact('mood-noticed', 3, { mood: 'calm' }), fact('outcome-recorded', 4, { code: 'PTP' }, 3)]);
    expect(folded.outcomes).toHaveLength(0);
    expect(folded.history.map((entry) => entry.kind)).toEqual(['unknown', 'unknown']);
  });

  it('closes a callback by any later right-party contact, not by a missed call', () => {
    const agreed = outcome('CBK', 1, { callback: { at: 1000, zone: 'Europe/Rome', audience: 'only-me' } });
    expect(foldCase([agreed, outcome('NA', 2)]).callback?.at).toBe(1000);
    expect(foldCase([agreed, outcome('RPC', 2)]).callback).toBeNull();
  });

  it('is a function of the set: order and repeats do not matter', () => {
    const first = outcome('PTP', 1, promise(100));
    const facts = [
      first, outcome('NA', 1), outcome('DSP', 2, { dispute: { reason: 'price', invoiceId, amountCents: 50, currency: 'EUR', proof: 'none', owner: null, dueOn: null } }),
      correction(first, 3, outcome('RPC', 1).body as OutcomeBody), correction(first, 3, null), fact('note-added', 2, { text: 'ciao' }),
    ];
    const expected = foldCase(facts);
    fc.assert(
      fc.property(fc.shuffledSubarray(facts, { minLength: facts.length }), fc.subarray(facts), (shuffled, repeats) => {
        expect(foldCase([...shuffled, ...repeats])).toEqual(expected);
      }),
    );
  });
});

it('shows an attached file in the history and lets it change nothing else', () => {
  const attachment = { attachmentId: newId<AttachmentId>(), fileName: 'contratto.pdf', mediaType: 'application/pdf', sizeBytes: 20 * 1024 * 1024, sha256: 'ab'.repeat(32), note: null };
  const folded = foldCase([outcome('NA', 1), fact('attachment-added', 2, attachment)]);
  expect(folded.history).toMatchObject([{ kind: 'outcome' }, { kind: 'attachment', attachment }]);
  expect(folded.outcomes).toHaveLength(1);
  const tooLarge = fact('attachment-added', 3, { ...attachment, sizeBytes: attachment.sizeBytes + 1 });
  expect(foldCase([tooLarge, fact('attachment-added', 4, attachment, 2)]).history.map((entry) => entry.kind)).toEqual(['unknown', 'unknown']);
});
