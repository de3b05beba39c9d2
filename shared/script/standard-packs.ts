/**
 * The scripts that the product brings along. Each is parsed here, once; that they are fit for use is proved by
 * their test, which runs the whole checker on them.
 */
import companyAccountsCourtesy from '../../assets/scripts/company-accounts-courtesy.json' with { type: 'json' };
import companyAccountsRecovery from '../../assets/scripts/company-accounts-recovery.json' with { type: 'json' };
import companyAccountsReminder from '../../assets/scripts/company-accounts-reminder.json' with { type: 'json' };
import courtesyPredue from '../../assets/scripts/courtesy-predue.json' with { type: 'json' };
import fragmentAnsweringMachine from '../../assets/scripts/fragments/answering-machine.json' with { type: 'json' };
import fragmentCallback from '../../assets/scripts/fragments/callback.json' with { type: 'json' };
import fragmentFarewell from '../../assets/scripts/fragments/farewell.json' with { type: 'json' };
import fragmentHardshipCompany from '../../assets/scripts/fragments/hardship-company.json' with { type: 'json' };
import fragmentHardship from '../../assets/scripts/fragments/hardship.json' with { type: 'json' };
import fragmentIdentityRefused from '../../assets/scripts/fragments/identity-refused.json' with { type: 'json' };
import fragmentInbound from '../../assets/scripts/fragments/inbound.json' with { type: 'json' };
import fragmentMinor from '../../assets/scripts/fragments/minor.json' with { type: 'json' };
import fragmentObjectionsCourtesy from '../../assets/scripts/fragments/objections-courtesy.json' with { type: 'json' };
import fragmentObjectionsInboundCourtesy from '../../assets/scripts/fragments/objections-inbound-courtesy.json' with { type: 'json' };
import fragmentObjectionsInboundRecovery from '../../assets/scripts/fragments/objections-inbound-recovery.json' with { type: 'json' };
import fragmentObjectionsInbound from '../../assets/scripts/fragments/objections-inbound.json' with { type: 'json' };
import fragmentObjectionsRecovery from '../../assets/scripts/fragments/objections-recovery.json' with { type: 'json' };
import fragmentObjectionsReminder from '../../assets/scripts/fragments/objections-reminder.json' with { type: 'json' };
import fragmentRemediesCompany from '../../assets/scripts/fragments/remedies-company.json' with { type: 'json' };
import fragmentRemedies from '../../assets/scripts/fragments/remedies.json' with { type: 'json' };
import fragmentRequests from '../../assets/scripts/fragments/requests.json' with { type: 'json' };
import fragmentThirdPartyCompany from '../../assets/scripts/fragments/third-party-company.json' with { type: 'json' };
import fragmentThirdParty from '../../assets/scripts/fragments/third-party.json' with { type: 'json' };
import fragmentVulnerable from '../../assets/scripts/fragments/vulnerable.json' with { type: 'json' };
import fragmentWrongNumber from '../../assets/scripts/fragments/wrong-number.json' with { type: 'json' };
import guarantorRecovery from '../../assets/scripts/guarantor-recovery.json' with { type: 'json' };
import guarantorReminder from '../../assets/scripts/guarantor-reminder.json' with { type: 'json' };
import inboundCourtesy from '../../assets/scripts/inbound-courtesy.json' with { type: 'json' };
import inboundRecovery from '../../assets/scripts/inbound-recovery.json' with { type: 'json' };
import inboundReminder from '../../assets/scripts/inbound-reminder.json' with { type: 'json' };
import recoveryNegotiation from '../../assets/scripts/recovery-negotiation.json' with { type: 'json' };
import reminderFirst from '../../assets/scripts/reminder-first.json' with { type: 'json' };
import reminderLast from '../../assets/scripts/reminder-last.json' with { type: 'json' };
import reminderSecond from '../../assets/scripts/reminder-second.json' with { type: 'json' };
import { resolveScript } from './resolve-script.ts';
import type { ScriptFragment, ScriptPack } from './script-pack.ts';
import { scriptFragmentSchema, scriptPackSchema } from './script-pack.ts';

/** Steps and objections that packs may include. */
export const standardFragments: readonly ScriptFragment[] = [
  fragmentAnsweringMachine, fragmentCallback, fragmentFarewell, fragmentHardship, fragmentHardshipCompany, fragmentIdentityRefused, fragmentInbound,
  fragmentMinor, fragmentObjectionsCourtesy, fragmentObjectionsInbound, fragmentObjectionsInboundCourtesy, fragmentObjectionsInboundRecovery,
  fragmentObjectionsRecovery, fragmentObjectionsReminder, fragmentRemedies, fragmentRemediesCompany,
  fragmentRequests, fragmentThirdParty, fragmentThirdPartyCompany, fragmentVulnerable, fragmentWrongNumber,
].map((content) => scriptFragmentSchema.parse(content));

/** Customers, accounts departments, guarantors, and those who call in; per tone, and per reminder. With nothing left to include. */
export const standardPacks: readonly ScriptPack[] = [
  courtesyPredue, reminderFirst, reminderSecond, reminderLast, recoveryNegotiation, companyAccountsCourtesy, companyAccountsReminder,
  companyAccountsRecovery, guarantorReminder, guarantorRecovery, inboundCourtesy, inboundReminder, inboundRecovery,
].map((content) => {
  const resolved = resolveScript(scriptPackSchema.parse(content), standardFragments);
  if (!resolved.ok) throw new Error(`standardPacks: ${JSON.stringify(resolved.error.details)}`);
  return resolved.value;
});
