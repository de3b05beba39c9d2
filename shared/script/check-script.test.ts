import { describe, expect, it } from 'vitest';
import { claimObjections } from './check-paths.ts';
import { checkScript, requiredObjections } from './check-script.ts';
import { negotiationPack } from './sample-pack.ts';
import type { ScriptFinding } from './script-finding.ts';
import type { ScriptPack, ScriptParagraph, ScriptStep } from './script-pack.ts';
import { readScriptPack } from './script-pack.ts';

const text = (both: string): { it: string; en: string } => ({ it: both, en: both });
const say = (it: string, en = it): ScriptParagraph => ({ it, en });
type SayStep = Extract<ScriptStep, { kind: 'say' }>;
type Answer = SayStep['answers'][number];
let answers = 0;
const to = (goTo: string | null, more: Partial<Answer> = {}): Answer => ({ id: `answer-${String((answers += 1))}`, label: text('Ok'), goTo, ...more });
const step = (id: string, paragraphs: ScriptParagraph[], leads: Answer[]): SayStep => ({ kind: 'say', id, title: text(id.slice(0, 14)), say: paragraphs, answers: leads });
const gate: Extract<ScriptStep, { checks: 'identity' }> = {
  kind: 'check', checks: 'identity', id: 'identity', title: text('Gate'), say: [say('Mi conferma il suo nome?', 'May I have your name?')],
  answers: [
    { id: 'yes', label: text('Sì'), goTo: 'reason', result: 'confirmed' }, { id: 'no', label: text('No'), goTo: 'third-party', result: 'refused' },
    { id: 'other', label: text('Altri'), goTo: 'third-party', result: 'third-party' }, { id: 'child', label: text('Minore'), goTo: 'third-party', result: 'minor' },
  ],
};

/** The smallest sound script: opening, identity, reason or a neutral end. */
function soundPack(): ScriptPack {
  return {
    format: 2, id: 'sample', version: '1.0.0', title: text('Sample'), includes: [], start: 'opening', disclosures: [],
    serves: { tone: 'reminder', audience: ['person', 'company'], direction: 'outbound', role: 'holder', stage: 'any' },
    steps: [
      step('opening', [say('Buongiorno, sono {operatorName}.', 'Good morning, {operatorName} speaking.')], [to('identity')]),
      gate,
      step('reason', [say('Per conto di {creditorName}: {overdueAmountInWords}.', 'For {creditorName}: {overdueAmountInWords}.')], [to(null)]),
      step('third-party', [say('Grazie, richiamo io.', 'Thank you, I shall call back.')], [to(null)]),
    ],
    objections: requiredObjections.map((id) => ({ id, label: text(id), ...(claimObjections.includes(id) && { behindIdentity: true }), say: [say('La ascolto.', 'I am listening.')], answers: [{ id: 'go-on', label: text('Ok'), goTo: 'return' }] })),
  };
}

function replaceStep(id: string, change: (old: SayStep) => ScriptStep): ScriptPack {
  const pack = soundPack();
  return { ...pack, steps: pack.steps.map((old) => (old.id === id ? change(old as SayStep) : old)) };
}

const replaceObjection = (id: string, part: Partial<ScriptPack['objections'][number]>): ScriptPack => {
  const pack = soundPack();
  return { ...pack, objections: pack.objections.map((entry) => (entry.id === id ? { ...entry, ...part } : entry)) };
};

