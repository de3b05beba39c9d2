/**
 * The scripts that the product brings along. Each is parsed here, once; that they are fit for use is proved by
 * their test, which runs the whole checker on them.
 */
import courtesyPredue from '../../assets/scripts/courtesy-predue.json' with { type: 'json' };
import answeringMachine from '../../assets/scripts/fragments/answering-machine.json' with { type: 'json' };
import callback from '../../assets/scripts/fragments/callback.json' with { type: 'json' };
import farewell from '../../assets/scripts/fragments/farewell.json' with { type: 'json' };
import identityRefused from '../../assets/scripts/fragments/identity-refused.json' with { type: 'json' };
import minor from '../../assets/scripts/fragments/minor.json' with { type: 'json' };
import objections from '../../assets/scripts/fragments/objections.json' with { type: 'json' };
import remedies from '../../assets/scripts/fragments/remedies.json' with { type: 'json' };
import thirdParty from '../../assets/scripts/fragments/third-party.json' with { type: 'json' };
import wrongNumber from '../../assets/scripts/fragments/wrong-number.json' with { type: 'json' };
import recoveryNegotiation from '../../assets/scripts/recovery-negotiation.json' with { type: 'json' };
import reminder from '../../assets/scripts/reminder.json' with { type: 'json' };
import { resolveScript } from './resolve-script.ts';
import type { ScriptFragment, ScriptPack } from './script-pack.ts';
import { scriptFragmentSchema, scriptPackSchema } from './script-pack.ts';

/** Steps and objections that packs may include. */
export const standardFragments: readonly ScriptFragment[] = [
  answeringMachine, callback, farewell, identityRefused, minor, objections, remedies, thirdParty, wrongNumber,
].map((content) => scriptFragmentSchema.parse(content));

/** Courtesy before the due date, reminder after it, negotiation in recovery; with nothing left to include. */
export const standardPacks: readonly ScriptPack[] = [courtesyPredue, reminder, recoveryNegotiation].map((content) => {
  const resolved = resolveScript(scriptPackSchema.parse(content), standardFragments);
  if (!resolved.ok) throw new Error(`standardPacks: ${JSON.stringify(resolved.error.details)}`);
  return resolved.value;
});
