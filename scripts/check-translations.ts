/**
 * Compares the languages with each other and with the code.
 *
 * Invariants: every language has the same keys and none is empty; every key that the code
 * names exists; no key is left that nothing uses. Keys made at run time from a code (`outcome.PTP`)
 * count as used by their prefix, listed here with the codes they come from.
 *
 *   node scripts/check-translations.ts
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import {
  causeCodes, contactChannels, disputeReasons, outcomeCodes, paymentMethods, privacyRequestKinds, proofStates, refusedContactScopes, resendChannels, taskOwners,
} from '../shared/case/outcome-codes.ts';
import { delicateTopics } from '../shared/case/delicate-words.ts';
import { contactSources, partyRoles } from '../shared/case/party.ts';
import { adviceReasons } from '../shared/case/suggest-next-action.ts';
import { debtorKinds, phoneNumberSchema, tones } from '../shared/case/case-entity.ts';
import { ageingBuckets } from '../shared/case/view-case.ts';
import { appointmentKinds } from '../shared/case/list-appointments.ts';
import { densities, themeChoices } from '../shared/contract/settings-channels.ts';
import { worklistWhys } from '../shared/contract/worklist-filter.ts';
import { worklistViews } from '../shared/contract/screens.ts';
import { policyCodes, policyWarnings } from '../shared/policy/contact/policy-codes.ts';
import { leaseStates } from '../shared/policy/read-lease.ts';
import { planWishFields } from '../shared/plans/plan-options.ts';
import { passwordProblems, passwordStrengths } from '../shared/policy/password-rules.ts';
import { importContents, importFields } from '../shared/protocol/import-columns.ts';
import {
  dateFormatSchema, importChangeKinds, importJobStates, importRejectCodes, importWarningCodes, suggestionSources,
} from '../shared/protocol/import-protocol.ts';
import { guideSteps } from '../renderer/features/training/guide-steps.ts';
import { flagCodes } from '../shared/protocol/feed-protocol.ts';
import { deskRefusals } from '../shared/contract/conduct-channels.ts';
import { caseMeasures } from '../shared/protocol/lead-protocol.ts';
import { doNotCallScopes } from '../shared/facts/contact-bodies.ts';
import { identityMethods, identityResults } from '../shared/facts/conduct-bodies.ts';
import { factVersions } from '../shared/facts/fact-bodies.ts';
import { endCauses } from '../shared/facts/telephone-bodies.ts';
import { leadTabs } from '../renderer/features/lead/lead-store.ts';
import { roles } from '../shared/protocol/session-protocol.ts';
import { scriptFindingCodes } from '../shared/script/script-finding.ts';
import { lineStates } from '../renderer/app/line-state.ts';
import { timelineFilters } from '../renderer/features/call/timeline-filter.ts';
import { shortcutGroups } from '../renderer/app/keyboard.ts';
import { certificateLevels } from '../shared/protocol/conduct-protocol.ts';
import { gateStates } from '../shared/contract/conduct-channels.ts';
import { fieldTypes } from '../shared/script/script-fields.ts';
import { identityAnswers, offerActions, scriptDirections, scriptRoles, scriptStages } from '../shared/script/script-pack.ts';
import { calendarProblemCodes } from '../renderer/features/conduct/calendar-form.ts';
import { ruleFields } from '../renderer/features/conduct/conduct-form.ts';
import { conductTabs } from '../renderer/features/conduct/conduct-store.ts';
import { stepKinds } from '../renderer/features/conduct/edit-script.ts';
import { callWords, linePhases } from '../renderer/features/telephone/line-view.ts';
import { globalKeyNames } from '../shared/telephone/global-keys.ts';
import { lineProblems } from '../shared/telephone/telephone-event.ts';
import { previewSamples } from '../shared/contract/conduct-office-channels.ts';
import { isEntry, projectDirectory } from './project.ts';

/** Prefixes completed at run time, with every ending that can occur; null = endings come from other code. */
const dynamicPrefixes: Readonly<Record<string, readonly string[] | null>> = {
  'outcome.': outcomeCodes,
  'error.plan.': planWishFields,
  'cause.': causeCodes,
  'disputeReason.': disputeReasons,
  'method.': paymentMethods,
  'kind.': debtorKinds,
  'tone.': [...tones, 'callback', 'suspended', 'settled'],
  'numberKind.': phoneNumberSchema.shape.kind.options,
  'bucket.': ageingBuckets,
  'view.': worklistViews,
  'empty.': worklistViews.flatMap((view) => [`${view}.title`, `${view}.text`]),
  'lease.': leaseStates.filter((state) => state !== 'live').flatMap((state) => [`${state}.title`, `${state}.text`]),
  'flag.': flagCodes,
  'flagNext.': flagCodes,
  'role.': roles,
  'signIn.demoRole.': roles,
  'salvage.kind.': ['outcome', 'correction', 'note', 'attachment', 'unknown'],
  'network.': lineStates,
  'promiseState.': ['pending', 'due', 'broken'],
  'audience.': ['only-me', 'anyone'],
  'manner.': ['polite', 'listening', 'proactive', 'firm'],
  'amount.': ['overdue', 'notYetDue', 'disputed', 'claimable'],
  'draft.': ['waiting', 'saved', 'failed'],
  'correction.': ['replace', 'annul'],
  'users.trainingOf.': ['without-recovery', 'all', 'learning'],
  'history.callEnd.': endCauses,
  'history.': ['corrected', 'annulled'],
  'history.identity.': identityResults,
  'gate.state.': gateStates,
  'gate.answer.': identityResults.filter((result) => result !== 'confirmed'),
  'gate.ending.': identityResults.filter((result) => result !== 'confirmed'),
  'history.audit.': ['approved', 'rejected', 'observed'],
  'outcomeForm.dateOf.': null,
  'outcomeForm.dateHintOf.': null,
  'advice.': adviceReasons,
  'channel.': contactChannels,
  'contactSource.': contactSources,
  'delicate.': delicateTopics,
  'people.': ['told', 'untold'],
  'people.doNotCallOf.': doNotCallScopes,
  'people.doNotCallMark.': doNotCallScopes,
  'people.example.': ['phone', 'email', 'pec', 'post'],
  'pointKind.': ['phone', 'email', 'pec', 'post'],
  'preferredChannel.': ['phone', 'email', 'pec', 'post'],
  'timeline.filter.': timelineFilters,
  'outcomeForm.addressOf.': null,
  'outcomeForm.nameOf.': null,
  'proof.': proofStates, 'resendBy.': resendChannels, 'owner.': taskOwners, 'requestKind.': privacyRequestKinds,
  'refusedScope.': refusedContactScopes,
  'spokeWith.': ['right-party', 'other'],
  'partyRole.': partyRoles,
  'settings.theme': ['System', 'Light', 'Dark'],
  'settings.themeOf.': themeChoices,
  'settings.densityOf.': densities,
  'why.': worklistWhys,
  'appointment.': appointmentKinds,
  'lead.column.': ['time', 'customer', 'creditor', 'outcome', 'amount', 'date', 'status'],
  'lead.status.': ['corrected', 'annulled'],
  'lead.tab.': leadTabs,
  'lead.measure.': caseMeasures,
  'lead.about.': [...Object.keys(factVersions).filter((type) => type !== 'outcome-recorded'), 'other'],
  'lead.do.': null,
  'lead.done.': null,
  'lead.verdictNote.': ['approved', 'rejected', 'observed'],
  'lead.assignment.': ['nobody', 'held', 'on-the-way'],
  'shortcuts.group.': shortcutGroups.map((group) => group.id),
  'shortcuts.': shortcutGroups.flatMap((group) => group.entries.map((entry) => entry.id)),
  'imports.steps.': ['file', 'columns', 'trial', 'done'],
  'imports.format.': ['csv', 'xlsx'],
  'imports.encoding.': ['utf8', 'utf16-le', 'utf16-be', 'win1252'],
  'imports.delimiter.': ['semicolon', 'comma', 'tab', 'pipe'],
  'imports.contents.': importContents,
  'imports.dateFormat.': dateFormatSchema.options.map((format) => format.replace(/\W/g, '')),
  'imports.fields.': importFields,
  'imports.from.': [...suggestionSources, 'hand', 'none'],
  'imports.phase.': ['looking', 'taking', 'sending'],
  'imports.change.': importChangeKinds,
  'imports.changeNote.': importChangeKinds,
  'imports.emptyChange.': importChangeKinds,
  'imports.tab.': ['rejects', ...importChangeKinds],
  'imports.state.': importJobStates,
  'imports.changedField.': ['amount', 'residual', 'dueDate', 'settledOn', 'disputed', 'documentType', 'currency'],
  'imports.rejects.': [...importRejectCodes, ...importWarningCodes],
  'users.roleNote.': roles,
  'password.strength.': passwordStrengths,
  'password.problem.': passwordProblems,
  'setup.steps.': ['agency', 'account', 'people', 'import', 'done'], 'setup.title.': ['agency', 'account', 'people', 'done'],
  'setup.next.': ['collectors', 'lead', 'backup'],
  'guide.title.': guideSteps,
  'guide.text.': guideSteps,
  'scriptFinding.': scriptFindingCodes,
  'reason.': null,
  'policy.': [...policyCodes, ...deskRefusals],
  'policyWarning.': policyWarnings,
  'identityMethod.': identityMethods,
  'conduct.tab.': conductTabs,
  'conduct.language.': ['it', 'en'],
  'conduct.stepKind.': stepKinds,
  'conduct.each.': ['overdue', 'upcoming'],
  'conduct.offer.': offerActions,
  'conduct.result.': identityAnswers,
  'conduct.consent.': ['given', 'refused'],
  'conduct.fieldType.': fieldTypes,
  'conduct.direction.': scriptDirections,
  'conduct.role.': scriptRoles,
  'conduct.stage.': [...scriptStages, 'any'],
  'conduct.condition.': ['condition-unreadable', 'condition-unknown-variable', 'condition-wrong-type', 'condition-not-allowed'],
  'conduct.editor.saved.': ['kept', 'waiting', 'failed'],
  'conduct.gate.': gateStates,
  'conduct.preview.samples.': previewSamples,
  'conduct.rule.': ruleFields.map(({ field }) => field),
  'conduct.means.': null,
  'conduct.calendar.': ['from', 'to', 'name', 'city', 'day'],
  'conduct.calendar.problem.': calendarProblemCodes,
  'conduct.level.': ['none', ...certificateLevels],
  'telephone.line.': ['practice', ...linePhases.filter((phase) => phase !== 'none')], 'telephone.lineText.': linePhases.filter((phase) => phase !== 'none'),
  'telephone.problem.': lineProblems, 'telephone.state.': callWords, 'telephone.endedTalk.': ['us', 'them'], 'telephone.audio.': ['microphoneId', 'speakerId', 'ringId'], 'telephone.audio.globalKey.': globalKeyNames,
};

