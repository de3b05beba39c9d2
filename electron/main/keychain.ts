/**
 * Lends the operating system's keychain to the desk, which may not import Electron.
 *
 * Invariant: a store that only hides the key (`basic_text`) counts as none: the desk must then
 * rely on the password alone, and say so.
 */
import { safeStorage } from 'electron';
import type { DeskToMain, MainToDesk } from '../../shared/contract/host-protocol.ts';

export type KeychainRequest = Extract<DeskToMain, { type: 'keychain-request' }>;
type KeychainReply = Extract<MainToDesk, { type: 'keychain-reply' }>;

/** Answers one request of the desk; `ok: false` = unavailable, or not wrapped by this keychain. */
export async function answerKeychain(request: KeychainRequest): Promise<KeychainReply> {
  const refused: KeychainReply = { type: 'keychain-reply', requestId: request.requestId, ok: false };
  // The test runtime is too old for these functions, and runs where there is no keychain.
  if (__TEST_RUNTIME__ || !(await isKeychainReal())) return refused;
  switch (request.operation) {
    case 'status':
      return { ...refused, ok: true };
    case 'wrap': {
      if (request.value === undefined) return refused;
      const wrapped = await safeStorage.encryptStringAsync(request.value);
      return { ...refused, ok: true, value: wrapped.toString('base64') };
    }
    case 'unwrap': {
      if (request.value === undefined) return refused;
      const { result } = await safeStorage.decryptStringAsync(Buffer.from(request.value, 'base64'));
      return { ...refused, ok: true, value: result };
    }
  }
}

async function isKeychainReal(): Promise<boolean> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
  if (process.platform !== 'linux') return true;
  const backend = safeStorage.getSelectedStorageBackend();
  return backend !== 'basic_text' && backend !== 'unknown';
}
