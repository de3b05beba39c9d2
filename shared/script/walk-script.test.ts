import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WalkScreen } from '../contract/conduct-channels.ts';
import { checkScript } from './check-script.ts';
import { sampleCase, sampleToday } from './sample-case.ts';
import type { SampleCase } from './sample-case.ts';
import type { ScriptPack } from './script-pack.ts';
import { scriptPackSchema } from './script-pack.ts';
import { negotiationPack } from './sample-pack.ts';
import { standardPacks } from './standard-packs.ts';
import { scriptFollowed, supportNeedOf } from './walk-facts.ts';
import { walkScreen } from './walk-screen.ts';
import { answerStep, changeLocale, checkIdentity, goBack, meetObjection, previewWalk, resumeWalk, startWalk, typeIntoStep } from './walk-script.ts';
import type { WalkContext } from './walk-script.ts';
import type { WalkState } from './walk-state.ts';
import { readWalkState } from './walk-state.ts';
import { instantOf } from '../time.ts';

const late = { number: '4102', dueDate: '2026-10-30', cents: 120_010 };
const nowMs = instantOf(sampleToday, '10:00', 'Europe/Rome');

function contextOf(sample: SampleCase): WalkContext {
  const { entity, view } = sampleCase(sample);
  return { entity, view, operatorName: 'Anna Bianchi', agencyName: 'Studio Premura' };
}

const context = contextOf({ invoices: [late] });
const pack = negotiationPack();

