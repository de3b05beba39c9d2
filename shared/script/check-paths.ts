/**
 * Judges the ways through a pack: nothing told too early, nothing that must be read left out, every way to an end.
 *
 * Invariant: of a pack with too many ways only some were walked: what they show wrong is wrong, what they do not show is not said to be missing.
 */
import { outcomeRules } from '../case/outcome-rules.ts';
import type { OutcomeCode } from '../case/outcome-codes.ts';
import { wordIn } from './check-texts.ts';
import type { Exploration, Visit } from './explore-script.ts';
import { valuesOf, visitsThatEnd } from './explore-script.ts';
import { holds } from './script-condition.ts';
import type { ScriptFinding } from './script-finding.ts';
import type { ScriptAnswer, ScriptObjection, ScriptPack, SpokenStep } from './script-pack.ts';
import { answersOf, isSpoken, scriptLocales } from './script-pack.ts';
import { isPublicVariable, variablesIn } from './script-variables.ts';
import { reasonWords } from './script-words.ts';

/** Required objections that speak of a claim, in whatever words. */
export const claimObjections: readonly string[] = ['cannot-pay', 'never-received', 'already-paid', 'wrong-amount', 'time-barred'];

/** Findings about ways; each is told once, however many ways show it. */
export function checkPaths(pack: ScriptPack, exploration: Exploration): ScriptFinding[] {
  const visits = [...exploration.visits.values()];
  return once([
    ...(exploration.isTooLarge ? [finding('too-complex', pack.start)] : [
      ...(visits.some((visit) => visit.isConfirmed) ? [] : [finding('no-identity-check', pack.start)]),
      ...checkEnds(pack, exploration),
      ...checkOffers(pack, visits),
    ]),
    ...visits.filter((visit) => !visit.isConfirmed).flatMap(({ step }) => (isSpoken(step) ? toldBy(step, pack) : [])),
    ...pack.objections.flatMap((objection) => [...toldBy(objection, pack), ...namedTooEarly(objection)]),
    ...visits.flatMap((visit) => checkAgreements(pack, visit)),
    ...visits.flatMap(({ step, hasConsent }) => (step.kind === 'capture' && !hasConsent
      ? step.fields.filter((field) => field.restricted === true).map((field) => finding('restricted-without-consent', step.id, field.id))
      : [])),
  ]);
}

function checkEnds(pack: ScriptPack, { visits }: Exploration): ScriptFinding[] {
  const ending = visitsThatEnd(visits);
  const reached = new Set([...visits.values()].map((visit) => visit.step.id));
  return [
    ...pack.steps.filter((step) => !reached.has(step.id)).map((step) => finding('unreachable-step', step.id)),
    ...[...visits].flatMap(([key, visit]) => {
      if (visit.next.length === 0) return [finding(isSpoken(visit.step) ? 'dead-end' : 'no-route', visit.step.id)];
      return ending.has(key) ? [] : [finding('endless', visit.step.id)];
    }),
  ];
}

/** Answers and routes that are never there. */
function checkOffers(pack: ScriptPack, visits: readonly Visit[]): ScriptFinding[] {
  const isEver = (where: string, when: string): boolean =>
    visits.some((visit) => visit.step.id === where && holds(when, valuesOf(visit)));
  const ofObjection = (objection: ScriptObjection, when: string): boolean =>
    visits.some((visit) => (visit.isConfirmed || objection.behindIdentity !== true) && holds(when, valuesOf(visit)));
  const reached = new Set(visits.map((visit) => visit.step.id));
  return [
    ...pack.steps.filter((step) => reached.has(step.id)).flatMap((step) => (isSpoken(step) ? answersOf(step) : step.routes)
      .flatMap(({ when }) => (when === undefined || isEver(step.id, when) ? [] : [finding('condition-never-true', step.id, when)]))),
    ...pack.objections.flatMap((objection) => objection.answers
      .flatMap(({ when }) => (when === undefined || ofObjection(objection, when) ? [] : [finding('condition-never-true', objection.id, when)]))),
  ];
}

function checkAgreements(pack: ScriptPack, visit: Visit): ScriptFinding[] {
  const { step, isConfirmed, read } = visit;
  const judge = (where: string, answers: readonly ScriptAnswer[]): ScriptFinding[] => {
    const agreement = answers.find((answer) => answer.suggestCode !== undefined && isAgreement(answer.suggestCode));
    if (agreement === undefined) return [];
    if (!isConfirmed) return [finding('agreement-before-identity', where, agreement.id)];
    return pack.disclosures.filter(({ id }) => !read.includes(id)).map(({ id }) => finding('skippable-disclosure', where, id));
  };
  return [
    ...judge(step.id, visit.offered),
    ...(isSpoken(step) ? pack.objections.filter(({ behindIdentity }) => isConfirmed || behindIdentity !== true).flatMap((objection) => judge(objection.id, answersOf(objection))) : []),
  ];
}

/** Something is agreed that binds somebody. */
export function isAgreement(code: OutcomeCode): boolean {
  return outcomeRules[code].class === 'success';
}

/** What a unit tells that is not for every ear; what to *do* stands on the screen, so it may name no value either. */
function toldBy({ id, say, do: advice }: Pick<SpokenStep, 'id' | 'say' | 'do'>, pack: ScriptPack): ScriptFinding[] {
  const privateNames = (text: string): string[] => variablesIn(text).filter((name) => !isPublicVariable(name, pack.serves.role)).map((name) => `{${name}}`);
  const told = scriptLocales.flatMap((locale) => [
    ...say.flatMap((paragraph) => [...privateNames(paragraph[locale]), wordIn(paragraph[locale], reasonWords[locale]) ?? []].flat()),
    ...privateNames(advice?.[locale] ?? ''),
  ].map((detail) => `${locale}: ${detail}`));
  return told.map((detail) => finding('said-before-identity', id, detail));
}

/** The names of objections stand on the screen all the time: one that tells of a claim belongs behind the identity check. */
function namedTooEarly({ id, label, behindIdentity }: ScriptObjection): ScriptFinding[] {
  if (behindIdentity === true) return [];
  const told = scriptLocales.flatMap((locale) => {
    const word = wordIn(label[locale], reasonWords[locale]);
    return word === undefined ? [] : [finding('said-before-identity', id, `${locale}: ${word}`)];
  });
  return told.length === 0 && claimObjections.includes(id) ? [finding('said-before-identity', id, label.en)] : told;
}

function finding(code: ScriptFinding['code'], where: string, detail = ''): ScriptFinding {
  return { code, where, detail };
}

function once(findings: readonly ScriptFinding[]): ScriptFinding[] {
  return [...new Map(findings.map((entry) => [JSON.stringify(entry), entry])).values()];
}