const reasonSays = (...paragraphs: ScriptParagraph[]): ScriptPack => replaceStep('reason', (old) => ({ ...old, say: paragraphs }));
const openingSays = (it: string, en = 'Good morning.'): ScriptPack => replaceStep('opening', (old) => ({ ...old, say: [say(it, en)] }));
const withStep = (...added: ScriptStep[]): ScriptPack => ({ ...soundPack(), steps: [...soundPack().steps, ...added] });
type CaptureField = Extract<ScriptStep, { kind: 'capture' }>['fields'][number];
const spoilt = (...changes: ((pack: ScriptPack) => void)[]): ScriptPack => {
  const pack = negotiationPack();
  for (const change of changes) change(pack);
  return pack;
};
const goAround = (steps: ScriptStep[], id: string, to: string): void => {
  for (const entry of steps) if (entry.kind !== 'go') for (const answer of entry.answers) if (answer.goTo === id) answer.goTo = to;
};
const suggest = (pack: ScriptPack, id: string): void => {
  for (const entry of pack.steps) if (entry.id === id && entry.kind !== 'go') for (const answer of entry.answers) answer.suggestCode = 'PTP';
};
const sayAt = (pack: ScriptPack, id: string, paragraph: ScriptParagraph): void => {
  for (const entry of pack.steps) if (entry.id === id && entry.kind !== 'go') entry.say.push(paragraph);
};
const fieldOf = (pack: ScriptPack, id: string): CaptureField => {
  const field = pack.steps.flatMap((entry) => (entry.kind === 'capture' ? entry.fields : [])).find((entry) => entry.id === id);
  if (field === undefined) throw new Error(id);
  return field;
};
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
    ['unknown-step', 'scam', replaceObjection('scam', { answers: [to('nowhere')] })],
    ['dead-end', 'scam', replaceObjection('scam', { answers: [] })],
    ['identity-answer-missing', 'identity', replaceStep('identity', () => ({ ...gate, answers: gate.answers.filter(({ id }) => id !== 'child') }))],
    ['identity-answer-doubled', 'identity', replaceStep('identity', () => ({ ...gate, answers: [...gate.answers, { id: 'also', label: text('Sì'), goTo: 'reason', result: 'confirmed' }] }))],
    ['no-identity-check', 'opening', replaceStep('opening', (old) => ({ ...old, answers: [to('third-party')] }))],
    ['agreement-before-identity', 'opening', replaceStep('opening', (old) => ({ ...old, answers: [to('identity', { suggestCode: 'PTP' })] }))],
    ['duplicate-answer', 'opening', replaceStep('opening', (old) => ({ ...old, answers: [to('identity', { id: 'a' }), to('identity', { id: 'a' })] }))],
    ['skippable-disclosure', 'recap', spoilt(({ steps }) => { goAround(steps, 'notice', 'reason'); }, (pack) => { suggest(pack, 'recap'); })],
    ['disclosure-never-read', 'disclosures', spoilt((pack) => { pack.disclosures.push({ id: 'other', title: text('Altro') }); })],
    ['unknown-disclosure', 'notice', spoilt((pack) => { pack.disclosures = []; })],
    ['restricted-without-consent', 'care', spoilt(({ steps }) => { goAround(steps, 'consent', 'care'); })],
    ['restricted-misplaced', 'care', spoilt((pack) => { fieldOf(pack, 'need').restricted = false; })],
    ['restricted-said', 'recap', spoilt((pack) => { sayAt(pack, 'recap', say('Serve {captured.need}.')); })],
    ['duplicate-field', 'promise', spoilt((pack) => { fieldOf(pack, 'day').id = 'amount'; })],
    ['fills-unknown', 'promise', spoilt((pack) => { fieldOf(pack, 'day').fills = 'planShown'; })],
    ['fills-wrong-type', 'promise', spoilt((pack) => { fieldOf(pack, 'day').fills = 'amountText'; })],
    ['choices-missing', 'promise', spoilt((pack) => { fieldOf(pack, 'method').choices = []; })],
    ['variable-without-value', 'recap', spoilt((pack) => { fieldOf(pack, 'day').required = false; })],
    ['no-route', 'by-amount', spoilt(({ steps }) => { for (const entry of steps) if (entry.kind === 'go') entry.routes.pop(); })],
    ['offer-without-answer', 'offer', withStep({ kind: 'offer', id: 'offer', title: text('Offerta'), say: [say('Va bene?')], actions: ['plan'], answers: [to(null, { suggestCode: 'PTP' })] })],
    ['condition-unreadable', 'reason', reasonSays({ when: 'overdueCount >', ...say('Bene.') }, say('Bene.'))],
    ['condition-unknown-variable', 'reason', reasonSays({ when: 'weather == 1', ...say('Bene.') }, say('Bene.'))],
    ['condition-unknown-variable', 'reason', reasonSays({ when: 'answers.nowhere == \'x\'', ...say('Bene.') }, say('Bene.'))],
    ['condition-wrong-type', 'reason', reasonSays({ when: 'overdueCount == \'x\'', ...say('Bene.') }, say('Bene.'))],
    ['condition-wrong-type', 'reason', reasonSays({ when: 'audience', ...say('Bene.') }, say('Bene.'))],
    ['condition-wrong-type', 'recap', spoilt((pack) => { sayAt(pack, 'recap', { when: 'captured.amount > \'x\'', ...say('Bene.') }); })],
    ['condition-not-allowed', 'reason', reasonSays({ when: 'overdueCount > upcomingCount', ...say('Bene.') }, say('Bene.'))],
    ['condition-not-allowed', 'reason', reasonSays({ when: 'audience.matches(\'.*\')', ...say('Bene.') }, say('Bene.'))],
    ['condition-unknown-value', 'reason', reasonSays({ when: 'audience != \'cat\'', ...say('Bene.') }, say('Bene.'))],
    ['not-resolved', 'start', { ...soundPack(), includes: ['minor'] }],
    ['said-before-identity', 'opening', replaceStep('opening', (old) => ({ ...old, do: { it: 'Per {creditorName}.', en: 'Fine.' } }))],
    ['duplicate-id', 'reason', withStep(step('reason', [say('Ciao.')], [to(null)]))],
    ['missing-objection', 'scam', { ...soundPack(), objections: soundPack().objections.filter((entry) => entry.id !== 'scam') }],
    ['breadcrumb-too-long', 'opening', {
      ...replaceStep('reason', (old) => ({ ...old, answers: [to('a')] })),
      steps: [
        ...replaceStep('reason', (old) => ({ ...old, answers: [to('a')] })).steps,
        ...['a', 'b', 'c', 'd', 'e', 'f'].map((id, index, all) => step(id, [say('Bene.')], [to(all[index + 1] ?? null)])),
      ],
    }],
    ['missing-translation', 'reason', reasonSays(say('Bene.', ''))],
    ['missing-translation', 'reason', replaceStep('reason', (old) => ({ ...old, title: { it: ' ', en: 'Reason' } }))],
    ['missing-translation', 'reason', replaceStep('reason', (old) => ({ ...old, do: { it: 'Aspetti.', en: '' } }))],
    ['missing-translation', 'scam', replaceObjection('scam', { label: { it: 'È una truffa?', en: '' } })],
    ['undeclared-variable', 'reason', reasonSays(say('Ecco {surprise}.'))],
    ['undeclared-variable', 'reason', reasonSays(say('Ecco {openAmount.'))],
    ['undeclared-variable', 'reason', replaceStep('reason', (old) => ({ ...old, do: text('Ecco {surprise}.') }))],
    ['variable-without-value', 'reason', reasonSays(say('Scade {nextDueDate}.'))],
    ['variable-without-value', 'reason', reasonSays(say('La {invoiceNumber}.'))],
    ['variable-without-value', 'reason', reasonSays({ when: '!promiseBroken', ...say('Aveva detto {promiseDueDate}.') }, say('Bene.'))],
    ['misplaced-variable', 'reason', replaceStep('reason', (old) => ({ ...old, title: text('{creditorName}') }))],
    ['silent-step', 'reason', reasonSays({ when: "audience == 'person'", ...say('Bene.') })],
    ['silent-step', 'reason', reasonSays({ each: 'upcoming', ...say('La {invoiceNumber}.') })],
    ['condition-never-true', 'reason', reasonSays({ when: "audience == 'person' && audience == 'organisation'", ...say('Mai.') }, say('Bene.'))],
    ['condition-never-true', 'reason', reasonSays({ when: 'overdueCount == 3 && overdueCount > 3', ...say('Mai.') }, say('Bene.'))],
    ['title-too-long', 'reason', replaceStep('reason', (old) => ({ ...old, title: text('Un titolo troppo lungo') }))],
    ['unbalanced-emphasis', 'reason', reasonSays(say('Un **grassetto.'))],
    ['breathless', 'reason', reasonSays(say(longSentence))],
    ['threat', 'reason', reasonSays(say('Andremo per vie legali.', 'Fine.'))],
    ['threat', 'reason', reasonSays(say('Bene.', 'We shall see you in court.'))],
    ['upcoming-before-overdue', 'reason', reasonSays({ each: 'upcoming', ...say('La {invoiceNumber}.') }, say('Poi {overdueAmountInWords}.'))],
    ['upcoming-called-overdue', 'reason', reasonSays({ when: 'upcomingCount > 0', ...say('Scaduti {upcomingAmountInWords}.', 'Fine.') }, say('Bene.'))],
    ['upcoming-called-overdue', 'reason', reasonSays(say('Bene.'), { each: 'upcoming', ...say('Va bene.', 'Number {invoiceNumber} is overdue.') })],
    ['courtesy-called-overdue', 'reason', { ...reasonSays(say('La fattura è scaduta.', 'Fine.')), serves: { ...soundPack().serves, tone: 'courtesy' } }],
    ['customer-called-debtor', 'reason', reasonSays(say('Lei è debitore.', 'Fine.'))],
  ];
  it.each(samples)('finds %s in "%s"', (code, where, pack) => {
    expect(checkScript(pack)).toContainEqual(expect.objectContaining({ code, where }));
  });
});

