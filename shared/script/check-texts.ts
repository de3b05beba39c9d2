/**
 * Judges every text of a script pack by itself: translated, short enough to say, with variables that exist and
 * are there in every situation the pack can meet.
 */
import type { ScriptFinding } from './script-finding.ts';
import type { ScriptObjection, ScriptPack, ScriptParagraph, ScriptStep, ScriptText } from './script-pack.ts';
import { scriptLocales } from './script-pack.ts';
import { isAvailable, isScriptVariable, variablesIn } from './script-variables.ts';
import type { ScriptVariable } from './script-variables.ts';
import { debtorWords, latenessWords, threatWords } from './script-words.ts';
import { holds, situationsOf } from './situation.ts';
import type { Situation } from './situation.ts';

/** More words than this are not said in one breath. */
const maxSentenceWords = 30;
const maxTitleLetters = 14;

const upcomingVariables: readonly string[] = ['upcomingAmount', 'upcomingAmountInWords', 'upcomingCount', 'nextDueDate', 'lastDueDate'];
const overdueVariables: readonly string[] = ['overdueAmount', 'overdueAmountInWords', 'overdueCount'];

/** Findings about single texts. */
export function checkTexts(pack: ScriptPack): ScriptFinding[] {
  const situations = situationsOf(pack.tone, pack.audience);
  return [
    ...pack.steps.flatMap((step) => [
      ...checkLabel(step.id, step.title, 'title'),
      ...step.answers.flatMap((answer) => checkLabel(step.id, answer.label, 'label')),
      ...checkUnit(step.id, step, pack, situations),
    ]),
    ...pack.objections.flatMap((objection) => [
      ...checkLabel(objection.id, objection.label, 'label'),
      ...checkUnit(objection.id, objection, pack, situations),
    ]),
  ];
}

function checkUnit(where: string, unit: ScriptStep | ScriptObjection, pack: ScriptPack, situations: readonly Situation[]): ScriptFinding[] {
  const findings = unit.say.flatMap((paragraph) => checkParagraph(where, paragraph, pack, situations));
  if (unit.do !== undefined) findings.push(...checkTranslation(where, unit.do), ...checkVariables(where, unit.do, situations, false));
  const silent = situations.find((situation) => !unit.say.some((paragraph) => isSaid(paragraph, situation)));
  const mayBeSilent = unit.do !== undefined && unit.say.length === 0;
  if (silent !== undefined && !mayBeSilent) findings.push({ code: 'silent-step', where, detail: JSON.stringify(silent) });
  const lastOverdue = unit.say.findLastIndex((paragraph) => paragraph.each === 'overdue' || mentions(paragraph, overdueVariables));
  const firstUpcoming = unit.say.findIndex((paragraph) => paragraph.each === 'upcoming' || mentions(paragraph, upcomingVariables));
  if (firstUpcoming !== -1 && firstUpcoming < lastOverdue) findings.push({ code: 'upcoming-before-overdue', where, detail: '' });
  return findings;
}

function checkParagraph(where: string, paragraph: ScriptParagraph, pack: ScriptPack, situations: readonly Situation[]): ScriptFinding[] {
  const matching = situations.filter((situation) => isShown(paragraph, situation));
  const findings = [...checkTranslation(where, paragraph), ...checkVariables(where, paragraph, matching, paragraph.each !== undefined)];
  if (matching.length === 0) findings.push({ code: 'never-said', where, detail: paragraph.it });
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
    if (pack.tone === 'courtesy') report('courtesy-called-overdue', wordIn(text, latenessWords[locale]));
    if (pack.tone !== 'recovery') report('customer-called-debtor', wordIn(text, debtorWords[locale]));
  }
  return findings;
}

function checkLabel(where: string, text: ScriptText, role: 'title' | 'label'): ScriptFinding[] {
  const findings = checkTranslation(where, text);
  for (const locale of scriptLocales) {
    const detail = `${locale}: ${text[locale]}`;
    if (/[{}]/.test(text[locale])) findings.push({ code: 'misplaced-variable', where, detail });
    if (role === 'title' && text[locale].length > maxTitleLetters) findings.push({ code: 'title-too-long', where, detail });
  }
  return findings;
}

function checkTranslation(where: string, text: ScriptText): ScriptFinding[] {
  return scriptLocales.filter((locale) => text[locale].trim() === '').map((locale) => ({ code: 'missing-translation', where, detail: locale }));
}

function checkVariables(where: string, text: ScriptText, situations: readonly Situation[], perInvoice: boolean): ScriptFinding[] {
  return scriptLocales.flatMap((locale) => {
    const names = variablesIn(text[locale]);
    const unknown = names.filter((name) => !isScriptVariable(name)).map((name) => `{${name}}`);
    if (/[{}]/.test(text[locale].replace(/\{[^{}]*\}/g, ''))) unknown.push('stray brace');
    const isLacking = (name: ScriptVariable): boolean => situations.some((situation) => !isAvailable(name, situation, perInvoice));
    return [
      ...unknown.map((detail): ScriptFinding => ({ code: 'undeclared-variable', where, detail: `${locale}: ${detail}` })),
      ...names.filter(isScriptVariable).filter(isLacking).map((name): ScriptFinding => ({ code: 'variable-without-value', where, detail: `${locale}: {${name}}` })),
    ];
  });
}

/** The forbidden word that a text says, variables aside. */
export function wordIn(text: string, words: RegExp): string | undefined {
  return words.exec(text.replace(/\{[^{}]*\}/g, '…').replaceAll('**', ''))?.[0];
}

function isShown(paragraph: ScriptParagraph, situation: Situation): boolean {
  return (paragraph.when ?? []).every((condition) => holds(condition, situation));
}

function isSaid(paragraph: ScriptParagraph, situation: Situation): boolean {
  return isShown(paragraph, situation) && (paragraph.each === undefined || situation[paragraph.each] !== 'none');
}

function mentions(paragraph: ScriptParagraph, variables: readonly string[]): boolean {
  return scriptLocales.some((locale) => variablesIn(paragraph[locale]).some((name) => variables.includes(name)));
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.?!:;])\s+/);
}