/** Texts of errors are named by code anywhere below these folders, as `error.…` in a string. */
const errorFolders = ['electron', 'shared', 'renderer', 'hub'];
const languages = ['it', 'en'] as const;
const pluralEnding = /_(zero|one|two|few|many|other)$/;

interface Tree {
  [key: string]: string | Tree;
}

/** Every problem found, one sentence each; empty when all is well. */
export function checkTranslations(): string[] {
  const texts = Object.fromEntries(languages.map((language) => [language, flatten(readTree(language))]));
  const italian = texts['it'] ?? new Map<string, string>();
  const problems: string[] = [];
  for (const [language, entries] of Object.entries(texts)) {
    for (const key of italian.keys()) if (!entries.has(key)) problems.push(`${language}: ${key} is missing`);
    for (const [key, text] of entries) {
      if (!italian.has(key)) problems.push(`it: ${key} is missing`);
      if (text.trim() === '') problems.push(`${language}: ${key} is empty`);
    }
    for (const [key, text] of entries) {
      const other = italian.get(key);
      if (other !== undefined && placeholders(text) !== placeholders(other)) problems.push(`${language}: ${key} has other placeholders than it`);
    }
  }
  return [...problems, ...checkUse(new Set([...italian.keys()].map(withoutPlural)))];
}

