import { expect, it } from 'vitest';
import { plainDateSchema } from '../time.ts';
import type { WorkersAgreementEntity } from '../protocol/workers-agreement-protocol.ts';
import { agreementCovers } from '../protocol/workers-agreement-protocol.ts';
import type { RecordingCircumstances, RecordingLock } from './find-recording-lock.ts';
import { findRecordingLock, mayAskForRecording, recordingKeepUntil, recordingLocks } from './find-recording-lock.ts';

const date = (text: string): ReturnType<typeof plainDateSchema.parse> => plainDateSchema.parse(text);
const everything: RecordingCircumstances = {
  line: 'softphone', isMandated: true, keepUntil: date('2027-02-20'), isAgreed: true, isTalking: true, gate: 'confirmed', answer: 'yes',
};
const missing: [RecordingLock, Partial<RecordingCircumstances>][] = [
  ['practice', { line: 'practice-line' }], ['by-hand', { line: 'by-hand' }], ['not-mandated', { isMandated: false }], ['not-kept', { keepUntil: null }],
  ['no-agreement', { isAgreed: false }], ['not-talking', { isTalking: false }], ['not-identified', { gate: 'third-party' }],
  ['not-identified', { gate: 'unconfirmed' }], ['not-asked', { answer: null }], ['refused', { answer: 'no' }],
];

it('is open where everything stands (the control of what follows)', () => {
  expect(findRecordingLock(everything)).toBeNull();
});

it.each(missing)('is locked as %s by that alone', (lock, part) => {
  expect(findRecordingLock({ ...everything, ...part })).toBe(lock);
});

it('knows no lock that nothing closes', () => {
  expect([...new Set(missing.map(([lock]) => lock))].toSorted()).toEqual([...recordingLocks].toSorted());
});

it('lets the notice be read only where the answer alone is missing', () => {
  expect(recordingLocks.filter((lock) => mayAskForRecording(lock))).toEqual(['not-asked', 'refused']);
  expect(mayAskForRecording(null)).toBe(true);
});

it('keeps to the last day of the policy; a policy that says none, or not at all, lets nothing be kept', () => {
  expect([recordingKeepUntil(90, date('2026-11-22')), recordingKeepUntil(1, date('2026-12-31')), recordingKeepUntil(null, date('2026-11-22')), recordingKeepUntil(0, date('2026-11-22'))])
    .toEqual(['2027-02-20', '2027-01-01', null, null]);
});

const agreement: WorkersAgreementEntity = {
  agreementId: 'agency', version: 1, recordedAt: 1, kind: 'works-agreement', scopes: ['recording'], signedOn: date('2026-01-10'), from: date('2026-02-01'), until: date('2026-12-31'),
  signatories: 'RSU e direzione', document: 'prot. 12/2026', withdrawn: null,
};

it.each([
  ['its first day', {}, '2026-02-01', true], ['its last day', {}, '2026-12-31', true], ['the day before', {}, '2026-01-31', false], ['the day after', {}, '2027-01-01', false],
  ['any later day without an end', { until: null }, '2036-01-01', true], ['a day after it was withdrawn', { withdrawn: { at: 2, reason: 'disdetta' } }, '2026-06-01', false],
  ['something else than was agreed', { scopes: ['named-states' as const] }, '2026-06-01', false],
])('the agreement covers %s or not', (_what, part, day, covers) => {
  expect(agreementCovers({ ...agreement, ...part }, 'recording', date(day))).toBe(covers);
  expect(agreementCovers(null, 'recording', date(day))).toBe(false);
});
