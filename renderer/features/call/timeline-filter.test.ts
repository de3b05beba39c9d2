import { describe, expect, it } from 'vitest';
import { historyEntrySchema } from '../../../shared/contract/screens.ts';
import { noParts } from '../../../shared/facts/outcome-body.ts';
import { newId } from '../../../shared/id.ts';
import { passesFilter, timelineFilters } from './timeline-filter.ts';
import type { TimelineEntry } from './timeline-filter.ts';

const marks = { mine: true, sent: true, correctable: false, upload: null };
const plainOutcome = { ...noParts, code: 'NA', channel: 'phone-outbound', numberId: null, partyId: null, cause: null, note: null };
const promise = { currency: 'EUR', method: 'card', graceDays: 2, parts: [{ dueOn: '2026-11-27', amountCents: 100 }], invoices: [] };

function entry(parts: Record<string, unknown>): TimelineEntry {
  const head = { factId: newId(), at: 1, zone: 'Europe/Rome', actor: newId() };
  return { ...historyEntrySchema.parse({ ...head, ...parts }), ...marks };
}

const outcome = (parts: Record<string, unknown>, audit: unknown = null): TimelineEntry =>
  entry({ kind: 'outcome', outcome: { ...plainOutcome, ...parts }, status: 'effective', reason: null, audit });
const party = { partyId: newId(), role: 'guarantor', name: 'A', mayBeTold: false, language: null, taxCode: null, note: null };
const targetFactId = newId();
const samples: Record<TimelineEntry['kind'], TimelineEntry> = {
  outcome: outcome({}),
  correction: entry({ kind: 'correction', targetFactId, outcome: null, reason: 'sbaglio', status: 'effective' }),
  note: entry({ kind: 'note', text: 'x' }),
  attachment: entry({ kind: 'attachment', attachment: { attachmentId: newId(), fileName: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 1, sha256: 'a'.repeat(64), note: null } }),
  party: entry({ kind: 'party', party, removed: false }),
  'contact-point': entry({ kind: 'contact-point', point: { kind: 'email', pointId: newId(), partyId: null, raw: 'a@b.it', source: 'given-by-person', usable: true, workplace: false } }),
  preferences: entry({ kind: 'preferences', preferences: { partyId: null, channel: null, hours: null, doNotCall: true, language: null, note: null } }),
  suspension: entry({ kind: 'suspension', suspension: { kind: 'excluded', invoiceId: null, until: null, reason: 'cliente storico' }, active: true }),
  priority: entry({ kind: 'priority', until: '2026-11-30', reason: 'chiusura del mese' }),
  resumption: entry({ kind: 'resumption', targetFactId, reason: 'verificato', answers: null }),
  audit: entry({ kind: 'audit', targetFactId, verdict: 'approved', reason: null }),
  assignment: entry({ kind: 'assignment', ownerId: newId(), reason: 'ferie' }),
  call: entry({ kind: 'call', direction: 'outbound', by: 'by-hand', ended: null, end: null, isPermitted: true }),
  identity: entry({ kind: 'identity', identity: { result: 'confirmed', method: 'birth-date', partyId: null } }),
  script: entry({ kind: 'script', packId: 'reminder', packVersion: '1.0.0', steps: 4, objections: 0 }),
  'recording-answer': entry({ kind: 'recording-answer', answer: 'yes' }),
  recording: entry({ kind: 'recording', recordedMs: 60_000, end: 'stopped', keepUntil: '2027-02-20' }),
  allowance: entry({ kind: 'allowance', until: 1, reason: 'lo chiede il cliente' }),
  agreement: entry({ kind: 'agreement', about: { type: 'plan-accepted', body: { targetFactId, readBack: true } } }),
  contact: entry({ kind: 'contact', contact: { taskId: newId(), contactAt: 1, channel: 'letter', who: 'Rossi', reasons: ['paid'], text: 'x' } }),
  mail: entry({ kind: 'mail', mail: { what: 'coordinates', attachmentFactId: newId(), invoiceIds: [], to: 'a@b.it', partyId: null, readBack: true, agreed: true, language: 'it' } }),
  unknown: entry({ kind: 'unknown', type: 'from-the-future' }),
};

describe('timeline filters', () => {
  it('hide no entry from all the narrower filters', () => {
    for (const [kind, sample] of Object.entries(samples)) {
      expect(passesFilter(sample, 'all')).toBe(true);
      expect(timelineFilters.filter((filter) => filter !== 'all' && passesFilter(sample, filter)), kind).not.toEqual([]);
    }
  });

  it('know an agreement, a note and a decision within an outcome', () => {
    const passed = (sample: TimelineEntry): string[] => timelineFilters.filter((filter) => passesFilter(sample, filter));
    expect(passed(outcome({}))).toEqual(['all', 'calls']);
    expect(passed(outcome({ code: 'PTP', promise }))).toEqual(['all', 'calls', 'agreements']);
    expect(passed(outcome({ note: 'ok' }, { verdict: 'rejected', reason: 'no', at: 2 }))).toEqual(['all', 'calls', 'notes', 'decisions']);
  });
});
