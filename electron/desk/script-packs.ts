/** The call scripts that this build brings; a pack that does not parse stops the build's tests, not a call. */
import courtesy from '../../assets/scripts/courtesy-predue.json' with { type: 'json' };
import recovery from '../../assets/scripts/recovery-negotiation.json' with { type: 'json' };
import reminder from '../../assets/scripts/reminder.json' with { type: 'json' };
import type { ScriptPack } from '../../shared/script/script-pack.ts';
import { scriptPackSchema } from '../../shared/script/script-pack.ts';

export const scriptPacks: readonly ScriptPack[] = [courtesy, reminder, recovery].map((pack) => scriptPackSchema.parse(pack));
