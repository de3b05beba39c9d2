/**
 * Judges every text of a script pack by itself: translated, short enough to say, with variables that exist and
 * are there in every situation in which the text can be said.
 */
import type { Exploration } from './explore-script.ts';
import { comparisonsOf, listConditions } from './list-conditions.ts';
import { fieldsOf } from './pack-fields.ts';
import { holds } from './script-condition.ts';
import type { Comparison, ConditionValues } from './script-condition.ts';
import type { ScriptFinding } from './script-finding.ts';
import type { ScriptObjection, ScriptPack, ScriptParagraph, ScriptText, SpokenStep } from './script-pack.ts';
import { answersOf, isSpoken, scriptLocales } from './script-pack.ts';
import { capturedFieldOf, decidersOf, isAvailable, isScriptVariable, variablesIn } from './script-variables.ts';
import { debtorWords, latenessWords, threatWords } from './script-words.ts';
import type { Situation } from './situation.ts';
import { situationsOf } from './situation.ts';

/** More words than this are not said in one breath. */
const maxSentenceWords = 30;
const maxTitleLetters = 14;

const upcomingVariables: readonly string[] = ['upcomingAmount', 'upcomingAmountInWords', 'upcomingCount', 'nextDueDate', 'lastDueDate'];
const overdueVariables: readonly string[] = ['overdueAmount', 'overdueAmountInWords', 'overdueCount'];

type Unit = SpokenStep | ScriptObjection;
interface Frame { pack: ScriptPack; exploration: Exploration; comparisons: readonly Comparison[] }

/** Findings about single texts. */
export function checkTexts(pack: ScriptPack, exploration: Exploration): ScriptFinding[] {
  const frame: Frame = { pack, exploration, comparisons: comparisonsOf(listConditions(pack).map(({ text }) => text)) };
  return [
    ...checkTranslation('title', pack.title),
    ...pack.disclosures.flatMap(({ title }) => checkLabel('disclosures', title)),
    ...pack.steps.filter(isSpoken).flatMap((step) => [
      ...checkLabel(step.id, step.title),
      ...scriptLocales.filter((locale) => step.title[locale].length > maxTitleLetters)
        .map((locale): ScriptFinding => ({ code: 'title-too-long', where: step.id, detail: `${locale}: ${step.title[locale]}` })),
      ...(step.kind === 'capture' ? step.fields.flatMap((field) => [field, ...field.choices ?? []].flatMap(({ label }) => checkLabel(step.id, label))) : []),
      ...checkUnit(step, frame),
    ]),
    ...pack.objections.flatMap((objection) => [...checkLabel(objection.id, objection.label), ...checkUnit(objection, frame)]),
  ];
}

function checkUnit(unit: Unit, frame: Frame): ScriptFinding[] {
  const where = unit.id;
  const calls = callsAt(unit, frame);
  const findings = [
    ...answersOf(unit).flatMap((answer) => checkLabel(where, answer.label)),
    ...unit.say.flatMap((paragraph) => checkParagraph(where, paragraph, frame, calls)),
  ];
  if (unit.do !== undefined) findings.push(...checkTranslation(where, unit.do), ...checkVariables(where, unit.do, frame.pack, calls, false));
  const silent = calls.find((values) => !unit.say.some((paragraph) => isSaid(paragraph, values)));
  const mayBeSilent = unit.do !== undefined && unit.say.length === 0;
  if (silent !== undefined && !mayBeSilent) findings.push({ code: 'silent-step', where, detail: JSON.stringify(silent) });
  const lastOverdue = unit.say.findLastIndex((paragraph) => paragraph.each === 'overdue' || mentions(paragraph, overdueVariables));
  const firstUpcoming = unit.say.findIndex((paragraph) => paragraph.each === 'upcoming' || mentions(paragraph, upcomingVariables));
  if (firstUpcoming !== -1 && firstUpcoming < lastOverdue) findings.push({ code: 'upcoming-before-overdue', where, detail: '' });
  return findings;
}

/** One call of each class that can come to this step or objection, as far as its texts can tell them apart. */
function callsAt(unit: Unit, { pack, exploration, comparisons }: Frame): ConditionValues[] {
  const said = unit.say.flatMap((paragraph) => [...variablesIn(paragraph.it), ...variablesIn(paragraph.en)]).filter(isScriptVariable);
  const own = [...comparisonsOf(unit.say.map(({ when }) => when)).map(({ variable }) => variable), ...said.flatMap(decidersOf)];
  const each = unit.say.flatMap((paragraph) => (paragraph.each === undefined ? [] : [`${paragraph.each}Count`]));
  const names = new Set([...exploration.wayNames, ...own, ...each]);
  const situations = situationsOf(pack.serves, comparisons, names);
  const isStep = pack.steps.some((step) => step.id === unit.id);
  const visits = [...exploration.visits.values()].filter((visit) => !isStep || visit.step.id === unit.id);
  const wayOf = (situation: Situation): string => JSON.stringify(Object.entries(situation).filter(([name]) => exploration.wayNames.has(name)));
  const byWay = new Map<string, Situation[]>();
  for (const situation of situations) byWay.set(wayOf(situation), [...byWay.get(wayOf(situation)) ?? [], situation]);
  const distinct = new Map(visits.map((visit) => [visit.callKey, visit]));
  return [...distinct.values()].flatMap(({ situation: reached, answers, captured }) =>
    (byWay.get(wayOf(reached)) ?? []).map((situation) => ({ ...situation, answers, captured })));
}

