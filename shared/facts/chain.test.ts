import { describe, expect, it } from 'vitest';
import type { DeviceId, FactId, UserId } from '../id.ts';
import { newId, newRandomHex } from '../id.ts';
import type { UnsealedHeader } from './chain.ts';
import { checkLink, contentOf, hashBody, sealFact, sealHeader } from './chain.ts';
import { chainedFactSchema, factSchema, GENESIS_HASH } from './fact-header.ts';

function unsealed(seq: number): UnsealedHeader {
  return {
    deviceId: newId<DeviceId>(), seq, id: newId<FactId>(), type: 'note-added', version: 1, at: 1_700_000_000_000, zone: 'Europe/Rome',
    actor: newId<UserId>(), basedOn: { caseRevision: 3, scriptVersion: null, policyVersion: null },
  };
}

describe('the chain', () => {
  it('has these very hashes: the formula is under data and may never change', () => {
    const header = {
      ...unsealed(1), deviceId: '018f0000-0000-7000-8000-000000000001', id: '018f0000-0000-7000-8000-000000000002',
      actor: '018f0000-0000-7000-8000-000000000003',
    } as UnsealedHeader;
    const fact = sealFact(header, 'ab'.repeat(32), { text: 'è così' }, null);
    expect(fact.header.bodyHash).toMatchInlineSnapshot(`"af726e28551716a856bd18d775ac62aafb15f0f77325e87e29540af0dd3d0818"`);
    expect(fact.header.hash).toMatchInlineSnapshot(`"ccacec142b0a649fc79757008d804d5d2a953c9c5ca5f183239f79dab8e3d5f5"`);
  });

  it('verifies link by link, and the order of keys does not matter', () => {
    const first = sealFact(unsealed(1), newRandomHex(32), { b: 1, a: 'x' }, null);
    const second = sealFact({ ...unsealed(2) }, newRandomHex(32), { text: 'y' }, first.header.hash);
    expect(first.header.prev).toBe(GENESIS_HASH);
    expect(checkLink(first.header, first, null)).toBeNull();
    const shuffled = factSchema.parse(JSON.parse(JSON.stringify({ ...second, header: Object.fromEntries(Object.entries(second.header).reverse()) })));
    expect(checkLink(shuffled.header, shuffled, { seq: 1, hash: first.header.hash })).toBeNull();
  });

  it('still verifies when salt and body were erased', () => {
    const fact = sealFact(unsealed(1), newRandomHex(32), { text: 'personal' }, null);
    expect(checkLink(fact.header, null, null)).toBeNull();
    const erased = chainedFactSchema.parse({ header: fact.header, salt: null, body: null });
    expect(checkLink(erased.header, contentOf(erased), null)).toBeNull();
    expect(checkLink(sealHeader({ ...unsealed(1), id: fact.header.id }, fact.header.bodyHash, null), contentOf(fact), null)).toBeNull();
  });

  it('travels whole or as a link, never with a half of its content', () => {
    const { header, salt, body } = sealFact(unsealed(1), newRandomHex(32), { text: 'personal' }, null);
    for (const half of [{ header, salt, body: null }, { header, salt: null, body }, { header, body: null }, { header, salt: null }]) {
      expect(chainedFactSchema.safeParse(half).success).toBe(false);
    }
  });

  it('keeps and hashes header fields that only a newer version knows', () => {
    const fact = sealFact({ ...unsealed(1), futureField: { deep: [1, 2] } }, newRandomHex(32), {}, null);
    const travelled = factSchema.parse(JSON.parse(JSON.stringify(fact)));
    expect(checkLink(travelled.header, travelled, null)).toBeNull();
    const stripped = { ...travelled.header };
    delete stripped['futureField'];
    expect(checkLink(stripped, travelled, null)).toBe('hash-mismatch');
  });

  it.each([
    ['a changed body', 'body-mismatch'],
    ['a changed header', 'hash-mismatch'],
    ['a missing link', 'gap'],
    ['another predecessor', 'prev-mismatch'],
  ] as const)('finds %s', (what, fault) => {
    const first = sealFact(unsealed(1), newRandomHex(32), { text: 'x' }, null);
    const second = sealFact(unsealed(2), newRandomHex(32), { amountCents: 100 }, first.header.hash);
    const before = { seq: 1, hash: first.header.hash };
    const forged = {
      'body-mismatch': () => checkLink(second.header, { ...second, body: { amountCents: 10 } }, before),
      'hash-mismatch': () => checkLink({ ...second.header, at: second.header.at + 1 }, second, before),
      gap: () => checkLink(second.header, second, null),
      'prev-mismatch': () => checkLink(second.header, second, { seq: 1, hash: 'f'.repeat(64) }),
    };
    expect(what).toBeTruthy();
    expect(forged[fault]()).toBe(fault);
  });

  it('gives the same body another hash under another salt, so a body cannot be guessed from its hash', () => {
    expect(hashBody('00'.repeat(32), { text: 'sì' })).not.toBe(hashBody('11'.repeat(32), { text: 'sì' }));
  });
});
