import { describe, expect, it } from 'vitest';
import type { CaseEntity, Tone } from './case-entity.ts';
import type { ListFacets } from './list-facets.ts';
import { listFacets } from './list-facets.ts';
import { viewCase } from './view-case.ts';
import type { UserId } from '../id.ts';
import { newId } from '../id.ts';
import { sampleCase, sampleInvoice, sampleToday } from '../testing/sample-case.ts';
import type { PlainDate } from '../time.ts';
import { addDays, instantOf } from '../time.ts';

const zone = 'Europe/Rome';
const userId = newId<UserId>();
const viewOn = (entity: CaseEntity, today: PlainDate): ReturnType<typeof viewCase> => viewCase(entity, [], { nowMs: instantOf(today, '12:00', zone), zone, userId });

function toneOn({ courtesyUntil, recoveryApproved }: ListFacets, today: PlainDate): Tone {
  if (courtesyUntil === null || courtesyUntil >= today) return 'courtesy';
  return recoveryApproved ? 'recovery' : 'reminder';
}

describe('listFacets', () => {
  const cases: [string, CaseEntity][] = [
    ['one invoice', sampleCase([sampleInvoice('1', 0, 10_000)])],
    ['recovery approved', sampleCase([sampleInvoice('1', 2, 10_000)], { recoveryApprovedOn: sampleToday })],
    ['a credit that covers the oldest', sampleCase([sampleInvoice('1', 10, 5_000), sampleInvoice('2', -5, 9_000), sampleInvoice('C', 3, -6_000)])],
    ['a credit that covers all', sampleCase([sampleInvoice('1', 10, 5_000), sampleInvoice('C', 3, -6_000)])],
    ['disputed in the file', sampleCase([sampleInvoice('1', 10, 5_000, { disputedInFile: true }), sampleInvoice('2', -1, 100)])],
  ];

  it.each(cases)('say the tone of every day: %s', (_name, entity) => {
    const facets = listFacets(entity, viewOn(entity, sampleToday));
    const tones = new Set<Tone>();
    for (let day = -20; day <= 20; day += 1) {
      const today = addDays(sampleToday, day);
      const { tone } = viewOn(entity, today);
      tones.add(tone);
      expect(toneOn(facets, today)).toBe(tone);
    }
    expect(tones.size).toBeGreaterThan(entity.invoices.length === 2 && entity.invoices[1]?.number === 'C' ? 0 : 1);
  });

  it('know the oldest due date that may be asked for, not one that is disputed', () => {
    const entity = sampleCase([sampleInvoice('1', 10, 5_000, { disputedInFile: true }), sampleInvoice('2', 4, 100)]);
    expect(listFacets(entity, viewOn(entity, sampleToday)).oldestDueOn).toBe(addDays(sampleToday, -4));
  });
});
