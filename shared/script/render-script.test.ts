import { describe, expect, it } from 'vitest';
import { renderWholeScript } from '../testing/render-whole-script.ts';
import type { WholeScript } from '../testing/render-whole-script.ts';
import { addDays } from '../time.ts';
import { chooseScript } from './choose-script.ts';
import type { SampleCase } from './sample-case.ts';
import { sampleCase, sampleToday } from './sample-case.ts';
import type { ScriptLocale } from './script-pack.ts';
import { speakDate } from './speak-date.ts';
import { standardPacks } from './standard-packs.ts';
import { summariseClaim } from './summarise-claim.ts';

const two = [{ number: '4518', dueDate: '2026-11-27', cents: 114_260 }, { number: '4519', dueDate: '2026-11-30', cents: 58_000 }];
const late = { number: '4102', dueDate: '2026-10-30', cents: 120_010 };

function render(sample: SampleCase, locale: ScriptLocale): WholeScript {
  const { entity, view } = sampleCase(sample);
  const chosen = chooseScript(standardPacks, view, entity.customer.kind);
  if (!chosen.ok) throw new Error(chosen.error.code);
  return renderWholeScript(chosen.value, { entity, view, locale, operatorName: 'Anna Bianchi', agencyName: 'Studio Premura' });
}

/** What one step says, no-break spaces made plain. */
function said(sample: SampleCase, stepId: string, locale: ScriptLocale = 'it'): string[] {
  const step = render(sample, locale).steps.find((entry) => entry.stepId === stepId);
  if (step === undefined) throw new Error(`no step ${stepId}`);
  return step.say.map((paragraph) => paragraph.replace(/[\u00a0\u202f]/g, ' '));
}

describe('a whole script rendered', () => {
  it('opens with name and company, by kind of customer', () => {
    expect(said({ invoices: two }, 'opening')).toEqual(['Buongiorno, sono **Anna Bianchi**, di Studio Premura.', 'Parlo con **Rossi Mario**?']);
    expect(said({ invoices: two, kind: 'condominium', name: 'Condominio Via dei Tigli 12' }, 'opening')[1]).toBe(
      'Chiamo per **Condominio Via dei Tigli 12**: parlo con l’amministratore?');
  });

  it('says one invoice before its due date as a courtesy', () => {
    expect(said({ invoices: two.slice(0, 1) }, 'introduction')).toEqual([
      'Grazie. La chiamo per conto di **Acque del Sele**, solo per una cortesia.',
      'La fattura 4518, per **millecentoquarantadue euro e sessanta**, scade **venerdì 27 novembre**.',
      'Volevo solo sapere se le è arrivata.',
    ]);
    expect(said({ invoices: two.slice(0, 1) }, 'introduction', 'en')).toEqual([
      'Thank you. I’m calling on behalf of **Acque del Sele**, just as a courtesy.',
      'Invoice 4518, for **one thousand one hundred and forty-two euros and sixty cents**, falls due on **Friday 27 November**.',
      'I just wanted to check that it has reached you.',
    ]);
  });

  it('covers every open undisputed invoice, takes credit off and leaves the disputed part out', () => {
    const invoices = [...two, { number: 'NC1', dueDate: '2026-11-10', cents: -10_000 }, { number: '4100', dueDate: '2026-11-28', cents: 12_000, disputed: true }];
    expect(said({ invoices }, 'introduction')).toEqual([
      'Grazie. La chiamo per conto di **Acque del Sele**, solo per una cortesia.',
      'Ha due fatture in scadenza, in tutto **milleseicentoventidue euro e sessanta**.',
      'La 4518, di millecentoquarantadue euro e sessanta, scade venerdì 27 novembre.',
      'La 4519, di cinquecentottanta euro, scade lunedì 30 novembre.',
      'Ho già scalato cento euro a suo favore.',
      'Ho lasciato fuori centoventi euro: su quella parte c’è una verifica in corso.',
      'Volevo solo sapere se le sono arrivate tutte.',
    ]);
  });

  it('says what is overdue first and what is not yet due last, never calling it late', () => {
    const paragraphs = said({ invoices: [...two, late] }, 'reason');
    expect(paragraphs).toEqual([
      'Si tratta della fattura 4102, scaduta **venerdì 30 ottobre**, per **milleduecento euro e dieci**. Non ci risulta ancora pagata.',
      'Solo perché lo sappia: altre due fatture, in tutto millesettecentoventidue euro e sessanta, devono ancora scadere, la prima venerdì 27 novembre. Per quelle c’è tempo.',
      'Quella già scaduta, forse, è solo sfuggita: a lei come risulta?',
    ]);
  });

  it('reads out few invoices one by one and of many only the first', () => {
    const many = (count: number): SampleCase => ({
      invoices: Array.from({ length: count }, (_, index) => ({ number: `N${String(index)}`, dueDate: addDays(sampleToday, index - 40), cents: 10_000 })),
    });
    expect(said(many(4), 'reason').filter((paragraph) => paragraph.startsWith('La N'))).toHaveLength(4);
    const listed = said(many(23), 'reason');
    expect(listed).toContain('Ci sono ventitré fatture scadute che non ci risultano ancora pagate, in tutto **duemilatrecento euro**.');
    expect(listed).toContain('La più vecchia è la N0, scaduta lunedì 12 ottobre. Se vuole le mando l’elenco.');
  });

  it('recalls a broken promise, and negotiates in recovery', () => {
    expect(said({ invoices: [late], brokenPromiseCents: 64_000 }, 'reason').slice(1)).toEqual([
      'L’altra volta avevamo detto seicentoquaranta euro entro martedì 10 novembre, ma non ci risultano ancora.',
      'È successo qualcosa? Vediamo insieme come rimediare.',
    ]);
    expect(said({ invoices: [late], recoveryApproved: true }, 'proposal', 'en')[0]).toBe(
      'Thank you for explaining. For **one thousand two hundred euros and ten cents**, how do you think you could manage it?');
  });

  it('says dollars as dollars', () => {
    expect(said({ invoices: [late], currency: 'USD' }, 'reason', 'en')[0]).toContain('**one thousand two hundred dollars and ten cents**');
  });

  it('puts a value in as it is: no variable and no emphasis comes with a name', () => {
    expect(said({ invoices: two, name: 'Bar **{openAmount}** $& Srl' }, 'opening')[1]).toBe('Parlo con **Bar {openAmount} $& Srl**?');
  });

  it('throws where there is nothing to ask for: chooseScript would have said so', () => {
    const { entity, view } = sampleCase({ invoices: [] });
    const [pack] = standardPacks;
    if (pack === undefined) throw new Error('no pack');
    expect(() => renderWholeScript(pack, { entity, view, locale: 'it', operatorName: 'A', agencyName: 'B' })).toThrow(/nothing to ask/);
  });

  it('keeps ids, titles, answers and version', () => {
    const screen = render({ invoices: two }, 'en');
    expect(screen).toMatchObject({ scriptId: 'courtesy-predue', version: '2.1.0', start: 'opening' });
    expect(screen.steps[0]?.answers.at(-1)).toEqual({ label: 'No answer', goTo: null, suggestCode: 'NA' });
  });
});

