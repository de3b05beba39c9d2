import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import en from '../../../assets/locales/en.json' with { type: 'json' };
import itTexts from '../../../assets/locales/it.json' with { type: 'json' };
import type { FlagCode } from '../../../shared/protocol/feed-protocol.ts';
import { formatParams, makeFormatter } from '../../app/format.ts';
import type { Params } from '../../app/format.ts';

/** What the hub sends with each code (`hub/facts/find-flags.ts`); a code without a line here does not compile. */
const detailsOf: Record<FlagCode, Params> = {
  'unknown-case': {}, 'not-assigned': {}, 'malformed-body': {}, 'correction-target-missing': {}, 'not-allowed': {}, 'owner-not-collector': {},
  'promise-over-balance': { amountCents: 12_000, balanceCents: 8_000, currency: 'EUR' },
  'promise-past-due': { dueOn: '2026-11-20', madeOn: '2026-11-21' },
  'dispute-over-invoice': { amountCents: 0, residualCents: 0, currency: 'EUR' },
  newer: {}, 'contact-without-permit': {}, 'identity-not-confirmed': {}, 'not-certified': { tone: 'reminder' }, 'mail-not-allowed': { lock: 'stopped' }, 'copy-wanted': { numbers: '2026/12, 2026/13' },
  'frequency-exceeded': { rule: 'rounds-today', conversationsToday: 1, conversationsThisWeek: 2, roundsToday: 2, roundsThisWeek: 3 }, 'frequency-allowed': { reason: 'the customer asked' },
};
const nowMs = Date.UTC(2026, 10, 21, 9, 30);

beforeAll(async () => {
  await i18next.init({ resources: { it: { translation: itTexts }, en: { translation: en } }, lng: 'it', interpolation: { escapeValue: false } });
});

describe.each(['it', 'en'] as const)('a flag in %s', (locale) => {
  it.each(Object.entries(detailsOf))('%s says what happened and what to do, with its figures', (code, details) => {
    const t = i18next.getFixedT(locale);
    const happened = t(`flag.${code}`, formatParams(details, makeFormatter(locale, () => nowMs, 'Europe/Rome')));
    const next = t(`flagNext.${code}`);
    for (const sentence of [happened, next]) expect(sentence).toMatch(/^[^{}]{20,}\.$/);
    for (const key of [`flag.${code}`, `flagNext.${code}`]) expect([happened, next]).not.toContain(key);
  });

  it('names the two amounts of a promise that is too high', () => {
    const t = i18next.getFixedT(locale);
    const text = t('flag.promise-over-balance', formatParams(detailsOf['promise-over-balance'], makeFormatter(locale, () => nowMs, 'Europe/Rome')));
    expect(text).toContain('120');
    expect(text).toContain('80');
  });
});