function checkUse(keys: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  const used = new Set<string>();
  for (const [prefix, endings] of Object.entries(dynamicPrefixes)) {
    for (const ending of endings ?? []) {
      used.add(`${prefix}${ending}`);
      if (!keys.has(`${prefix}${ending}`)) problems.push(`${prefix}${ending} is made at run time and has no text`);
    }
  }
  for (const file of sourceFiles('renderer')) {
    visitStrings(file, (text, isKeyOfT, line) => {
      if (keys.has(text)) used.add(text);
      else if (isKeyOfT) problems.push(`${file}:${String(line)}: ${text} has no text`);
    }, (head, line) => {
      if (!Object.keys(dynamicPrefixes).includes(head)) problems.push(`${file}:${String(line)}: ${head}… is made at run time: add the prefix to scripts/check-translations.ts`);
    });
  }
  for (const file of errorFolders.flatMap(sourceFiles)) {
    visitStrings(file, (text, _isKeyOfT, line) => {
      if (!/^error\.[a-zA-Z.]+$/.test(text)) return;
      used.add(text);
      if (!keys.has(text)) problems.push(`${file}:${String(line)}: ${text} has no text`);
    }, () => undefined);
  }
  const open = Object.entries(dynamicPrefixes).filter(([, endings]) => endings === null).map(([prefix]) => prefix);
  for (const key of keys) {
    if (!used.has(key) && !open.some((prefix) => key.startsWith(prefix))) problems.push(`${key} is used nowhere`);
  }
  return problems;
}

