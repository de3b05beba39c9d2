/**
 * Routes a page's request to its one handler.
 *
 * Invariants: a name outside the contract, or input that does not parse, is answered with an
 * error and runs nothing; an output that does not parse is our bug and is thrown.
 */
import type { z } from 'zod';
import type { CommandName, CommandOutput, CommandRequest, QueryName, QueryOutput, QueryRequest } from '../../shared/contract/contract.ts';
import { commands, queries } from '../../shared/contract/contract.ts';
import type { PortRequest } from '../../shared/contract/host-protocol.ts';
import type { Result } from '../../shared/result.ts';
import { fail, ok } from '../../shared/result.ts';
import { answerRecording } from './commands/answer-recording.ts';
import { startRecording } from './commands/start-recording.ts';
import { stopRecording } from './commands/stop-recording.ts';
import { acceptPlan } from './commands/accept-plan.ts';
import { allowContact } from './commands/allow-contact.ts';
import { cancelAgreement } from './commands/cancel-agreement.ts';
import { cancelCall } from './commands/cancel-call.ts';
import { closeCall } from './commands/close-call.ts';
import { closeDispute } from './commands/close-dispute.ts';
import { decideSettlement } from './commands/decide-settlement.ts';
import { declarePlanBroken } from './commands/declare-plan-broken.ts';
import { moveDispute } from './commands/move-dispute.ts';
import { putAsideCall } from './commands/put-aside-call.ts';
import { takeUpCall } from './commands/take-up-call.ts';
import { requestMail } from './commands/request-mail.ts';
import { recordPayment } from './commands/record-payment.ts';
import { reversePayment } from './commands/reverse-payment.ts';
import { checkIdentity } from './commands/check-identity.ts';
import { dialExtension } from './commands/dial-extension.ts';
import { startCall } from './commands/start-call.ts';
import { transferCall } from './commands/transfer-call.ts';
import { keepTyped } from './commands/keep-typed.ts';
import { walkScript } from './commands/walk-script.ts';
import { addNote } from './commands/add-note.ts';
import { assignCustomer } from './commands/assign-customer.ts';
import { addUser } from './commands/add-user.ts';
import { attachFile } from './commands/attach-file.ts';
import { printFromSource } from './commands/print-from-source.ts';
import { beginImportFile } from './commands/begin-import-file.ts';
import { auditOutcome } from './commands/audit-outcome.ts';
import { correctAsLead } from './commands/correct-as-lead.ts';
import { correctOutcome } from './commands/correct-outcome.ts';
import { discardImportFile } from './commands/discard-import-file.ts';
import { recordOutcome } from './commands/record-outcome.ts';
import { resumeActivity } from './commands/resume-activity.ts';
import { resetPassword } from './commands/reset-password.ts';
import { saveImportRejects } from './commands/save-import-rejects.ts';
import { sendImportPart } from './commands/send-import-part.ts';
import { startImport } from './commands/start-import.ts';
import { cancelImport } from './commands/cancel-import.ts';
import { repeatImport } from './commands/repeat-import.ts';
import { serveCase } from './commands/serve-case.ts';
import { saveContactPoint } from './commands/save-contact-point.ts';
import { saveDraft } from './commands/save-draft.ts';
import { resetSettings } from './commands/reset-settings.ts';
import { saveSetting } from './commands/save-setting.ts';
import { saveParty } from './commands/save-party.ts';
import { savePreferences } from './commands/save-preferences.ts';
import { readMessage } from './commands/read-message.ts';
import { sendMessage } from './commands/send-message.ts';
import { settleFlag } from './commands/settle-flag.ts';
import { endPriority } from './commands/end-priority.ts';
import { setPriority } from './commands/set-priority.ts';
import { shareQueue } from './commands/share-queue.ts';
import { suspendActivity } from './commands/suspend-activity.ts';
import type { Desk } from './desk.ts';
import { listContactTasks } from './contacts/list-contact-tasks.ts';
import { closeContact } from './commands/close-contact.ts';
import { matchContact } from './commands/match-contact.ts';
import { noteContact } from './commands/note-contact.ts';
import { takeContact } from './commands/take-contact.ts';
import { answerHelp, askHelp, beginListening, closeRelease, confirmListening, dropListeners, releaseWrapUp, tellState, tellTyped } from './floor/floor-commands.ts';
import { listServedCases, searchCallers } from './inbound/search-callers.ts';
import { showCaller } from './inbound/show-caller.ts';
import { listCertificates, listRates, listScriptDrafts, listScripts, showConduct, showPublishedScript, showWorkersAgreement } from './office/conduct-queries.ts';
import { previewScriptDraft } from './office/preview-script-draft.ts';
import { listMailProblems, listMailSenders, removeMailSender, retryMail, setMailSender } from './office/mail-problems.ts';
import {
  publishCalendar, publishConduct, publishRates, publishScript, recordWorkersAgreement, saveCertificates, withdrawRate, withdrawScript, withdrawWorkersAgreement,
} from './office/publish-rules.ts';
import { saveScriptDraft } from './office/save-script-draft.ts';
import { findNextCallable } from './queries/find-next-callable.ts';
import { findNextCase } from './queries/find-next-case.ts';
import { listAgenda } from './queries/list-agenda.ts';
import { findCases, listCollectors, listLists } from './queries/lead-queries.ts';
import { listAudits } from './queries/list-audits.ts';
import { listMessages } from './queries/list-messages.ts';
import { listFlags } from './queries/list-flags.ts';
import {
  listImportChanges, listImportCreditors, listImportJobs, listImportRejects, previewImport, showImportFile, showImportJob,
} from './queries/import-queries.ts';
import { listUsers } from './queries/list-users.ts';
import { listIncoming } from './queries/list-incoming.ts';
import { listWorklist } from './queries/list-worklist.ts';
import { readAttachment } from './queries/read-attachment.ts';
import { readTypedEntry } from './queries/read-typed-entry.ts';
import { searchCases } from './queries/search-cases.ts';
import { previewScript } from './queries/preview-script.ts';
import { listPriorities } from './queries/list-priorities.ts';
import { planShare } from './queries/plan-share.ts';
import { showBoard } from './queries/show-board.ts';
import { showCall } from './queries/show-call.ts';
import { showGuard } from './queries/show-guard.ts';
import { showCase } from './queries/show-case.ts';
import { showDataFolder } from './queries/show-data-folder.ts';
import { showLeadCase } from './queries/show-lead-case.ts';
import { showOpenAgreements } from './queries/show-open-agreements.ts';
import { showMail } from './queries/show-mail.ts';
import { showPlanBasis } from './queries/show-plan-basis.ts';
import { showSession } from './queries/show-session.ts';
import { showSync } from './queries/show-sync.ts';
import { showTelephone } from './queries/show-telephone.ts';
import { showToday } from './queries/show-today.ts';
import type { Session } from './session.ts';
import { readSettings } from './store/settings-store.ts';
import { storeFailure } from './store/store-failure.ts';

