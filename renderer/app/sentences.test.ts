import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import en from '../../assets/locales/en.json' with { type: 'json' };
import itTexts from '../../assets/locales/it.json' with { type: 'json' };
import type { ReasonKey } from '../../shared/case/view-case.ts';
import { noParts, outcomeBodySchema } from '../../shared/facts/outcome-body.ts';
import { fail } from '../../shared/result.ts';
import type { PlainDate } from '../../shared/time.ts';
import type { Formatter, Params } from './format.ts';
import { makeFormatter } from './format.ts';
import { dueSentence, errorSentence, outcomeSentence, reasonSentence, reasonSentences } from './sentences.ts';

const nowMs = Date.UTC(2026, 10, 21, 9, 30);
const zone = 'Europe/Rome';
const format: Record<'it' | 'en', Formatter> = { it: makeFormatter('it', () => nowMs, zone), en: makeFormatter('en', () => nowMs, zone) };
const promise = { amountCents: 18000, currency: 'EUR', dueOn: '2026-11-20' };

/** What the desk sends with each reason; a reason without a line here does not compile. */
const paramsOf: Record<ReasonKey, Params> = {
  'callback-due': { at: nowMs, zone, audience: 'anyone' }, 'callback-later': { at: nowMs, zone, audience: 'only-me' },
  'promise-broken': promise, 'promise-due': promise, 'promise-pending': promise, 'plan-pending': promise, 'plan-late': promise,
  overdue: { days: 18, dueDate: '2026-11-03' }, 'due-soon': { days: 6, dueDate: '2026-11-27' }, 'due-later': { days: 28, dueDate: '2026-12-19' },
  disputed: { amountCents: 12000, currency: 'EUR' }, settled: {}, 'contacted-today': { at: nowMs }, 'no-answer-before': { count: 2, at: nowMs }, 'tried-before': { code: 'WN', at: nowMs },
  'recovery-approved': { on: '2026-11-16', days: 100 }, 'no-number': {},
  'lead-decides': { code: 'DEC' }, excluded: { reason: 'cliente storico', until: '' }, suspended: { reason: 'verifica', until: '2026-12-01' },
  represented: { name: 'Avv. Rossi' }, 'do-not-call': {}, 'payment-claimed': { at: nowMs }, 'payment-check': { at: nowMs },
  'next-contact': { on: '2026-11-30' }, 'preferred-hours': { from: '17:00', to: '20:00' }, taken: {}, served: {}, colleague: {}, 'colleague-at': { extension: '201' }, frequency: {}, 'outside-hours': {}, prioritised: { reason: 'chiusura del mese', until: '2026-11-30' },
};

beforeAll(async () => {
  await i18next.init({ resources: { it: { translation: itTexts }, en: { translation: en } }, lng: 'it', interpolation: { escapeValue: false } });
});

describe('reasonSentence', () => {
  it('has a whole sentence for every reason, in both languages and for every count', () => {
    for (const locale of ['it', 'en'] as const) {
      const t = i18next.getFixedT(locale);
      for (const [key, params] of Object.entries(paramsOf)) {
        for (const count of [0, 1, 5]) {
          const counted = 'days' in params ? { ...params, days: count } : 'count' in params ? { ...params, count } : params;
          const sentence = reasonSentence({ key, params: counted }, t, format[locale]);
          expect(sentence, `${locale} ${key}`).not.toContain('reason.');
          expect(sentence, `${locale} ${key}`).not.toContain('{{');
        }
      }
    }
  });

  it('writes amounts and dates as people read them', () => {
    const t = i18next.getFixedT('it');
    expect(reasonSentence({ key: 'promise-broken', params: promise }, t, format.it).replace(/\u00a0/g, ' ')).toBe('Promessa di 180,00 € per ven 20 nov non mantenuta');
    expect(reasonSentence({ key: 'due-soon', params: { days: 0, dueDate: '2026-11-21' } }, t, format.it)).toBe('Scade oggi');
  });

  it('names an outcome in words, not by its code', () => {
    expect(reasonSentence({ key: 'tried-before', params: { code: 'WN', at: nowMs, zone } }, i18next.getFixedT('it'), format.it)).toBe('Ultimo tentativo: Numero errato (10:30)');
    expect(reasonSentence({ key: 'lead-decides', params: { code: 'DEC' } }, i18next.getFixedT('en'), format.en)).toBe('Deceased: the team lead decides');
  });

  it('says the same thing once', () => {
    const reason = { key: 'no-answer-before', params: { count: 1, at: nowMs } };
    expect(reasonSentences([reason, reason], i18next.getFixedT('en'), format.en)).toEqual(['No answer once']);
  });
});

describe('other sentences', () => {
  it('tells a promise in one line', () => {
    const outcome = outcomeBodySchema.parse({
      ...noParts, partyId: null, code: 'PTP', channel: 'phone-outbound', numberId: null, cause: 'forgot', note: null,
      promise: { currency: 'EUR', method: 'bank-transfer', graceDays: 2, parts: [{ dueOn: '2026-11-27', amountCents: 172260 }], invoices: [] },
    });
    expect(outcomeSentence(outcome, i18next.getFixedT('it'), format.it).replace(/\u00a0/g, ' ')).toBe('Promessa · 1.722,60 € entro ven 27 nov · bonifico · dimenticanza');
  });

  it('never calls an invoice overdue on its due day', () => {
    const t = i18next.getFixedT('it');
    expect(dueSentence('2026-11-21' as PlainDate, 0, t, format.it)).toBe('scade oggi');
    expect(dueSentence('2026-11-27' as PlainDate, -6, t, format.it)).toBe('scade ven 27 nov · fra 6 giorni');
    expect(dueSentence('2026-11-20' as PlainDate, 1, t, format.it)).toBe('scaduta ven 20 nov · da 1 giorno');
  });

  it('puts the details of an error into its sentence, and has one for errors it does not know', () => {
    const t = i18next.getFixedT('en');
    const tooLarge = fail('amount-too-large', 'error.amountTooLarge', { amountCents: 5000, currency: 'EUR', field: 'amountText' });
    expect(errorSentence(tooLarge.error, t, format.en)).toContain('€50.00');
    expect(errorSentence(fail('new', 'error.ofAnotherVersion').error, t, format.en)).toBe(en.error.unexpected);
  });
});
