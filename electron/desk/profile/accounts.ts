/**
 * Who has a store on this PC. Holds no customer data; the unsent mark is a file beside each
 * store, so that the sign-in screen can say whose facts wait without opening a store.
 *
 *   <profile>/accounts.json
 *   <profile>/stores/<hubId>/<userId>/{keyring.json, desk.db, unsent}
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { hubIdSchema } from '../../../shared/id.ts';
import { userSchema } from '../../../shared/protocol/session-protocol.ts';
import { storeFailure } from '../store/store-failure.ts';
import { readJsonFile, replaceFile, replaceJsonFile } from './json-file.ts';

export const accountRecordSchema = z.object({ hubKey: z.string(), hubId: hubIdSchema, user: userSchema });
export type AccountRecord = z.infer<typeof accountRecordSchema>;
const accountsSchema = z.object({ version: z.literal(1), accounts: z.array(accountRecordSchema) });

/** The accounts of one hub. */
export function listAccounts(profileDir: string, hubKey: string): AccountRecord[] {
  return readAll(profileDir).filter((account) => account.hubKey === hubKey);
}

export function rememberAccount(profileDir: string, account: AccountRecord): void {
  const others = readAll(profileDir).filter(
    (known) => !(known.hubKey === account.hubKey && (known.user.userId === account.user.userId || known.user.username === account.user.username)),
  );
  replaceJsonFile(join(profileDir, 'accounts.json'), { version: 1, accounts: [...others, account] });
}

export function storeFolder(profileDir: string, account: Pick<AccountRecord, 'hubId' | 'user'>): string {
  return join(profileDir, 'stores', account.hubId, account.user.userId);
}

export function hasUnsentMark(folder: string): boolean {
  return existsSync(join(folder, 'unsent'));
}

/** Sets or clears the mark. Nothing depends on it but a sentence, so a disk that takes no writing leaves it as it was. */
export function setUnsentMark(folder: string, unsent: boolean): void {
  const path = join(folder, 'unsent');
  if (unsent === existsSync(path)) return;
  try {
    if (unsent) replaceFile(path, '');
    else rmSync(path, { force: true });
  } catch (error) {
    storeFailure(error);
  }
}

function readAll(profileDir: string): AccountRecord[] {
  return readJsonFile(join(profileDir, 'accounts.json'), accountsSchema)?.accounts ?? [];
}