/** Calls `onText` for each whole string and `onTemplate` for each template that starts a key of `t`. */
function visitStrings(
  file: string,
  onText: (text: string, isKeyOfT: boolean, line: number) => void,
  onTemplate: (head: string, line: number) => void,
): void {
  const source = ts.createSourceFile(file, readFileSync(path.join(projectDirectory, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const lineOf = (node: ts.Node): number => source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) onText(node.text, isKeyArgument(node), lineOf(node));
    if (ts.isTemplateExpression(node) && isKeyArgument(node)) onTemplate(node.head.text, lineOf(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
}

/** True for the first argument of `t(…)`, also behind a `?:` or inside a list of keys. */
function isKeyArgument(node: ts.Node): boolean {
  let child = node;
  let parent = node.parent;
  while (ts.isConditionalExpression(parent) || ts.isArrayLiteralExpression(parent) || ts.isParenthesizedExpression(parent)) {
    if (ts.isConditionalExpression(parent) && parent.condition === child) return false;
    child = parent;
    parent = parent.parent;
  }
  return ts.isCallExpression(parent) && parent.arguments[0] === child && ts.isIdentifier(parent.expression) && parent.expression.text === 't';
}

function sourceFiles(folder: string): string[] {
  return readdirSync(path.join(projectDirectory, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.(test|d)\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(projectDirectory, path.join(entry.parentPath, entry.name)));
}

function readTree(language: string): Tree {
  return JSON.parse(readFileSync(path.join(projectDirectory, 'assets/locales', `${language}.json`), 'utf8')) as Tree;
}

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') flat.set(`${prefix}${key}`, value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text);
  }
  return flat;
}

function withoutPlural(key: string): string {
  return key.replace(pluralEnding, '');
}

function placeholders(text: string): string {
  return [...text.matchAll(/{{(\w+)}}/g)].map((match) => match[1]).sort().join(' ');
}

if (isEntry(import.meta.filename)) {
  const problems = checkTranslations();
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (problems.length > 0) process.exitCode = 1;
}