describe('a script with more ways than anybody can oversee', () => {
  /** Sixteen questions of two answers, and texts that ask for each of them. */
  const many = Array.from({ length: 16 }, (_, place) => `q${String(place)}`);
  const asks = many.map((id, place) => step(id, [say('Bene.')], ['yes', 'no'].map((answer) => to(many[place + 1] ?? 'last', { id: answer }))));
  const last = step('last', [say('Bene.'), ...many.map((id) => ({ when: `answers.${id} == 'yes'`, ...say('Bene.') }))], [to(null)]);
  const reason = (pack: ScriptPack): ScriptPack => ({ ...pack, steps: pack.steps.map((old) => (old.id === 'reason' ? { ...(old as SayStep), answers: [to('q0')] } : old)) });
  const codes = (pack: ScriptPack): string[] => checkScript(pack).map(({ code }) => code);

  it('is told to be too complex, and of nothing that only was not looked at', () => {
    expect(codes(reason(withStep(...asks, last)))).toEqual(['breadcrumb-too-long', 'too-complex']);
  });

  it('is told all the same what was seen to be wrong', () => {
    const early = reason(withStep(...asks, last));
    early.steps = early.steps.map((old) => (old.id === 'opening' ? { ...(old as SayStep), say: [say('Per conto di {creditorName}.', 'Good morning.')] } : old));
    expect(codes(early)).toContain('said-before-identity');
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

  it('finds it where an answer of the check passes wrongly, or a step goes around the check', () => {
    const loose = gate.answers.map((answer) => (answer.id === 'yes' ? { ...answer, result: 'not-now' as const } : answer));
    expect(told(replaceStep('identity', () => ({ ...gate, answers: loose })))).not.toEqual([]);
    expect(told(replaceStep('opening', (old) => ({ ...old, answers: [to('identity'), to('reason')] })))).not.toEqual([]);
  });

  it('finds it where the gate closed again', () => {
    const back = replaceStep('reason', (old) => ({ ...old, answers: [to('handed-over', { result: 'third-party' }), to(null)] }));
    expect(told({ ...back, steps: [...back.steps, step('handed-over', [say('Dica che chiama {creditorName}.', 'Fine.')], [to(null)])] })).toEqual(['handed-over it: {creditorName}']);
  });

  it('finds it on the longer of two ways to one step', () => {
    const shared = step('shared', [say('Per {creditorName}.', 'Fine.')], [to(null)]);
    const pack = withStep(shared);
    const both = { ...pack, steps: pack.steps.map((old) => (old.id === 'reason' || old.id === 'third-party' ? { ...(old as SayStep), answers: [to('shared')] } : old)) };
    expect(told(both)).toEqual(['shared it: {creditorName}']);
    const onlyBehind = { ...pack, steps: pack.steps.map((old) => (old.id === 'reason' ? { ...(old as SayStep), answers: [to('shared')] } : old)) };
    expect(told(onlyBehind)).toEqual([]);
  });

  it('finds it in an objection, and where an objection leads', () => {
    expect(told(replaceObjection('scam', { say: [say('Chiami {creditorName}.', 'Fine.')] }))).toEqual(['scam it: {creditorName}']);
    expect(told(replaceObjection('scam', { answers: [to('reason')] }))).not.toEqual([]);
    expect(told(replaceObjection('scam', { answers: [to('third-party')] }))).toEqual([]);
  });

  it('finds it in the name of an objection, which stands on the screen from the beginning', () => {
    expect(told(replaceObjection('scam', { label: { it: 'Ho già saldato', en: 'Fine' } }))).toEqual(['scam it: saldato']);
    expect(told(replaceObjection('scam', { label: { it: 'Ho già saldato', en: 'Fine' }, behindIdentity: true }))).toEqual([]);
    // These speak of the claim in whatever words.
    expect(told(replaceObjection('never-received', { behindIdentity: false }))).toEqual(['never-received never-received']);
  });

  it('lets anyone hear the printed number, where there surely is one', () => {
    const says = (when?: string): ScriptPack => replaceObjection('scam', { say: [say('La ascolto.', 'I am listening.'), { ...(when === undefined ? {} : { when }), it: 'È {printedNumber}.', en: 'It is {printedNumber}.' }] });
    expect(checkScript(says('hasPrintedNumber'))).toEqual([]);
    expect(checkScript(says()).map(({ code, where }) => [code, where])).toEqual([['variable-without-value', 'scam'], ['variable-without-value', 'scam']]);
  });
});

describe('readScriptPack', () => {
  it.each([
    ['an unknown field', { ...soundPack(), colour: 'red' }], ['a language missing', { ...soundPack(), objections: [{ id: 'scam', label: { it: 'Sì' }, say: [], answers: [] }] }],
    ['format 1', { ...soundPack(), format: 1 }], ['“return” as a step', { ...soundPack(), steps: [step('return', [], [to(null)])] }], ['an unknown kind of step', { ...soundPack(), steps: [{ ...gate, kind: 'sing' }] }], ['an unknown code', { ...soundPack(), steps: [step('a', [], [{ ...to(null), suggestCode: 'XYZ' } as unknown as Answer])] }], ['no object', 'text'],
  ])('refuses %s', (_what, content) => {
    const read = readScriptPack(content);
    expect(read).toMatchObject({ ok: false, error: { code: 'script-unreadable' } });
  });
});
