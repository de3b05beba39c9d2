/**
 * Proves that a script pack can be followed to its end, in every language, without telling the wrong person.
 *
 * Invariant: every way is walked with what is known of the listener (`explore-script.ts`); before the identity check is passed, and
 * in objections, which may be met at any time, nothing is said of creditor, amount or reason.
 */
import { checkConditions } from './check-conditions.ts';
import { checkFields } from './check-fields.ts';
import { checkPaths } from './check-paths.ts';
import { checkTexts } from './check-texts.ts';
import { exploreScript } from './explore-script.ts';
import { withoutConditions } from './list-conditions.ts';
import { repeated } from './repeated.ts';
import type { ScriptFinding } from './script-finding.ts';
import type { ScriptPack, SpokenStep } from './script-pack.ts';
import type { offerActions } from './script-pack.ts';
import { answersOf, isSpoken, returnWord } from './script-pack.ts';
import type { OutcomeCode } from '../case/outcome-codes.ts';
import { identityResults } from '../facts/conduct-bodies.ts';

/** The objections that every script must meet. */
export const requiredObjections = [
  'cannot-pay', 'never-received', 'already-paid', 'wrong-amount', 'time-barred', 'not-me', 'scam', 'who-gave-number', 'called-today',
  'lawyer', 'stop-calling',
] as const;

const maxBreadcrumb = 8;

/** The outcomes in which something proposed may end. */
const codesOfAction: Record<(typeof offerActions)[number], readonly OutcomeCode[]> = {
  promise: ['PTP', 'PPY'], plan: ['PLN'], resend: ['RES'], dispute: ['DSP'], callback: ['CBK'], settlement: ['SET'],
};

/** Everything wrong with a resolved pack; empty when it may be used. */
export function checkScript(pack: ScriptPack): ScriptFinding[] {
  if (pack.includes.length > 0) return [{ code: 'not-resolved', where: 'start', detail: pack.includes.join(', ') }];
  const conditions = checkConditions(pack);
  const sound = withoutConditions(pack, (text) => conditions.broken.has(text));
  const exploration = exploreScript(sound);
  return [
    ...checkStructure(pack), ...conditions.findings, ...checkFields(pack), ...checkDisclosures(pack), ...checkChecks(pack),
    ...checkPaths(sound, exploration), ...checkTexts(sound, exploration),
  ];
}

function checkStructure(pack: ScriptPack): ScriptFinding[] {
  const findings: ScriptFinding[] = [];
  const ids = new Set(pack.steps.map((step) => step.id));
  const units = [...pack.steps.filter(isSpoken), ...pack.objections];
  for (const id of repeated([...pack.steps, ...pack.objections].map((entry) => entry.id))) findings.push({ code: 'duplicate-id', where: id, detail: '' });
  for (const unit of units) {
    for (const id of repeated(answersOf(unit).map((answer) => answer.id))) findings.push({ code: 'duplicate-answer', where: unit.id, detail: id });
  }
  const targets = [
    { where: 'start', to: pack.start },
    ...pack.steps.flatMap((step) => (isSpoken(step) ? answersOf(step) : step.routes).map(({ goTo }) => ({ where: step.id, to: goTo }))),
    ...pack.objections.flatMap((objection) => objection.answers.filter(({ goTo }) => goTo !== returnWord).map(({ goTo }) => ({ where: objection.id, to: goTo }))),
  ];
  for (const { where, to } of targets) {
    if (to !== null && !ids.has(to)) findings.push({ code: 'unknown-step', where, detail: to });
  }
  for (const id of requiredObjections) {
    if (!pack.objections.some((objection) => objection.id === id)) findings.push({ code: 'missing-objection', where: id, detail: '' });
  }
  for (const objection of pack.objections) {
    if (objection.answers.length === 0) findings.push({ code: 'dead-end', where: objection.id, detail: '' });
  }
  const longest = longestPath(new Map(pack.steps.map((step) => [step.id, step])), pack.start, []);
  if (longest.length > maxBreadcrumb) findings.push({ code: 'breadcrumb-too-long', where: pack.start, detail: longest.join(' › ') });
  return findings;
}

function checkDisclosures(pack: ScriptPack): ScriptFinding[] {
  const declared = pack.disclosures.map(({ id }) => id);
  const readers = pack.steps.flatMap((step) => (step.kind === 'check' && step.checks === 'disclosure' ? [step] : []));
  return [
    ...repeated(declared).map((id): ScriptFinding => ({ code: 'duplicate-id', where: 'disclosures', detail: id })),
    ...readers.filter(({ disclosure }) => !declared.includes(disclosure)).map((step): ScriptFinding => ({ code: 'unknown-disclosure', where: step.id, detail: step.disclosure })),
    ...declared.filter((id) => !readers.some((step) => step.disclosure === id && step.answers.some((answer) => answer.read === true)))
      .map((id): ScriptFinding => ({ code: 'disclosure-never-read', where: 'disclosures', detail: id })),
  ];
}

function checkChecks(pack: ScriptPack): ScriptFinding[] {
  return pack.steps.flatMap((step): ScriptFinding[] => {
    if (step.kind === 'offer') {
      const isMet = (action: (typeof offerActions)[number]): boolean =>
        step.answers.some(({ suggestCode }) => suggestCode !== undefined && codesOfAction[action].includes(suggestCode));
      return step.actions.filter((action) => !isMet(action) && leadsOn(step) === 0).map((action) => ({ code: 'offer-without-answer', where: step.id, detail: action }));
    }
    if (step.kind !== 'check' || step.checks !== 'identity') return [];
    const confirming = step.answers.filter((answer) => answer.result === 'confirmed');
    const missing = identityResults.filter((result) => !step.answers.some((answer) => answer.result === result));
    return [
      ...missing.map((result): ScriptFinding => ({ code: 'identity-answer-missing', where: step.id, detail: result })),
      ...confirming.slice(1).map(({ id }): ScriptFinding => ({ code: 'identity-answer-doubled', where: step.id, detail: id })),
    ];
  });
}

/** Answers without a code of their own may lead to a step that captures what was agreed. */
function leadsOn(step: SpokenStep): number {
  return answersOf(step).filter(({ goTo, suggestCode }) => goTo !== null && suggestCode === undefined).length;
}

/** The longest way without going round, as the breadcrumb shows it. */
function longestPath(steps: ReadonlyMap<string, ScriptPack['steps'][number]>, from: string, before: readonly string[]): string[] {
  const step = steps.get(from);
  if (step === undefined || before.includes(from)) return [];
  const here = isSpoken(step) ? [from] : [];
  const targets = new Set((isSpoken(step) ? answersOf(step) : step.routes).flatMap(({ goTo }) => (goTo === null ? [] : [goTo])));
  let longest: string[] = [];
  for (const target of targets) {
    const path = longestPath(steps, target, [...before, from]);
    if (path.length > longest.length) longest = path;
  }
  return [...here, ...longest];
}
