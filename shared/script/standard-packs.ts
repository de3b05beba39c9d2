/**
 * The scripts that the product brings along. Each is parsed here, once; that they are fit for use is proved by
 * their test, which runs the whole checker on them.
 */
import courtesyPredue from '../../assets/scripts/courtesy-predue.json' with { type: 'json' };
import recoveryNegotiation from '../../assets/scripts/recovery-negotiation.json' with { type: 'json' };
import reminder from '../../assets/scripts/reminder.json' with { type: 'json' };
import type { ScriptPack } from './script-pack.ts';
import { scriptPackSchema } from './script-pack.ts';

/** Courtesy before the due date, reminder after it, negotiation in recovery. */
export const standardPacks: readonly ScriptPack[] = [courtesyPredue, reminder, recoveryNegotiation].map((content) => scriptPackSchema.parse(content));
