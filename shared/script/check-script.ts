/**
 * Proves that a script pack can be followed to its end, in every language, without telling the wrong person.
 *
 * Invariant: every path is walked with what is known of the listener; before the identity check is passed, and
 * in objections, which may be met at any time, nothing is said of creditor, amount or reason.
 */
import { checkTexts, wordIn } from './check-texts.ts';
import type { ScriptFinding } from './script-finding.ts';
import type { ScriptPack, ScriptParagraph, ScriptStep } from './script-pack.ts';
import { scriptLocales } from './script-pack.ts';
import { isPublicVariable, isScriptVariable, variablesIn } from './script-variables.ts';
import { reasonWords } from './script-words.ts';

/** The objections that every script must meet. */
export const requiredObjections = [
  'cannot-pay', 'never-received', 'already-paid', 'wrong-amount', 'time-barred', 'not-me', 'scam', 'who-gave-number', 'called-today',
  'lawyer', 'stop-calling',
] as const;

const maxBreadcrumb = 6;

/** Everything wrong with a pack; empty when it may be used. */
export function checkScript(pack: ScriptPack): ScriptFinding[] {
  const structure = checkStructure(pack);
  return [...structure, ...checkTexts(pack), ...checkObjections(pack), ...checkDisclosure(pack)];
}

function checkStructure(pack: ScriptPack): ScriptFinding[] {
  const findings: ScriptFinding[] = [];
  const steps = stepsById(pack);
  const ids = [...pack.steps, ...pack.objections].map((entry) => entry.id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) findings.push({ code: 'duplicate-id', where: id, detail: '' });
  const targets = [
    { where: 'start', to: pack.start },
    ...pack.steps.flatMap((step) => step.answers.map((answer) => ({ where: step.id, to: answer.goTo }))),
    ...pack.objections.map((objection) => ({ where: objection.id, to: objection.returnTo })),
  ];
  for (const { where, to } of targets) {
    if (to !== null && !steps.has(to)) findings.push({ code: 'unknown-step', where, detail: to });
  }
  const reached = new Set(walk(pack).map((visit) => visit.step.id));
  const ending = stepsThatEnd(pack);
  for (const step of pack.steps) {
    if (!reached.has(step.id)) findings.push({ code: 'unreachable-step', where: step.id, detail: '' });
    if (step.answers.length === 0) findings.push({ code: 'dead-end', where: step.id, detail: '' });
    else if (!ending.has(step.id)) findings.push({ code: 'endless', where: step.id, detail: '' });
  }
  const longest = longestPath(steps, pack.start, []);
  if (longest.length > maxBreadcrumb) findings.push({ code: 'breadcrumb-too-long', where: pack.start, detail: longest.join(' › ') });
  return findings;
}

function checkObjections(pack: ScriptPack): ScriptFinding[] {
  return requiredObjections
    .filter((id) => !pack.objections.some((objection) => objection.id === id))
    .map((id) => ({ code: 'missing-objection', where: id, detail: '' }));
}

function checkDisclosure(pack: ScriptPack): ScriptFinding[] {
  const beforeIdentity = walk(pack).filter((visit) => !visit.identified).map((visit) => visit.step);
  return [...beforeIdentity, ...pack.objections].flatMap((entry) => entry.say.flatMap((paragraph) => disclosures(entry.id, paragraph)));
}

function disclosures(where: string, paragraph: ScriptParagraph): ScriptFinding[] {
  const told = scriptLocales.flatMap((locale) => {
    const word = wordIn(paragraph[locale], reasonWords[locale]);
    const names = variablesIn(paragraph[locale]).filter((name) => isScriptVariable(name) && !isPublicVariable(name)).map((name) => `{${name}}`);
    return [...names, ...(word === undefined ? [] : [word])].map((detail) => `${locale}: ${detail}`);
  });
  return told.map((detail) => ({ code: 'said-before-identity', where, detail }));
}

interface Visit { step: ScriptStep; identified: boolean }

/** Every step in every state of knowledge in which a call can come to it. */
function walk(pack: ScriptPack): Visit[] {
  const steps = stepsById(pack);
  const returns = pack.objections.flatMap((objection) => (objection.returnTo === null ? [] : [objection.returnTo]));
  const visits = new Map<string, Visit>();
  const queue: { id: string; identified: boolean }[] = [{ id: pack.start, identified: false }];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const step = steps.get(next.id);
    const key = `${next.id} ${String(next.identified)}`;
    if (step === undefined || visits.has(key)) continue;
    const { identified } = next;
    visits.set(key, { step, identified });
    for (const id of returns) queue.push({ id, identified });
    if (step.kind === 'check') {
      for (const answer of step.answers) if (answer.goTo !== null) queue.push({ id: answer.goTo, identified: identified || answer.passes === true });
    } else {
      for (const answer of step.answers) if (answer.goTo !== null) queue.push({ id: answer.goTo, identified });
    }
  }
  return [...visits.values()];
}

/** Steps from which the outcome can be reached. */
function stepsThatEnd(pack: ScriptPack): Set<string> {
  const ending = new Set<string>();
  for (let size = -1; size !== ending.size; ) {
    size = ending.size;
    for (const step of pack.steps) {
      if (step.answers.some((answer) => answer.goTo === null || ending.has(answer.goTo))) ending.add(step.id);
    }
  }
  return ending;
}

/** The longest way through the script that meets no step twice. */
function longestPath(steps: ReadonlyMap<string, ScriptStep>, id: string, path: readonly string[]): readonly string[] {
  const step = steps.get(id);
  if (step === undefined || path.includes(id)) return path;
  const here = [...path, id];
  return step.answers
    .map((answer) => (answer.goTo === null ? here : longestPath(steps, answer.goTo, here)))
    .reduce((longest, candidate) => (candidate.length > longest.length ? candidate : longest), here);
}

function stepsById(pack: ScriptPack): Map<string, ScriptStep> {
  return new Map(pack.steps.map((step) => [step.id, step]));
}