type Answer<T> = Result<T> | Promise<Result<T>>;
type QueryHandlers = { [Name in QueryName]: (desk: Desk, input: QueryRequest<Name>) => Answer<QueryOutput<Name>> };
type CommandHandlers = { [Name in CommandName]: (desk: Desk, input: CommandRequest<Name>) => Answer<CommandOutput<Name>> };

/** Runs only for a signed-in operator. */
function signedIn<Input, Output>(handle: (session: Session, input: Input) => Answer<Output>): (desk: Desk, input: Input) => Answer<Output> {
  return (desk, input) => (desk.session === null ? fail('not-signed-in', 'error.notSignedIn') : handle(desk.session, input));
}

const queryHandlers: QueryHandlers = {
  'show-session': (desk) => ok(showSession(desk)),
  'show-sync': (desk) => ok(showSync(desk.session)),
  'show-today': signedIn((session) => ok(showToday(session))),
  'list-worklist': signedIn((session, input) => ok(listWorklist(session, input))),
  'find-next-case': signedIn((session, input) => ok(findNextCase(session, input))),
  'find-next-callable': signedIn((session, input) => ok(findNextCallable(session, input))),
  'search-cases': signedIn((session, input) => ok(searchCases(session, input))),
  'show-case': signedIn(showCase),
  'show-plan-basis': signedIn(showPlanBasis),
  'show-open-agreements': signedIn(showOpenAgreements),
  'show-mail': signedIn(showMail),
  'list-mail-senders': signedIn((session) => listMailSenders(session)),
  'list-mail-problems': signedIn((session) => listMailProblems(session)),
  'read-attachment': signedIn(readAttachment),
  'read-typed-entry': signedIn(readTypedEntry),
  'list-incoming': signedIn((session) => ok(listIncoming(session))),
  'list-flags': signedIn((session) => ok(listFlags(session))),
  'list-lists': signedIn(listLists), 'list-collectors': signedIn(listCollectors),
  'show-board': signedIn(showBoard),
  'list-priorities': signedIn((session) => ok(listPriorities(session))), 'plan-share': signedIn(planShare),
  'show-floor': signedIn((session) => ok(session.floor.show())),
  'list-messages': signedIn((session) => ok(listMessages(session))),
  'find-cases': signedIn(findCases),
  'show-lead-case': signedIn(showLeadCase),
  'list-audits': signedIn((session) => ok(listAudits(session))),
  'list-agenda': signedIn((session, input) => ok(listAgenda(session, input))),
  'show-settings': signedIn((session) => ok(readSettings(session.db))),
  'show-data-folder': signedIn((session) => ok(showDataFolder(session))),
  'show-import-file': signedIn(showImportFile),
  'preview-import': signedIn(previewImport),
  'list-import-jobs': signedIn((session) => listImportJobs(session)),
  'show-import-job': signedIn(showImportJob),
  'list-import-rejects': signedIn(listImportRejects),
  'list-import-changes': signedIn(listImportChanges),
  'show-guard': signedIn(showGuard),
  'show-call': signedIn((session, input) => ok(showCall(session, input))),
  'preview-script': signedIn(previewScript),
  'show-caller': signedIn(showCaller),
  'search-callers': signedIn(searchCallers),
  'list-contact-tasks': signedIn((session) => ok(listContactTasks(session))),
  'list-served': signedIn((session) => ok(listServedCases(session))),
  'show-telephone': signedIn((session) => ok(showTelephone(session))),
  'list-import-creditors': signedIn((session) => listImportCreditors(session)),
  'list-users': signedIn((session) => listUsers(session)),
  'show-conduct': signedIn((session) => showConduct(session)),
  'list-scripts': signedIn((session) => listScripts(session)),
  'show-published-script': signedIn(showPublishedScript),
  'list-script-drafts': signedIn((session) => listScriptDrafts(session)),
  'preview-script-draft': signedIn(previewScriptDraft),
  'list-certificates': signedIn((session) => listCertificates(session)),
  'list-rates': signedIn((session) => listRates(session)),
  'show-workers-agreement': signedIn((session) => showWorkersAgreement(session)),
};

