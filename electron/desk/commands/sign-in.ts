/**
 * Signs an operator in, online or not.
 *
 *   hub answers ── yes ─▶ store on this PC? ── no ──▶ new key, wrapped by password and recovery key
 *        │                       └─ yes ─▶ password opens it? ── no (it was reset) ──▶ recovery key, wrap anew
 *        └─ no network ─▶ known here? ── no ─▶ "the first sign-in needs the network"
 *                             └─ yes ─▶ password opens it? ── no ─▶ "wrong password"
 *
 * Invariants: a wrong password never touches a store; the first sign-in is online; a reset
 * password still finds the unsent facts (design §5).
 */
import { join } from 'node:path';
import { z } from 'zod';
import type { CommandRequest } from '../../../shared/contract/contract.ts';
import type { DeskConfig } from '../../../shared/contract/host-protocol.ts';
import type { DeviceId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { SignInReply } from '../../../shared/protocol/session-protocol.ts';
import { signInReplySchema } from '../../../shared/protocol/session-protocol.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Clock } from '../../../shared/time.ts';
import type { AccountRecord } from '../profile/accounts.ts';
import { accountRecordSchema, listAccounts, rememberAccount, storeFolder } from '../profile/accounts.ts';
import type { Keychain } from '../profile/keychain.ts';
import type { Keyring } from '../profile/keyring.ts';
import { makeKeyring, newStoreKey, openWithPassword, openWithRecovery, readKeyring, writeKeyring } from '../profile/keyring.ts';
import type { OpenedStore } from '../store/database.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { openOrSalvage } from '../store/salvage-store.ts';
import { storeFailure } from '../store/store-failure.ts';
import { writeWitness } from '../store/witness.ts';
import type { HubClient } from '../sync/hub-client.ts';

const SIGN_IN_TIMEOUT_MS = 5_000;

export interface SignedIn {
  account: AccountRecord;
  folder: string;
  store: OpenedStore;
  storeKey: Buffer;
  /** What the hub gave, or null after an offline sign-in. */
  hub: SignInReply | null;
}

export async function signIn(
  config: DeskConfig,
  client: HubClient,
  keychain: Keychain,
  clock: Clock,
  input: CommandRequest<'sign-in'>,
): Promise<Result<SignedIn>> {
  const signedIn = await tryToSignIn({ ...config, clock }, client, keychain, input).catch(storeFailure);
  return signedIn.ok ? signedIn : signInFailure(signedIn.error);
}

/** Sentences of the disk as they concern somebody who is not at work yet. */
export function signInFailure(error: AppError): { ok: false; error: AppError } {
  switch (error.code) {
    case 'disk-full':
      return { ok: false, error: { ...error, messageKey: 'error.signInDiskFull' } };
    case 'disk-read-only':
      return { ok: false, error: { ...error, messageKey: 'error.signInReadOnly' } };
    default:
      return { ok: false, error };
  }
}

/** Where and when: what opening a store needs to know. */
type Profile = DeskConfig & { clock: Clock };

async function tryToSignIn(config: Profile, client: HubClient, keychain: Keychain, input: CommandRequest<'sign-in'>): Promise<Result<SignedIn>> {
  const { username, password } = input;
  const known = findKnown(config, username);
  // Hub and key derivation take their third of a second side by side.
  const [reply, unlocked] = await Promise.all([
    client.requestJson('POST', '/v1/sign-in', signInReplySchema, { body: { username, password }, timeoutMs: SIGN_IN_TIMEOUT_MS }),
    known === null ? null : openWithPassword(known.keyring, password),
  ]);
  if (reply.ok) return openOnline(config, reply.value, keychain, password, known === null ? null : { folder: known.folder, storeKey: unlocked });
  switch (reply.error.code) {
    case 'not-authorised':
      return fail('wrong-password', 'error.wrongPassword', { field: 'password' });
    case 'hub-unreachable':
      return openOffline(config, known, unlocked);
    default:
      return reply.error.retryable && reply.error.code === 'hub-refused' ? openOffline(config, known, unlocked) : reply;
  }
}

/** @param tried what the password opened in the folder of the account of that name, if there is one */
async function openOnline(
  config: Profile, hub: SignInReply, keychain: Keychain, password: string, tried: { folder: string; storeKey: Buffer | null } | null,
): Promise<Result<SignedIn>> {
  const account: AccountRecord = { hubKey: config.hubKey, hubId: hub.hubId, user: hub.user };
  const folder = storeFolder(config.profileDir, account);
  const keyringPath = join(folder, 'keyring.json');
  const keyring = readKeyring(keyringPath);
  const byPassword = keyring === null ? null : tried?.folder === folder ? tried.storeKey : await openWithPassword(keyring, password);
  const key = keyring === null ? ({ storeKey: newStoreKey(), by: 'nothing' } as const) : openKey(keyring, byPassword, hub.recoveryKey);
  if (key === null) return fail('store-damaged', 'error.storeDamaged', { reason: 'no key fits' });
  if (key.by !== 'password') {
    writeKeyring(keyringPath, await makeKeyring(hub.user.userId, key.storeKey, password, hub.recoveryKey, await keychain.wrap(key.storeKey)));
  }
  const opened = openFolder(config, folder, key.storeKey);
  if (!opened.ok) return opened;
  const { db } = opened.value;
  const noted = orClose(opened.value, () => {
    writeMeta(db, 'user', JSON.stringify(hub.user));
    writeMeta(db, 'agencyName', hub.agencyName);
    rememberAccount(config.profileDir, account);
  });
  if (!noted.ok) return noted;
  return ok({ account, folder, store: opened.value, storeKey: key.storeKey, hub });
}

interface KnownAccount {
  account: AccountRecord;
  folder: string;
  keyring: Keyring;
}

/** The account of this name on this PC, where it has a store. */
function findKnown(config: DeskConfig, username: string): KnownAccount | null {
  const account = listAccounts(config.profileDir, config.hubKey).find((known) => known.user.username === username);
  if (account === undefined) return null;
  const folder = storeFolder(config.profileDir, account);
  const keyring = readKeyring(join(folder, 'keyring.json'));
  return keyring === null ? null : { account, folder, keyring };
}

function openOffline(config: Profile, known: KnownAccount | null, storeKey: Buffer | null): Result<SignedIn> {
  if (known === null) return fail('unknown-account-offline', 'error.unknownAccountOffline', {}, true);
  if (storeKey === null) return fail('wrong-password', 'error.wrongPassword', { field: 'password' });
  const { account, folder } = known;
  const opened = openFolder(config, folder, storeKey);
  return opened.ok ? ok({ account, folder, store: opened.value, storeKey, hub: null }) : opened;
}

const resumeSchema = z.object({ account: accountRecordSchema, storeKeyHex: z.string().regex(/^[0-9a-f]{64}$/) });

/** What main keeps in memory, so that the desk after a crash is signed in as the one before. */
export function resumeTicket(signedIn: SignedIn): string {
  return JSON.stringify({ account: signedIn.account, storeKeyHex: signedIn.storeKey.toString('hex') } satisfies z.infer<typeof resumeSchema>);
}

/** Opens the store of the desk that died; tokens come from the store. */
export function resumeSession(config: DeskConfig, clock: Clock, ticket: string): Result<SignedIn> {
  const { account, storeKeyHex } = resumeSchema.parse(JSON.parse(ticket));
  const storeKey = Buffer.from(storeKeyHex, 'hex');
  const folder = storeFolder(config.profileDir, account);
  const opened = openFolder({ ...config, clock }, folder, storeKey);
  return opened.ok ? ok({ account, folder, store: opened.value, storeKey, hub: null }) : opened;
}

type OpenedKey = { storeKey: Buffer; by: 'password' | 'recovery' };

function openKey(keyring: Keyring, byPassword: Buffer | null, recoveryKey: string): OpenedKey | null {
  if (byPassword !== null) return { storeKey: byPassword, by: 'password' };
  const byRecovery = openWithRecovery(keyring, recoveryKey);
  return byRecovery === null ? null : { storeKey: byRecovery, by: 'recovery' };
}

function openFolder(config: Profile, folder: string, storeKey: Buffer): Result<OpenedStore> {
  const options = { path: join(folder, 'desk.db'), keyHex: storeKey.toString('hex'), testRuntime: config.testRuntime };
  const opened = openOrSalvage(options, config.clock);
  if (!opened.ok) return opened;
  const { db } = opened.value;
  return orClose(opened.value, () => {
    if (readMeta(db, 'deviceId') === null) writeMeta(db, 'deviceId', newId<DeviceId>());
    writeWitness(db, options.path);
  });
}

/** A store whose first writes fail is closed again, so that the next attempt finds it free. */
function orClose(store: OpenedStore, write: () => void): Result<OpenedStore> {
  try {
    write();
    return ok(store);
  } catch (error) {
    store.db.close();
    return storeFailure(error);
  }
}