function checkParagraph(where: string, paragraph: ScriptParagraph, { pack, exploration }: Frame, calls: readonly ConditionValues[]): ScriptFinding[] {
  const matching = calls.filter((values) => holds(paragraph.when, values));
  const findings = [...checkTranslation(where, paragraph), ...checkVariables(where, paragraph, pack, matching, paragraph.each !== undefined)];
  // Of a pack with too many ways, the call in which it is said may be one that was not walked.
  if (!exploration.isTooLarge && calls.length > 0 && !matching.some((values) => isSaid(paragraph, values))) {
    findings.push(paragraph.when === undefined ? { code: 'never-said', where, detail: paragraph.it } : { code: 'condition-never-true', where, detail: paragraph.when });
  }
  const isUpcoming = paragraph.each === 'upcoming' || mentions(paragraph, upcomingVariables);
  for (const locale of scriptLocales) {
    const text = paragraph[locale];
    const report = (code: ScriptFinding['code'], detail: string | undefined): void => {
      if (detail !== undefined) findings.push({ code, where, detail: `${locale}: ${detail}` });
    };
    if ((text.split('**').length - 1) % 2 !== 0) report('unbalanced-emphasis', text);
    report('breathless', sentencesOf(text).find((sentence) => sentence.split(/\s+/).length > maxSentenceWords));
    report('threat', wordIn(text, threatWords[locale]));
    if (isUpcoming) report('upcoming-called-overdue', wordIn(text, latenessWords[locale]));
    if (pack.serves.tone === 'courtesy') report('courtesy-called-overdue', wordIn(text, latenessWords[locale]));
    if (pack.serves.tone !== 'recovery') report('customer-called-debtor', wordIn(text, debtorWords[locale]));
  }
  return findings;
}

function checkLabel(where: string, text: ScriptText): ScriptFinding[] {
  const misplaced = scriptLocales.filter((locale) => /[{}]/.test(text[locale]));
  return [...checkTranslation(where, text), ...misplaced.map((locale): ScriptFinding => ({ code: 'misplaced-variable', where, detail: `${locale}: ${text[locale]}` }))];
}

function checkTranslation(where: string, text: ScriptText): ScriptFinding[] {
  return scriptLocales.filter((locale) => text[locale].trim() === '').map((locale) => ({ code: 'missing-translation', where, detail: locale }));
}

function checkVariables(where: string, text: ScriptText, pack: ScriptPack, calls: readonly ConditionValues[], perInvoice: boolean): ScriptFinding[] {
  const fields = fieldsOf(pack);
  return scriptLocales.flatMap((locale) => {
    const names = variablesIn(text[locale]);
    const isField = (name: string): boolean => fields.has(capturedFieldOf(name) ?? '');
    const unknown = names.filter((name) => !isScriptVariable(name) && !isField(name)).map((name) => `{${name}}`);
    if (/[{}]/.test(text[locale].replace(/\{[^{}]*\}/g, ''))) unknown.push('stray brace');
    const isLacking = (name: string): boolean => calls.some((values) => !hasValue(name, values, perInvoice));
    const restricted = names.filter((name) => fields.get(capturedFieldOf(name) ?? '')?.restricted === true);
    return [
      ...unknown.map((detail): ScriptFinding => ({ code: 'undeclared-variable', where, detail: `${locale}: ${detail}` })),
      ...restricted.map((name): ScriptFinding => ({ code: 'restricted-said', where, detail: `${locale}: {${name}}` })),
      ...names.filter((name) => isScriptVariable(name) || isField(name)).filter(isLacking)
        .map((name): ScriptFinding => ({ code: 'variable-without-value', where, detail: `${locale}: {${name}}` })),
    ];
  });
}

function hasValue(name: string, values: ConditionValues, perInvoice: boolean): boolean {
  const fieldId = capturedFieldOf(name);
  if (fieldId === null) return !isScriptVariable(name) || isAvailable(name, values, perInvoice);
  const value = values.captured[fieldId];
  return value !== undefined && value !== '' && value !== 0;
}

/** The forbidden word that a text says, variables aside. */
export function wordIn(text: string, words: RegExp): string | undefined {
  return words.exec(text.replace(/\{[^{}]*\}/g, '…').replaceAll('**', ''))?.[0];
}

function isSaid(paragraph: ScriptParagraph, values: ConditionValues): boolean {
  if (!holds(paragraph.when, values)) return false;
  return paragraph.each === undefined || (paragraph.each === 'overdue' ? values.overdueCount : values.upcomingCount) > 0;
}

function mentions(paragraph: ScriptParagraph, variables: readonly string[]): boolean {
  return scriptLocales.some((locale) => variablesIn(paragraph[locale]).some((name) => variables.includes(name)));
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.?!:;])\s+/);
}