const commandHandlers: CommandHandlers = {
  'sign-in': (desk, input) => desk.signIn(input),
  'sign-out': (desk) => desk.signOut(),
  'acknowledge-salvage': (desk) => desk.acknowledgeSalvage(),
  'record-outcome': signedIn(recordOutcome),
  'correct-outcome': signedIn(correctOutcome),
  'start-call': signedIn(startCall),
  'check-identity': signedIn(checkIdentity),
  'walk-script': signedIn(walkScript),
  'keep-typed': signedIn(keepTyped),
  'answer-recording': signedIn(answerRecording),
  'start-recording': signedIn(startRecording), 'stop-recording': signedIn(stopRecording),
  'cancel-call': signedIn(cancelCall),
  'serve-case': signedIn(serveCase),
  'note-contact': signedIn(noteContact),
  'take-contact': signedIn(takeContact), 'match-contact': signedIn(matchContact), 'close-contact': signedIn(closeContact),
  'close-call': signedIn(closeCall),
  'put-aside-call': signedIn(putAsideCall), 'take-up-call': signedIn(takeUpCall),
  'transfer-call': signedIn(transferCall),
  'dial-extension': signedIn(dialExtension),
  'allow-contact': signedIn(allowContact),
  'add-note': signedIn(addNote),
  'attach-file': signedIn(attachFile),
  'print-document': (desk, input) => signedIn((session: Session, request: typeof input) => printFromSource(desk, session, request))(desk, input),
  'save-draft': signedIn(saveDraft),
  'save-party': signedIn(saveParty),
  'save-contact-point': signedIn(saveContactPoint),
  'save-preferences': signedIn(savePreferences),
  'save-setting': signedIn(saveSetting),
  'reset-settings': signedIn(resetSettings),
  'suspend-activity': signedIn(suspendActivity),
  'set-priority': signedIn(setPriority), 'end-priority': signedIn(endPriority),
  'resume-activity': signedIn(resumeActivity),
  'assign-customer': signedIn(assignCustomer), 'share-queue': signedIn(shareQueue),
  'audit-outcome': signedIn(auditOutcome),
  'correct-as-lead': signedIn(correctAsLead),
  'settle-flag': signedIn(settleFlag),
  'tell-state': signedIn(tellState),
  'ask-help': signedIn(askHelp), 'answer-help': signedIn(answerHelp),
  'begin-listening': signedIn(beginListening),
  'confirm-listening': signedIn(confirmListening), 'drop-listeners': signedIn(dropListeners),
  'release-wrap-up': signedIn(releaseWrapUp), 'tell-typed': signedIn(tellTyped), 'close-release': signedIn(closeRelease),
  'send-message': signedIn(sendMessage),
  'read-message': signedIn(readMessage),
  'accept-plan': signedIn(acceptPlan),
  'cancel-agreement': signedIn(cancelAgreement),
  'move-dispute': signedIn(moveDispute),
  'close-dispute': signedIn(closeDispute),
  'decide-settlement': signedIn(decideSettlement),
  'declare-plan-broken': signedIn(declarePlanBroken),
  'record-payment': signedIn(recordPayment),
  'reverse-payment': signedIn(reversePayment),
  'request-mail': signedIn(requestMail),
  'retry-mail': signedIn(retryMail),
  'set-mail-sender': signedIn(setMailSender),
  'remove-mail-sender': signedIn(removeMailSender),
  'begin-import-file': signedIn(beginImportFile),
  'send-import-part': signedIn(sendImportPart),
  'discard-import-file': signedIn(discardImportFile),
  'start-import': signedIn(startImport),
  'cancel-import': signedIn(cancelImport),
  'repeat-import': signedIn(repeatImport),
  'save-import-rejects': (desk, input) => signedIn((session: Session, request: typeof input) => saveImportRejects(session, desk.config.downloadsDir, request))(desk, input),
  'set-up-agency': (desk, input) => desk.setUp(input),
  'add-user': signedIn(addUser),
  'reset-password': signedIn(resetPassword),
  'publish-conduct': signedIn(publishConduct),
  'publish-calendar': signedIn(publishCalendar),
  'publish-rates': signedIn(publishRates), 'withdraw-rate': signedIn(withdrawRate),
  'record-workers-agreement': signedIn(recordWorkersAgreement),
  'withdraw-workers-agreement': signedIn(withdrawWorkersAgreement),
  'publish-script': signedIn(publishScript),
  'withdraw-script': signedIn(withdrawScript),
  'save-script-draft': signedIn(saveScriptDraft),
  'save-certificates': signedIn(saveCertificates),
  'sync-now': (desk) => ok(desk.syncNow()),
};

