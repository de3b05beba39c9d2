import { describe, expect, it } from 'vitest';
import { checkScript, requiredObjections } from './check-script.ts';
import type { ScriptFinding } from './script-finding.ts';
import type { ScriptPack, ScriptParagraph, ScriptStep } from './script-pack.ts';
import { readScriptPack } from './script-pack.ts';

const text = (both: string): { it: string; en: string } => ({ it: both, en: both });
const say = (it: string, en = it): ScriptParagraph => ({ it, en });
type Answer = ScriptStep['answers'][number];
const to = (goTo: string | null): Answer => ({ label: text('Ok'), goTo });
const step = (id: string, paragraphs: ScriptParagraph[], answers: Answer[]): ScriptStep => ({ kind: 'say', id, title: text(id), say: paragraphs, answers });
const gate: ScriptStep = {
  kind: 'check', id: 'identity', title: text('Gate'), checks: 'identity', say: [say('Mi conferma il suo nome?', 'May I have your name?')],
  answers: [{ label: text('Sì'), goTo: 'reason', passes: true }, { label: text('No'), goTo: 'third-party' }],
};

/** The smallest sound script: opening, identity, reason or a neutral end. */
function soundPack(): ScriptPack {
  return {
    id: 'sample', version: '1.0.0', tone: 'reminder', audience: ['person', 'company'], start: 'opening',
    steps: [
      step('opening', [say('Buongiorno, sono {operatorName}.', 'Good morning, {operatorName} speaking.')], [to('identity')]),
      gate,
      step('reason', [say('Per conto di {creditorName}: {overdueAmountInWords}.', 'For {creditorName}: {overdueAmountInWords}.')], [to(null)]),
      step('third-party', [say('Grazie, richiamo io.', 'Thank you, I shall call back.')], [to(null)]),
    ],
    objections: requiredObjections.map((id) => ({ id, label: text(id), say: [say('La ascolto.', 'I am listening.')], returnTo: null })),
  };
}

function replaceStep(id: string, change: (old: ScriptStep) => ScriptStep): ScriptPack {
  const pack = soundPack();
  return { ...pack, steps: pack.steps.map((old) => (old.id === id ? change(old) : old)) };
}

const reasonSays = (...paragraphs: ScriptParagraph[]): ScriptPack => replaceStep('reason', (old) => ({ ...old, say: paragraphs }));
const openingSays = (it: string, en = 'Good morning.'): ScriptPack => replaceStep('opening', (old) => ({ ...old, say: [say(it, en)] }));
const withStep = (...added: ScriptStep[]): ScriptPack => ({ ...soundPack(), steps: [...soundPack().steps, ...added] });
const longSentence = `${'parola '.repeat(31)}fine.`;

describe('checkScript', () => {
  it('finds nothing in a sound script', () => {
    expect(checkScript(soundPack())).toEqual([]);
    expect(readScriptPack(soundPack()).ok).toBe(true);
  });

  const samples: [ScriptFinding['code'], string, ScriptPack][] = [
    ['unreachable-step', 'island', withStep(step('island', [say('Ciao.')], [to(null)]))],
    ['dead-end', 'third-party', replaceStep('third-party', (old) => ({ ...old, answers: [] }))],
    ['endless', 'reason', replaceStep('reason', (old) => ({ ...old, answers: [to('reason')] }))],
    ['unknown-step', 'reason', replaceStep('reason', (old) => ({ ...old, answers: [to('nowhere'), to(null)] }))],
    ['unknown-step', 'start', { ...soundPack(), start: 'nowhere' }],
    ['unknown-step', 'scam', { ...soundPack(), objections: soundPack().objections.map((entry) => ({ ...entry, returnTo: entry.id === 'scam' ? 'nowhere' : null })) }],
    ['duplicate-id', 'reason', withStep(step('reason', [say('Ciao.')], [to(null)]))],
    ['missing-objection', 'scam', { ...soundPack(), objections: soundPack().objections.filter((entry) => entry.id !== 'scam') }],
    ['breadcrumb-too-long', 'opening', {
      ...replaceStep('reason', (old) => ({ ...old, answers: [to('a')] })),
      steps: [
        ...replaceStep('reason', (old) => ({ ...old, answers: [to('a')] })).steps,
        ...['a', 'b', 'c', 'd'].map((id, index, all) => step(id, [say('Bene.')], [to(all[index + 1] ?? null)])),
      ],
    }],
    ['missing-translation', 'reason', reasonSays(say('Bene.', ''))],
    ['missing-translation', 'reason', replaceStep('reason', (old) => ({ ...old, title: { it: ' ', en: 'Reason' } }))],
    ['missing-translation', 'reason', replaceStep('reason', (old) => ({ ...old, do: { it: 'Aspetti.', en: '' } }))],
    ['missing-translation', 'scam', { ...soundPack(), objections: soundPack().objections.map((entry) => (entry.id === 'scam' ? { ...entry, label: { it: 'È una truffa?', en: '' } } : entry)) }],
    ['undeclared-variable', 'reason', reasonSays(say('Ecco {surprise}.'))],
    ['undeclared-variable', 'reason', reasonSays(say('Ecco {openAmount.'))],
    ['undeclared-variable', 'reason', replaceStep('reason', (old) => ({ ...old, do: text('Ecco {surprise}.') }))],
    ['variable-without-value', 'reason', reasonSays(say('Scade {nextDueDate}.'))],
    ['variable-without-value', 'reason', reasonSays(say('La {invoiceNumber}.'))],
    ['variable-without-value', 'reason', reasonSays({ when: ['no-promise-broken'], ...say('Aveva detto {promiseDueDate}.') }, say('Bene.'))],
    ['misplaced-variable', 'reason', replaceStep('reason', (old) => ({ ...old, title: text('{creditorName}') }))],
    ['silent-step', 'reason', reasonSays({ when: ['person'], ...say('Bene.') })],
    ['silent-step', 'reason', reasonSays({ each: 'upcoming', ...say('La {invoiceNumber}.') })],
    ['never-said', 'reason', reasonSays({ when: ['person', 'organisation'], ...say('Mai.') }, say('Bene.'))],
    ['title-too-long', 'reason', replaceStep('reason', (old) => ({ ...old, title: text('Un titolo troppo lungo') }))],
    ['unbalanced-emphasis', 'reason', reasonSays(say('Un **grassetto.'))],
    ['breathless', 'reason', reasonSays(say(longSentence))],
    ['threat', 'reason', reasonSays(say('Andremo per vie legali.', 'Fine.'))],
    ['threat', 'reason', reasonSays(say('Bene.', 'We shall see you in court.'))],
    ['upcoming-before-overdue', 'reason', reasonSays({ each: 'upcoming', ...say('La {invoiceNumber}.') }, say('Poi {overdueAmountInWords}.'))],
    ['upcoming-called-overdue', 'reason', reasonSays({ when: ['some-upcoming'], ...say('Scaduti {upcomingAmountInWords}.', 'Fine.') }, say('Bene.'))],
    ['upcoming-called-overdue', 'reason', reasonSays(say('Bene.'), { each: 'upcoming', ...say('Va bene.', 'Number {invoiceNumber} is overdue.') })],
    ['courtesy-called-overdue', 'reason', { ...reasonSays(say('La fattura è scaduta.', 'Fine.')), tone: 'courtesy' }],
    ['customer-called-debtor', 'reason', reasonSays(say('Lei è debitore.', 'Fine.'))],
  ];
  it.each(samples)('finds %s in "%s"', (code, where, pack) => {
    expect(checkScript(pack)).toContainEqual(expect.objectContaining({ code, where }));
  });
});

