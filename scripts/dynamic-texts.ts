/** Keys of texts that the code makes at run time from a code (`outcome.PTP`), by their prefix. */
import {
  causeCodes, contactChannels, contactReasons, disputeReasons, outcomeCodes, paymentMethods, privacyRequestKinds, refusedContactScopes, resendChannels, taskOwners,
} from '../shared/case/outcome-codes.ts';
import { delicateTopics } from '../shared/case/delicate-words.ts';
import { contactSources, partyRoles } from '../shared/case/party.ts';
import { adviceReasons } from '../shared/case/suggest-next-action.ts';
import { debtorKinds, phoneNumberSchema, tones } from '../shared/case/case-entity.ts';
import { ageingBuckets } from '../shared/case/view-case.ts';
import { shownPromiseStates } from '../shared/payments/promise-state.ts';
import { disputeClosedBodySchema, disputeMovedBodySchema, settlementDecidedBodySchema } from '../shared/facts/agreement-bodies.ts';
import { settlementStates } from '../shared/contract/agreement-screen.ts';
import { planStates } from '../shared/plans/plan-state.ts';
import { planDetailSchema } from '../shared/facts/agreement-details.ts';
import { clockKinds } from '../shared/case/fold-decisions.ts';
import { appointmentKinds } from '../shared/case/list-appointments.ts';
import { densities, themeChoices } from '../shared/contract/settings-channels.ts';
import { worklistWhys } from '../shared/contract/worklist-filter.ts';
import { lostKinds, tablesPerhapsLost } from '../shared/contract/salvage-notice.ts';
import { worklistViews } from '../shared/contract/screens.ts';
import { policyCodes, policyWarnings } from '../shared/policy/contact/policy-codes.ts';
import { recordingLocks } from '../shared/policy/find-recording-lock.ts';
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
import { mailedThings } from '../shared/facts/mail-bodies.ts';
import { mailLocks } from '../shared/case/find-mail-lock.ts';
import { mailFailureCodes } from '../shared/protocol/mail-protocol.ts';
import { contactCloseReasons, taskChannels } from '../shared/facts/contact-task-bodies.ts';
import { factVersions } from '../shared/facts/fact-bodies.ts';
import { endCauses } from '../shared/facts/telephone-bodies.ts';
import { alarmKinds, hourSeries, shownMeasures, thresholdPairs } from '../renderer/features/live/board-levels.ts';
import { queueMeasures } from '../shared/protocol/board-protocol.ts';
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
import { interestClaims } from '../shared/interest/claim-interest.ts';
import { rateTableIds } from '../shared/protocol/rates-protocol.ts';
import { agreementKinds, agreementScopes } from '../shared/protocol/workers-agreement-protocol.ts';
import { workersFields, workersProblems } from '../renderer/features/conduct/workers-form.ts';
import { interestRules, termFields } from '../renderer/features/conduct/agreement-terms-form.ts';
import { calendarProblemCodes } from '../renderer/features/conduct/calendar-form.ts';
import { ruleFields } from '../renderer/features/conduct/conduct-form.ts';
import { conductTabs } from '../renderer/features/conduct/conduct-store.ts';
import { stepKinds } from '../renderer/features/conduct/edit-script.ts';
import { callWords, linePhases } from '../renderer/features/telephone/line-view.ts';
import { globalKeyNames } from '../shared/telephone/global-keys.ts';
import { lineProblems } from '../shared/telephone/telephone-event.ts';
import { previewSamples } from '../shared/contract/conduct-office-channels.ts';
import { shownAgentStates } from '../shared/agent/agent-state.ts';
import { callerKinds, matchStates } from '../shared/contract/inbound-channels.ts';
import { shareParts } from '../shared/protocol/share-protocol.ts';
import { listeningWays, releaseAnswers } from '../shared/protocol/floor-protocol.ts';
import { pauseReasons } from '../shared/agent/progressive.ts';