/** Answers one request; always a `Result`. */
export async function dispatch(desk: Desk, request: Pick<PortRequest, 'kind' | 'name' | 'input'>): Promise<Result<unknown>> {
  const { kind, name, input } = request;
  if (kind === 'query' && isQueryName(name)) return run(desk, queries[name], queryHandlers[name], input);
  if (kind === 'command' && isCommandName(name)) return run(desk, commands[name], commandHandlers[name], input);
  return fail('unknown-channel', 'error.invalidInput', { name });
}

async function run(
  desk: Desk,
  channel: { input: z.ZodType; output: z.ZodType },
  handler: (desk: Desk, input: never) => Answer<unknown>,
  input: unknown,
): Promise<Result<unknown>> {
  const parsed = channel.input.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return fail('invalid-input', 'error.invalidInput', { field: issue?.path.join('.') ?? '', reason: issue?.message ?? '' });
  }
  const result = await answered(() => handler(desk, parsed.data as never));
  return result.ok ? ok(channel.output.parse(result.value)) : result;
}

/** A disk that is full or read-only, or a damaged page, is an answer too; a bug is thrown. */
async function answered(handle: () => Answer<unknown>): Promise<Result<unknown>> {
  try {
    return await handle();
  } catch (error) {
    return storeFailure(error);
  }
}

function isQueryName(name: string): name is QueryName {
  return Object.hasOwn(queries, name);
}

function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}
