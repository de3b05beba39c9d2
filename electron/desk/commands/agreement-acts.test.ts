/** What an operator does with the agreements of an own case: accept a plan, take one back, move a dispute. */
import { describe, expect, it } from 'vitest';
import type { CaseId, FactId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import { dayFrom, disputed, openActsDesk, planned, promised, refusal } from '../../../tests/support/acts-desk.ts';
import { showOpenAgreements } from '../queries/show-open-agreements.ts';
import { acceptPlan } from './accept-plan.ts';
import { cancelAgreement } from './cancel-agreement.ts';
import { moveDispute } from './move-dispute.ts';

describe('accepting a plan', () => {
  it('takes the yes to a proposed plan that was read back again, once', () => {
    const proposal = planned('proposed', 10);
    const desk = openActsDesk('collector', () => [proposal]);
    const input = { ...desk.about, basedOn: desk.basedOn, targetFactId: proposal.id, readBack: true };
    expect(refusal(acceptPlan(desk.session, { ...input, ...desk.about, readBack: false }))).toEqual(['plan-not-read-back', 'readBack']);
    const done = acceptPlan(desk.session, input);
    expect(refusal(done)).toBeNull();
    // The same command again is the same yes; another one finds it given.
    expect(acceptPlan(desk.session, input)).toEqual(done);
    expect(desk.written('plan-accepted')).toEqual([{ targetFactId: proposal.id, readBack: true }]);
    expect(refusal(acceptPlan(desk.session, { ...input, ...desk.about }))).toEqual(['agreement-closed', null]);
    expect(desk.view().folded.plan?.acceptedOn).toBe(dayFrom(0));
  });

  it('refuses one that has begun meanwhile, one nobody knows, and a case of somebody else', () => {
    const proposal = planned('proposed', -1);
    const desk = openActsDesk('collector', () => [proposal]);
    const input = { ...desk.about, basedOn: desk.basedOn, targetFactId: proposal.id, readBack: true };
    expect(refusal(acceptPlan(desk.session, input))).toEqual(['plan-outdated', null]);
    expect(refusal(acceptPlan(desk.session, { ...input, targetFactId: newId<FactId>() }))).toEqual(['agreement-not-found', null]);
    expect(refusal(acceptPlan(desk.session, { ...input, caseId: newId<CaseId>() }))).toEqual(['case-not-mine', null]);
    expect(desk.written('plan-accepted')).toEqual([]);
  });
});

describe('cancelling', () => {
  it.each([['a promise', promised], ['a proposed plan', () => planned('proposed', 10)], ['an accepted plan', () => planned('accepted', 10)]])('takes back %s, with a reason, once', (_name, make) => {
    const made = make();
    const desk = openActsDesk('collector', () => [made]);
    const input = { ...desk.about, basedOn: desk.basedOn, targetFactId: made.id, reason: ' accordo diverso ' };
    expect(refusal(cancelAgreement(desk.session, { ...input, reason: 'x' }))).toEqual(['reason-too-short', 'reason']);
    expect(refusal(cancelAgreement(desk.session, input))).toBeNull();
    expect(cancelAgreement(desk.session, input).ok).toBe(true);
    expect(desk.written('agreement-cancelled')).toEqual([{ targetFactId: made.id, reason: 'accordo diverso' }]);
    expect(refusal(cancelAgreement(desk.session, { ...input, ...desk.about }))).toEqual(['agreement-closed', null]);
    const open = showOpenAgreements(desk.session, { caseId: desk.entity.caseId });
    expect(open).toMatchObject({ ok: true, value: { promise: null, plan: null } });
  });

  it('refuses what is no agreement', () => {
    const desk = openActsDesk('collector', () => []);
    expect(refusal(cancelAgreement(desk.session, { ...desk.about, basedOn: desk.basedOn, targetFactId: newId<FactId>(), reason: 'accordo diverso' }))).toEqual(['agreement-not-found', null]);
  });
});

describe('moving a dispute', () => {
  it('writes proof, owner, day and note; a past day may stay and a new one lies ahead', () => {
    const desk = openActsDesk('collector', ([first]) => [disputed(first, 4_000)]);
    const { locale, basedOn, entity: { facts: [dispute] } } = desk;
    if (dispute === undefined) throw new Error('no dispute');
    const made = dispute.id;
    const unchanged = { basedOn, locale, targetFactId: made, proof: 'none' as const, owner: 'back-office' as const, dueText: dayFrom(-1), note: '' };
    const move = (parts: object): ReturnType<typeof refusal> => refusal(moveDispute(desk.session, { ...desk.about, ...unchanged, ...parts }));
    expect(move({})).toEqual(['dispute-unmoved', 'proof']);
    expect(move({ proof: 'requested', dueText: dayFrom(-2) })).toEqual(['date-in-past', 'due']);
    expect(move({ dueText: 'forse' })).toEqual(['date-unreadable', 'due']);
    expect(move({ targetFactId: newId<FactId>() })).toEqual(['agreement-not-found', null]);
    expect(move({ proof: 'requested' })).toBeNull();
    expect(move({ proof: 'insufficient', owner: 'creditor', dueText: '+7', note: ' manca la firma ' })).toBeNull();
    expect(desk.written('dispute-moved')).toEqual([
      { targetFactId: made, proof: 'requested', owner: 'back-office', dueOn: dayFrom(-1), note: null },
      { targetFactId: made, proof: 'insufficient', owner: 'creditor', dueOn: dayFrom(7), note: 'manca la firma' },
    ]);
    expect(desk.view().disputes).toMatchObject([{ proof: 'insufficient', owner: 'creditor', dueOn: dayFrom(7) }]);
  });
});