function unwrap<Value>(result: { ok: true; value: Value } | { ok: false; error: { code: string } }): Value {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

/** A walk at a step, by its answers; `identity:confirmed` goes through the gate. */
function walked(...answers: (string | [string, Record<string, string>])[]): WalkState {
  return answers.reduce((state: WalkState, given) => {
    const [answerId, values] = typeof given === 'string' ? [given, {}] : given;
    if (answerId === 'confirmed') return checkIdentity(pack, state, 'confirmed', context, nowMs);
    return unwrap(answerStep(pack, state, { stepId: state.objectionId ?? state.stepId ?? '', answerId, values }, context, nowMs));
  }, startWalk(pack, context, 'it', nowMs));
}

const screen = (state: WalkState): WalkScreen => walkScreen(pack, state, context);
const plain = (texts: readonly string[]): string => texts.join(' ').replace(/[\u00a0\u202f]/g, ' ');

describe('the script of these tests', () => {
  it('passes the checker', () => {
    expect(checkScript(pack)).toEqual([]);
  });
});

describe('answerStep', () => {
  it('leads from step to step, and says only what stands now', () => {
    const opening = screen(startWalk(pack, context, 'it', nowMs));
    expect(opening.step).toMatchObject({ stepId: 'opening', kind: 'ask', say: ['Buongiorno, sono Anna Bianchi.'] });
    expect(JSON.stringify(opening)).not.toMatch(/Acque|euro|1\.200/);
    expect(opening.canGoBack).toBe(false);
    const identity = screen(walked('right-person'));
    expect(identity).toMatchObject({ step: { stepId: 'identity', kind: 'identity' }, trail: [{ stepId: 'opening', title: 'Apertura' }], canGoBack: true });
    expect(plain(screen(walked('right-person', 'confirmed', 'read')).step?.say ?? [])).toBe('Per conto di Acque del Sele: milleduecento euro e dieci.');
  });

  it('refuses an answer to a step that is not shown, and one that is not there', () => {
    const state = walked('right-person');
    const answer = (stepId: string, answerId: string): unknown => answerStep(pack, state, { stepId, answerId, values: {} }, context, nowMs);
    expect(answer('opening', 'right-person')).toMatchObject({ ok: false, error: { code: 'script-step-moved' } });
    expect(answer('identity', 'right-person')).toMatchObject({ ok: false, error: { code: 'script-answer-unknown' } });
    expect(answer('identity', 'yes')).toMatchObject({ ok: false, error: { code: 'script-identity-by-gate' } });
    const ended = walked(['other', {}], 'goodbye');
    expect(ended.stepId).toBeNull();
    expect(answerStep(pack, ended, { stepId: 'third-party', answerId: 'goodbye', values: {} }, context, nowMs)).toMatchObject({ ok: false, error: { code: 'script-step-moved' } });
  });

  it('hides an answer whose condition does not hold', () => {
    const answersOf = (sample: SampleCase): string[] => {
      const other = contextOf(sample);
      let state = startWalk(pack, other, 'it', nowMs);
      state = unwrap(answerStep(pack, state, { stepId: 'opening', answerId: 'right-person', values: {} }, other, nowMs));
      state = checkIdentity(pack, state, 'confirmed', other, nowMs);
      state = unwrap(answerStep(pack, state, { stepId: 'notice', answerId: 'read', values: {} }, other, nowMs));
      return walkScreen(pack, state, other).step?.answers.map((answer) => answer.answerId) ?? [];
    };
    expect(answersOf({ invoices: [late] })).not.toContain('list');
    expect(answersOf({ invoices: [late, { ...late, number: '2' }] })).toContain('list');
  });

  it('reads what was typed, fills the outcome form with it and says it back', () => {
    const state = walked('right-person', 'confirmed', 'read', 'pays', ['agreed', { amount: '1.000,50', day: '+3', method: 'bank-transfer' }]);
    expect(screen(state)).toMatchObject({ suggestCode: 'PTP', fills: { amountText: '1000,50', dateText: '24/11/2026', method: 'bank-transfer' } });
    expect(plain(screen(state).step?.say ?? [])).toBe('Riepilogo: mille euro e cinquanta entro martedì 24 novembre.');
    expect(scriptFollowed(pack, state).captured).toEqual({ amount: 100_050, day: '2026-11-24', method: 'bank-transfer' });
  });

  it.each([
    ['amount', 'boh', 'money-not-understood'], ['amount', '0', 'amount-zero'], ['amount', '', 'script-field-missing'], ['day', '31/02', 'date-unreadable'],
    ['method', 'seashells', 'choice-unknown'],
  ])('refuses %s "%s" beside its field', (fieldId, text, code) => {
    const state = walked('right-person', 'confirmed', 'read', 'pays');
    const values = { amount: '10', day: '+3', method: 'cash', [fieldId]: text };
    expect(answerStep(pack, state, { stepId: 'promise', answerId: 'agreed', values }, context, nowMs)).toMatchObject({ ok: false, error: { code, details: { fieldId } } });
  });

  it('asks for no field where the answer leaves without them, and for none that the step does not have', () => {
    const state = walked('right-person', 'confirmed', 'read', 'pays');
    expect(scriptFollowed(pack, unwrap(answerStep(pack, state, { stepId: 'promise', answerId: 'no-day', values: { amount: '50' } }, context, nowMs))).captured).toEqual({});
    expect(answerStep(pack, state, { stepId: 'promise', answerId: 'agreed', values: { amount: '1', day: '+1', colour: 'red' } }, context, nowMs)).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  });

  it('takes the route that holds', () => {
    const at = (amount: string): string | null => walked('right-person', 'confirmed', 'read', 'pays', ['agreed', { amount, day: '+3' }]).stepId;
    expect([at('49,99'), at('50'), at('5.000')]).toEqual(['small', 'recap', 'recap']);
  });
});

describe('checkIdentity', () => {
  it('answers the identity step, and elsewhere only opens or closes the gate', () => {
    expect(walked('right-person', 'confirmed')).toMatchObject({ stepId: 'notice', gate: 'confirmed' });
    expect(checkIdentity(pack, walked(), 'confirmed', context, nowMs)).toMatchObject({ stepId: 'opening', gate: 'confirmed', path: [] });
    expect(checkIdentity(pack, walked('right-person'), 'minor', context, nowMs)).toMatchObject({ stepId: 'third-party', gate: 'minor' });
    expect(checkIdentity(pack, walked('right-person', 'confirmed'), 'third-party', context, nowMs)).toMatchObject({ stepId: 'notice', gate: 'third-party' });
  });

  it('is closed by an answer that hands the telephone over; what was told stays away from the page', () => {
    const before = walked('right-person', 'confirmed', 'read', 'pays', ['agreed', { amount: '1.000,50', day: '+3' }], 'handed-over');
    expect(before).toMatchObject({ gate: 'third-party', stepId: 'third-party' });
    expect(screen(before).fills).toEqual({});
    expect(JSON.stringify(screen(before))).not.toMatch(/Acque|1000|mille/);
  });

  it('throws rather than say something private while the gate is closed, whatever the checker let through', () => {
    const reckless: ScriptPack = { ...pack, steps: pack.steps.map((step) => (step.id === 'opening' && step.kind === 'ask' ? { ...step, say: [{ it: 'Per {creditorName}.', en: 'For {creditorName}.' }] } : step)) };
    const state = startWalk(reckless, context, 'it', nowMs);
    expect(() => walkScreen(reckless, state, context)).toThrow(/creditorName/);
    expect(() => walkScreen(pack, { ...walked('right-person', 'confirmed', 'read'), gate: 'unconfirmed' }, context)).toThrow(/creditorName/);
    const each: ScriptPack = { ...reckless, steps: reckless.steps.map((step) => (step.id === 'opening' && step.kind === 'ask' ? { ...step, say: [{ each: 'overdue', it: '{invoiceNumber}', en: '{invoiceNumber}' }] } : step)) };
    expect(() => walkScreen(each, state, context)).toThrow(/invoiceNumber/);
  });

  it('says the name of the customer to a guarantor only behind the gate', () => {
    const call = { direction: 'outbound', partyRole: 'guarantor', stage: 'first' } as const;
    const toGuarantor: ScriptPack = { ...pack, steps: pack.steps.map((step) => (step.id === 'opening' && step.kind === 'ask' ? { ...step, say: [{ it: 'Parlo con {partyName}?', en: '{partyName}?' }] } : step)) };
    const told = walkScreen(toGuarantor, startWalk(toGuarantor, { ...context, call }, 'it', nowMs), { ...context, call, partyName: 'Neri Ugo' });
    expect(told.step?.say).toEqual(['Parlo con Neri Ugo?']);
    const named: ScriptPack = { ...toGuarantor, steps: toGuarantor.steps.map((step) => (step.id === 'opening' && step.kind === 'ask' ? { ...step, say: [{ it: '{customerName}', en: '{customerName}' }] } : step)) };
    expect(() => walkScreen(named, startWalk(named, context, 'it', nowMs), { ...context, call })).toThrow(/customerName/);
  });
});

describe('meetObjection', () => {
  it('shows the objection and returns to where the call was', () => {
    const met = unwrap(meetObjection(pack, walked('right-person'), 'scam', nowMs));
    expect(screen(met).step).toMatchObject({ stepId: 'scam', kind: 'objection', answers: [{ answerId: 'go-on' }, { answerId: 'hangs-up', ends: true, suggestCode: 'IDR' }] });
    const back = unwrap(answerStep(pack, met, { stepId: 'scam', answerId: 'go-on', values: {} }, context, nowMs));
    expect(back).toMatchObject({ stepId: 'identity', objectionId: null });
    expect(scriptFollowed(pack, back).objections).toEqual([{ objectionId: 'scam', at: nowMs }]);
  });

  it('leads on, is replaced by another, and is refused where unknown', () => {
    const met = unwrap(meetObjection(pack, walked(), 'scam', nowMs));
    expect(answerStep(pack, met, { stepId: 'opening', answerId: 'right-person', values: {} }, context, nowMs)).toMatchObject({ ok: false, error: { code: 'script-step-moved' } });
    expect(unwrap(meetObjection(pack, met, 'not-me', nowMs))).toMatchObject({ objectionId: 'not-me', stepId: 'opening' });
    expect(unwrap(answerStep(pack, met, { stepId: 'scam', answerId: 'hangs-up', values: {} }, context, nowMs))).toMatchObject({ stepId: null, objectionId: null });
    expect(meetObjection(pack, met, 'weather', nowMs)).toMatchObject({ ok: false, error: { code: 'script-objection-unknown' } });
  });

  it('names what speaks of the claim only behind the gate, each at its place all along, and closes it when the gate does', () => {
    const offered = (state: WalkState): [string, number][] => screen(state).objections.map(({ objectionId, place }) => [objectionId, place]);
    const [before, behind] = [walked('right-person'), walked('right-person', 'confirmed', 'read')];
    expect(offered(before).map(([id]) => id)).toEqual(['not-me', 'scam', 'who-gave-number', 'called-today', 'lawyer', 'stop-calling']);
    expect(offered(behind)).toHaveLength(pack.objections.length);
    expect(offered(behind)).toEqual(expect.arrayContaining(offered(before)));
    expect(JSON.stringify(screen(before))).not.toContain('cannot-pay');
    expect(meetObjection(pack, before, 'cannot-pay', nowMs)).toMatchObject({ ok: false, error: { code: 'script-objection-early' } });
    const met = unwrap(meetObjection(pack, behind, 'cannot-pay', nowMs));
    expect(checkIdentity(pack, met, 'third-party', context, nowMs)).toMatchObject({ objectionId: null, stepId: behind.stepId, gate: 'third-party' });
    expect(checkIdentity(pack, unwrap(meetObjection(pack, behind, 'scam', nowMs)), 'third-party', context, nowMs)).toMatchObject({ objectionId: 'scam' });
  });

  it.each(standardPacks.map((own) => [own.id, own] as const))('%s reads out the printed number where there is one, to anyone who does not trust the call', (_id, own) => {
    for (const printedNumber of [null, '0971 555 0140']) {
      const [overdue, upcoming] = [{ invoices: [late] }, { invoices: [{ ...late, dueDate: '2026-12-30' }] }];
      const call = { direction: own.serves.direction, partyRole: own.serves.role, stage: 'first' as const };
      const asked = { ...contextOf(own.serves.tone === 'courtesy' ? upcoming : overdue), call, printedNumber };
      const said = walkScreen(own, unwrap(meetObjection(own, startWalk(own, asked, 'it', nowMs), 'scam', nowMs)), asked).step?.say ?? [];
      expect(said.filter((text) => text.includes('0971 555 0140'))).toHaveLength(printedNumber === null ? 0 : 1);
      expect(said.join(' ')).not.toMatch(/Acque|null|undefined/);
    }
  });
});

describe('goBack', () => {
  it('takes back what the answer brought about, and not who it is', () => {
    const promised = walked('right-person', 'confirmed', 'read', 'pays', ['agreed', { amount: '60', day: '+3' }]);
    const back = unwrap(goBack(promised));
    expect(back).toMatchObject({ stepId: 'promise', gate: 'confirmed' });
    expect(screen(back)).toMatchObject({ suggestCode: null, fills: {} });
    const unread = unwrap(goBack(walked('right-person', 'confirmed', 'read')));
    expect(scriptFollowed(pack, unread).disclosures).toEqual([]);
    expect(unwrap(goBack(walked('right-person', 'confirmed')))).toMatchObject({ stepId: 'identity', gate: 'confirmed' });
    expect(goBack(walked())).toMatchObject({ ok: false, error: { code: 'script-at-start' } });
  });

  it('closes an objection opened by mistake, and returns into one that led on', () => {
    const met = unwrap(meetObjection(pack, walked('right-person'), 'not-me', nowMs));
    expect(unwrap(goBack(met))).toEqual(walked('right-person'));
    const led = unwrap(answerStep(pack, met, { stepId: 'not-me', answerId: 'other', values: {} }, context, nowMs));
    expect(led).toMatchObject({ stepId: 'third-party', gate: 'third-party' });
    expect(unwrap(goBack(led))).toMatchObject({ stepId: 'identity', objectionId: 'not-me' });
  });
});

describe('locale, facts and resuming', () => {
  it('changes the language in the middle of the call, also of what was typed', () => {
    const state = changeLocale(walked('right-person', 'confirmed', 'read', 'pays', ['agreed', { amount: '1.722', day: '24/11' }]), 'en');
    expect(plain(screen(state).step?.say ?? [])).toBe('To sum up: one thousand seven hundred and twenty-two euros by Tuesday 24 November.');
    expect(screen(state)).toMatchObject({ locale: 'en', fills: { amountText: '1722.00', dateText: '2026-11-24' } });
  });

  it('keeps the way, the disclosures and the values for the fact, and needs only with consent', () => {
    const state = walked('right-person', 'confirmed', 'read', 'asks-care', 'agrees', ['noted', { need: 'large-print', reviewOn: '1/3/2027' }]);
    expect(supportNeedOf(pack, state)).toEqual({ consent: 'given', needs: ['large-print'], reviewOn: '2027-03-01' });
    const fact = scriptFollowed(pack, state);
    expect(fact).toMatchObject({ packId: 'negotiation', packVersion: '1.0.0', locale: 'it', disclosures: [{ disclosureId: 'notice' }], captured: {} });
    expect(fact.path.map(({ stepId, answerId }) => `${stepId}:${String(answerId)}`)).toEqual([
      'opening:right-person', 'identity:yes', 'notice:read', 'reason:asks-care', 'consent:agrees', 'care:noted', 'reason:null',
    ]);
    expect(JSON.stringify(fact)).not.toContain('large-print');
    expect(screen(state).fills).toEqual({});
    expect(supportNeedOf(pack, walked('right-person', 'confirmed', 'read', 'asks-care', 'declines'))).toBeNull();
  });

  it('is read back from JSON as the same call, in whatever state it was', () => {
    const moves = fc.array(fc.tuple(fc.constantFrom('answer', 'answer', 'answer', 'objection', 'back', 'locale', 'gate'), fc.nat(20)), { maxLength: 30 });
    fc.assert(fc.property(fc.constantFrom(pack, ...standardPacks), moves, (used, steps) => {
      const own = contextOf(used.serves.tone === 'courtesy' ? { invoices: [{ ...late, dueDate: '2026-12-01' }] } : { invoices: [late] });
      let state = startWalk(used, own, 'it', nowMs);
      for (const [kind, number] of steps) {
        state = moveAtRandom(used, state, own, kind, number);
        const kept = readWalkState(JSON.parse(JSON.stringify(state)), used);
        expect(unwrap(kept)).toEqual(state);
        expect(walkScreen(used, unwrap(kept), own)).toEqual(walkScreen(used, state, own));
        expect(scriptFollowed(used, state).packId).toBe(used.id);
      }
    }), { numRuns: 150 });
  });

  it('does not go on with another version, nor where the pack has no such place', () => {
    const state = walked('right-person');
    for (const wrong of [{ ...state, packVersion: '0.9.0' }, { ...state, stepId: 'gone' }, { ...state, objectionId: 'gone' }, { ...state, path: [{ ...state.path[0], answerId: 'gone' }] }, null]) {
      expect(readWalkState(wrong, pack)).toMatchObject({ ok: false, error: { code: 'script-walk-unreadable' } });
    }
  });

  it('is read in preparation without values, everything visible', () => {
    const state = previewWalk(pack, context, 'en', ['right-person', 'yes', 'read', 'pays']);
    expect(screen(state)).toMatchObject({ locale: 'en', step: { stepId: 'promise' }, trail: [{}, {}, {}, {}] });
    expect(previewWalk(pack, context, 'en', ['right-person', 'nonsense', 'read'])).toMatchObject({ stepId: 'identity' });
  });

  it('is a pack as a file holds it', () => {
    expect(scriptPackSchema.parse(JSON.parse(JSON.stringify(pack)))).toEqual(pack);
  });
});

/** Moves as an operator may; what is refused changes nothing. */
function moveAtRandom(used: ScriptPack, state: WalkState, own: WalkContext, kind: string, number: number): WalkState {
  const choices = walkScreen(used, state, own);
  if (kind === 'objection') return unwrap(meetObjection(used, state, choices.objections[number % choices.objections.length]?.objectionId ?? '', nowMs));
  if (kind === 'locale') return changeLocale(state, state.locale === 'it' ? 'en' : 'it');
  const moved = kind === 'back' ? goBack(state) : answerStep(used, state, {
    stepId: choices.step?.stepId ?? '', answerId: choices.step?.answers[number % Math.max(1, choices.step.answers.length)]?.answerId ?? '',
    values: Object.fromEntries((choices.step?.fields ?? []).map((field) => [field.fieldId, { money: '120', date: '+2', choice: field.choices[0]?.value ?? '', number: '3' }[field.type as string] ?? 'abc'])),
  }, own, nowMs);
  if (kind === 'gate' && choices.step?.kind === 'identity') return checkIdentity(used, state, number % 3 === 0 ? 'third-party' : 'confirmed', own, nowMs);
  return moved.ok ? moved.value : state;
}

describe('resumeWalk', () => {
  const first = walked('right-person', 'confirmed');
  const again = resumeWalk(pack, context, 'it', walked('right-person', 'confirmed', firstAnswer(first)), nowMs + 60_000);

  it('asks who is there anew, saying nothing of what was said, and goes on at the step where the line fell', () => {
    const opening = screen(again);
    expect(opening.step?.stepId).toBe('opening');
    expect(JSON.stringify(opening)).not.toMatch(/Acque|euro|1\.200/);
    const stood = walked('right-person', 'confirmed', firstAnswer(first));
    const asked = unwrap(answerStep(pack, again, { stepId: 'opening', answerId: 'right-person', values: {} }, context, nowMs));
    const resumed = checkIdentity(pack, asked, 'confirmed', context, nowMs + 61_000);
    expect(resumed).toMatchObject({ stepId: stood.stepId, gate: 'confirmed', resumes: null });
    expect(resumed.path.map(({ stepId }) => stepId)).toEqual(stood.path.map(({ stepId }) => stepId));
    expect(screen(resumed).step).toEqual(screen(stood).step);
    expect(unwrap(readWalkState(JSON.parse(JSON.stringify(again)), pack))).toEqual(again);
  });

  it('tells another voice nothing of it, and keeps the place when the line falls once more before the gate', () => {
    const asked = unwrap(answerStep(pack, again, { stepId: 'opening', answerId: 'right-person', values: {} }, context, nowMs));
    const other = checkIdentity(pack, asked, 'third-party', context, nowMs);
    expect(JSON.stringify(screen(other))).not.toMatch(/Acque|euro|1\.200/);
    expect(resumeWalk(pack, context, 'it', asked, nowMs).resumes).toEqual(again.resumes);
  });

  it('begins anew where nobody had been confirmed', () => {
    expect(resumeWalk(pack, context, 'it', walked('right-person'), nowMs)).toEqual(startWalk(pack, context, 'it', nowMs));
  });

  function firstAnswer(state: WalkState): string {
    return screen(state).step?.answers.find(({ ends }) => !ends)?.answerId ?? '';
  }
});

describe('what is typed and not answered yet', () => {
  const fieldsOf = (state: WalkState): Record<string, string> => Object.fromEntries((screen(state).step?.fields ?? []).map(({ fieldId, text }) => [fieldId, text]));
  const typed = (state: WalkState, stepId: string, values: Record<string, string>): WalkState => {
    const kept = typeIntoStep(pack, state, stepId, values);
    if (kept === null) throw new Error('not kept');
    // As it comes back from the disk.
    return unwrap(readWalkState(JSON.parse(JSON.stringify(kept)), pack));
  };
  const atPromise = walked('right-person', 'confirmed', 'read', 'pays');

  it('is shown again in its step, as it was typed, and is no answer', () => {
    const state = typed(atPromise, 'promise', { amount: '50', day: 'fra un po’' });
    expect(fieldsOf(state)).toEqual({ amount: '50', day: 'fra un po’', method: '' });
    expect(scriptFollowed(pack, state).captured).toEqual({});
    expect(fieldsOf(typed(state, 'promise', { amount: '', day: '+3' }))).toEqual({ amount: '', day: '+3', method: '' });
  });

  it('is left behind by the answer, which says what counts', () => {
    const answered = unwrap(answerStep(pack, typed(atPromise, 'promise', { amount: '5' }), { stepId: 'promise', answerId: 'agreed', values: { amount: '50', day: '+3' } }, context, nowMs));
    expect(answered.typed).toBeNull();
  });

  it('is shown to nobody else, nor in another step', () => {
    const state = typed(atPromise, 'promise', { amount: '50' });
    expect(fieldsOf({ ...state, gate: 'third-party' })['amount']).not.toBe('50');
    expect(typeIntoStep(pack, atPromise, 'opening', { amount: '50' })).toBeNull();
  });

  it('is not kept where only a yes allows to', () => {
    const care = { ...atPromise, stepId: 'care' };
    expect(typeIntoStep(pack, care, 'care', { need: 'large-print' })?.typed?.values).toEqual({});
  });
});