describe('what is said before the identity check is passed', () => {
  const told = (pack: ScriptPack): string[] => checkScript(pack).filter((finding) => finding.code === 'said-before-identity').map((finding) => `${finding.where} ${finding.detail}`);

  it.each([
    ['creditor', 'Per conto di {creditorName}.', 'opening it: {creditorName}'], ['amount', 'Sono {openAmountInWords}.', 'opening it: {openAmountInWords}'],
    ['number', 'La {oldestInvoiceNumber}.', 'opening it: {oldestInvoiceNumber}'], ['reason', 'È per una fattura.', 'opening it: fattura'],
    ['reason', 'È per un **pagamento** atteso.', 'opening it: pagamento'], ['reason', 'È una questione di euro.', 'opening it: euro'],
  ])('finds the %s in the opening: %s', (_what, sentence, finding) => {
    expect(told(openingSays(sentence))).toEqual([finding]);
  });

  it.each(['It is about an invoice.', 'It is about your overdue account.', 'You owe us something.', 'There is a payment missing.'])('finds the reason in English: %s', (sentence) => {
    expect(told(openingSays('Buongiorno.', sentence))).toHaveLength(1);
  });

  it('finds it where the check was failed', () => {
    expect(told(replaceStep('third-party', (old) => ({ ...old, say: [say('Dica che lo cerca {creditorName}.', 'Fine.')] })))).toEqual(['third-party it: {creditorName}']);
  });

  it('finds it where an answer of the check forgets to pass, or a step goes around the check', () => {
    expect(told(replaceStep('identity', () => ({ ...gate, answers: gate.answers.map(({ label, goTo }) => ({ label, goTo })) })))).not.toEqual([]);
    expect(told(replaceStep('opening', (old) => ({ ...old, answers: [to('identity'), to('reason')] })))).not.toEqual([]);
  });

  it('finds it on the longer of two ways to one step', () => {
    const shared = step('shared', [say('Per {creditorName}.', 'Fine.')], [to(null)]);
    const pack = withStep(shared);
    const both = { ...pack, steps: pack.steps.map((old) => (old.id === 'reason' || old.id === 'third-party' ? { ...old, answers: [to('shared')] } : old)) };
    expect(told(both)).toEqual(['shared it: {creditorName}']);
    const onlyBehind = { ...pack, steps: pack.steps.map((old) => (old.id === 'reason' ? { ...old, answers: [to('shared')] } : old)) };
    expect(told(onlyBehind)).toEqual([]);
  });

  it('finds it in an objection, and where an objection leads', () => {
    const pack = soundPack();
    const change = (part: Partial<ScriptPack['objections'][number]>): ScriptPack => ({ ...pack, objections: pack.objections.map((entry) => (entry.id === 'scam' ? { ...entry, ...part } : entry)) });
    expect(told(change({ say: [say('Chiami {creditorName}.', 'Fine.')] }))).toEqual(['scam it: {creditorName}']);
    expect(told(change({ returnTo: 'reason' }))).not.toEqual([]);
    expect(told(change({ returnTo: 'third-party' }))).toEqual([]);
  });
});

describe('readScriptPack', () => {
  it.each([
    ['an unknown field', { ...soundPack(), colour: 'red' }], ['a language missing', { ...soundPack(), objections: [{ id: 'scam', label: { it: 'Sì' }, say: [], returnTo: null }] }],
    ['an unknown kind of step', { ...soundPack(), steps: [{ ...gate, kind: 'sing' }] }], ['an unknown code', { ...soundPack(), steps: [step('a', [], [{ ...to(null), suggestCode: 'XYZ' } as unknown as Answer])] }], ['no object', 'text'],
  ])('refuses %s', (_what, content) => {
    const read = readScriptPack(content);
    expect(read).toMatchObject({ ok: false, error: { code: 'script-unreadable' } });
  });
});
