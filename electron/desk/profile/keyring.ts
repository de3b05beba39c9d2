/**
 * The keys of one operator's store (design §5).
 *
 *                     ┌─ (a) scrypt of the password ─┐
 *   store key (256b) ─┼─ (b) OS keychain, where real ─┼─ any one opens it
 *                     └─ (c) the hub's recovery key ──┘
 *
 * Invariants: the store key is random and exists in clear only in memory; each wrap is
 * AES-256-GCM bound to the operator's id; after a password reset (c) opens the store, so that
 * unsent facts survive; the file is replaced by rename, never written in place.
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import { userIdSchema } from '../../../shared/id.ts';
import { readJsonFile, replaceJsonFile } from './json-file.ts';

const base64 = z.string();
const sealedSchema = z.object({ iv: base64, tag: base64, data: base64 });
type Sealed = z.infer<typeof sealedSchema>;

const kdfSchema = z.object({ name: z.literal('scrypt'), cost: z.int(), blockSize: z.int(), parallelization: z.int(), salt: base64 });

export const keyringSchema = z.object({
  version: z.literal(1),
  userId: userIdSchema,
  kdf: kdfSchema,
  password: sealedSchema,
  recovery: sealedSchema,
  keychain: base64.nullable(),
});
export type Keyring = z.infer<typeof keyringSchema>;

/** 128 MiB and about a third of a second: OWASP's first choice for scrypt (N=2^17, r=8, p=1). */
const KDF_COST = { cost: 2 ** 17, blockSize: 8, parallelization: 1 } as const;

export function newStoreKey(): Buffer {
  return randomBytes(32);
}

/** Wraps a store key by password and recovery key. */
export async function makeKeyring(
  userId: Keyring['userId'],
  storeKey: Buffer,
  password: string,
  recoveryKeyHex: string,
  keychain: string | null,
): Promise<Keyring> {
  const kdf = { name: 'scrypt' as const, ...KDF_COST, salt: randomBytes(32).toString('base64') };
  return {
    version: 1,
    userId,
    kdf,
    password: seal(await derive(password, kdf), storeKey, userId),
    recovery: seal(Buffer.from(recoveryKeyHex, 'hex'), storeKey, userId),
    keychain,
  };
}

/** The store key, or null when the password is not the one that wrapped it. */
export async function openWithPassword(keyring: Keyring, password: string): Promise<Buffer | null> {
  return unseal(await derive(password, keyring.kdf), keyring.password, keyring.userId);
}

export function openWithRecovery(keyring: Keyring, recoveryKeyHex: string): Buffer | null {
  return unseal(Buffer.from(recoveryKeyHex, 'hex'), keyring.recovery, keyring.userId);
}

export function readKeyring(path: string): Keyring | null {
  return readJsonFile(path, keyringSchema);
}

export function writeKeyring(path: string, keyring: Keyring): void {
  replaceJsonFile(path, keyring);
}

function derive(password: string, kdf: z.infer<typeof kdfSchema>): Promise<Buffer> {
  const { cost, blockSize, parallelization } = kdf;
  const options = { N: cost, r: blockSize, p: parallelization, maxmem: 256 * cost * blockSize };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), Buffer.from(kdf.salt, 'base64'), 32, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

function seal(key: Buffer, secret: Buffer, userId: string): Sealed {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(userId));
  const data = Buffer.concat([cipher.update(secret), cipher.final()]);
  return { iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64') };
}

/** Null means exactly one thing: the tag did not verify, so this key did not seal it. */
function unseal(key: Buffer, sealed: Sealed, userId: string): Buffer | null {
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.iv, 'base64'), { authTagLength: 16 })
    .setAAD(Buffer.from(userId))
    .setAuthTag(Buffer.from(sealed.tag, 'base64'));
  const data = decipher.update(Buffer.from(sealed.data, 'base64'));
  try {
    return Buffer.concat([data, decipher.final()]);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