/** Prefixes completed at run time, with every ending that can occur; null = endings come from other code. */
export const dynamicPrefixes: Readonly<Record<string, readonly string[] | null>> = {
  'outcome.': outcomeCodes,
  'conduct.mail.wrong.': ['senderName', 'senderAddress', 'host', 'port', 'security', 'user', 'privateAuthority', 'password'],
  'conduct.mail.securityOf.': ['starttls', 'tls', 'none'],
  'mail.what.': mailedThings,
  'mail.sentWhat.': mailedThings,
  'mail.failure.': mailFailureCodes,
  'error.mailLock.': mailLocks,
  'inbound.kind.': callerKinds.filter((kind) => kind !== 'extension' && kind !== 'one'),
  'inbound.state.': matchStates.filter((state) => state !== 'here'),
  'error.plan.': [...planWishFields, 'notChosen', 'changed', 'notReadBack', 'notNeeded', 'tooSmall', 'minFirstPayment', 'minInstalment', 'tooShort', 'perMonthTooLow', 'restTooSmall', 'allTimeBarred', 'nothingLeft'],
  'glance.': ['owed', 'disputed', 'promised', 'planned', 'interest'],
  'agreements.planOf.': planStates,
  'agreements.settlementOf.': settlementStates,
  'agreements.sourceOf.': ['person', 'paid-list'],
  'agreements.interestOf.': ['legal', 'late-payment'],
  'plan.kindOf.': planDetailSchema.shape.kind.options,
  'plan.stageOf.': planDetailSchema.shape.stage.options,
  'plan.budget.everyOf.': ['month', 'week'],
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
  'salvage.kind.': lostKinds,
  'salvage.perhaps.': tablesPerhapsLost,
  'network.': lineStates,
  'promiseState.': shownPromiseStates,
  'history.disputeResult.': disputeClosedBodySchema.shape.result.options,
  'history.settlementVerdict.': settlementDecidedBodySchema.shape.verdict.options,
  'act.verdictOf.': settlementDecidedBodySchema.shape.verdict.options,
  'audience.': ['only-me', 'anyone'],
  'manner.': ['polite', 'listening', 'proactive', 'firm'],
  'amount.': ['overdue', 'notYetDue', 'disputed', 'claimable'],
  'draft.': ['waiting', 'saved', 'failed'],
  'correction.': ['replace', 'annul'],
  'users.trainingOf.': ['without-recovery', 'all', 'learning'],
  'history.callEnd.': endCauses,
  'recording.lock.': recordingLocks,
  'history.': ['corrected', 'annulled'],
  'history.identity.': identityResults,
  'gate.state.': gateStates,
  'gate.answer.': identityResults.filter((result) => result !== 'confirmed'),
  'gate.ending.': identityResults.filter((result) => result !== 'confirmed'),
  'history.audit.': ['approved', 'rejected', 'observed'],
  'history.answered.': clockKinds,
  'outcomeForm.dateOf.': null,
  'outcomeForm.dateHintOf.': null,
  'advice.': adviceReasons,
  'channel.': contactChannels,
  'contactReason.': contactReasons,
  'contactTask.channel.': taskChannels,
  'contactTask.history.': taskChannels,
  'contactTask.reason.': contactCloseReasons,
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
  'proof.': disputeMovedBodySchema.shape.proof.options, 'resendBy.': resendChannels, 'owner.': taskOwners, 'requestKind.': privacyRequestKinds,
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
  'live.measure.': queueMeasures,
  'live.sharing.': ['now', 'then', 'allNow', 'allThen', 'nobodys', 'along', 'stayAgreed', 'stayOnTheWay'],
  'live.sharing.partOf.': shareParts,
  'live.about.': [...shownMeasures, 'ends'],
  'live.series.': hourSeries,
  'live.level.': ['good', 'watch', 'bad'],
  'live.line.': ['connecting', 'live', 'behind', 'offline'],
  'live.alarm.': alarmKinds,
  'live.noticeOf.': alarmKinds,
  'live.threshold.': [...thresholdPairs, 'endsBy'],
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
  'conduct.rates.tableOf.': rateTableIds,
  'conduct.rates.field.': ['from', 'to', 'rate', 'source'],
  'conduct.workers.scopeOf.': agreementScopes, 'conduct.workers.on.': agreementScopes, 'conduct.workers.off.': agreementScopes, 'conduct.workers.allows.': agreementScopes,
  'conduct.workers.kindOf.': agreementKinds,
  'conduct.workers.field.': ['kind', ...workersFields],
  'conduct.workers.problem.': workersProblems,
  'conduct.terms.field.': termFields,
  'conduct.terms.ruleOf.': interestRules,
  'conduct.terms.claimOf.': interestClaims,
  'conduct.terms.summary.ruleOf.': interestRules.filter((rule) => rule !== 'none'),
  'conduct.terms.summary.claimOf.': interestClaims,
  'conduct.rule.': ruleFields.map(({ field }) => field),
  'conduct.means.': null,
  'conduct.calendar.': ['from', 'to', 'name', 'city', 'day'],
  'conduct.calendar.problem.': calendarProblemCodes,
  'conduct.level.': ['none', ...certificateLevels],
  'agent.state.': shownAgentStates, 'floor.way.': listeningWays, 'floor.hears.': listeningWays, 'floor.release.answer.': releaseAnswers,
  'agent.paused.': pauseReasons,
  'telephone.line.': ['practice', ...linePhases.filter((phase) => phase !== 'none')], 'telephone.lineText.': linePhases.filter((phase) => phase !== 'none'),
  'telephone.problem.': lineProblems, 'telephone.state.': callWords, 'telephone.endedTalk.': ['us', 'them'], 'telephone.audio.': ['microphoneId', 'speakerId', 'ringId'], 'telephone.audio.globalKey.': globalKeyNames,
};