describe('chooseScript', () => {
  it.each([
    ['courtesy-predue', { invoices: two }], ['reminder-first', { invoices: [late] }], ['reminder-first', { invoices: [late, ...two] }],
    ['recovery-negotiation', { invoices: [late], recoveryApproved: true }], ['courtesy-predue', { invoices: two, recoveryApproved: true }],
    ['reminder-first', { invoices: [late, { ...late, number: '1', disputed: true }] }],
    ['courtesy-predue', { invoices: [late, ...two, { number: 'NC', dueDate: '2026-12-31', cents: -130_000 }] }],
  ] as [string, SampleCase][])('takes %s', (id, sample) => {
    const chosen = chooseScript(standardPacks, sampleCase(sample).view, 'person');
    expect(chosen.ok && chosen.value.id).toBe(id);
  });

  it.each([[[]], [[{ ...late, disputed: true }]], [[late, { number: 'NC', dueDate: '2026-11-01', cents: -120_010 }]]])('says that nothing may be asked for: %j', (invoices) => {
    expect(chooseScript(standardPacks, sampleCase({ invoices }).view, 'person')).toMatchObject({ ok: false, error: { code: 'script-nothing-to-ask', messageKey: 'error.scriptNothingToAsk' } });
  });

  it('says that no script fits', () => {
    const forFirms = standardPacks.map((pack) => ({ ...pack, serves: { ...pack.serves, audience: ['company' as const] } }));
    for (const packs of [[], forFirms]) {
      expect(chooseScript(packs, sampleCase({ invoices: two }).view, 'person')).toMatchObject({
        ok: false, error: { code: 'script-missing', messageKey: 'error.scriptMissing', details: { tone: 'courtesy', kind: 'person', direction: 'outbound', role: 'holder', stage: 'first' } },
      });
    }
  });
});

describe('summariseClaim', () => {
  it.each([
    ['credit lowers the overdue part first', [late, ...two, { number: 'NC', dueDate: '2027-01-31', cents: -20_010 }], 100_000, 172_260],
    ['credit beyond it lowers the rest', [late, ...two, { number: 'NC', dueDate: '2026-01-31', cents: -130_010 }], 0, 162_260],
    ['due today is not overdue', [{ number: '1', dueDate: '2026-11-21', cents: 5_000 }], 0, 5_000],
    ['a disputed invoice is out', [late, { ...late, number: '2', disputed: true }], 120_010, 0],
    ['more credit than debt leaves nothing', [late, { number: 'NC', dueDate: '2026-01-31', cents: -500_000 }], 0, 0],
  ])('%s', (_what, invoices, overdueCents, upcomingCents) => {
    const { view } = sampleCase({ invoices });
    const claim = summariseClaim(view);
    expect(claim).toMatchObject({ overdueCents, upcomingCents, totalCents: overdueCents + upcomingCents });
    expect(claim.totalCents).toBe(view.claimableCents);
    expect([claim.overdue.length > 0, claim.upcoming.length > 0]).toEqual([overdueCents > 0, upcomingCents > 0]);
  });
});

describe('speakDate', () => {
  it.each([
    ['2026-11-27', 'venerdì 27 novembre', 'Friday 27 November'], ['2026-12-01', 'martedì primo dicembre', 'Tuesday 1 December'], ['2027-01-11', 'lunedì 11 gennaio', 'Monday 11 January'],
    ['2026-03-08', 'l\'8 marzo', '8 March'], ['2026-05-01', 'il primo maggio', '1 May'], ['2026-05-11', 'l\'11 maggio', '11 May'], ['2026-05-21', 'il 21 maggio', '21 May'],
    ['2013-04-30', 'il 30 aprile 2013', '30 April 2013'], ['2027-05-31', 'il 31 maggio 2027', '31 May 2027'],
  ] as const)('%s is "%s", "%s"', (date, italian, english) => {
    expect(speakDate(addDays(date as typeof sampleToday, 0), sampleToday, 'it')).toBe(italian);
    expect(speakDate(addDays(date as typeof sampleToday, 0), sampleToday, 'en')).toBe(english);
  });
});
