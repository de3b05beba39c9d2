/** The schema's history, oldest first; the position is the version. Fact tables only ever grow columns. */
import type { Sqlite } from '../database.ts';
import { createFirstSchema } from './0001-create-first-schema.ts';
import { createSettingsAndAgenda } from './0002-settings-and-agenda.ts';
import { createCallsAndConduct } from './0003-calls-and-conduct.ts';
import { createTelephone } from './0004-telephone.ts';
import { createScriptsOfCalls } from './0005-scripts-of-calls.ts';
import { nameAgreedDays } from './0006-agreed-days.ts';
import { createInbound } from './0007-inbound.ts';
import { keepWaitingCalls } from './0008-waiting-calls.ts';

export const migrations: readonly ((db: Sqlite) => void)[] = [createFirstSchema, createSettingsAndAgenda, createCallsAndConduct, createTelephone, createScriptsOfCalls, nameAgreedDays, createInbound, keepWaitingCalls];
