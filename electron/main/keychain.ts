/**
 * Lends the operating system's keychain to the desk, which may not import Electron.
 *
 * Invariant: a store that only hides the key (`basic_text`) counts as none: the desk must then
 * rely on the password alone, and say so.
 */
import { safeStorage } from 'electron';
import type { z } from 'zod';
import type { deskToMainSchema, MainToDesk } from '../../shared/contract/host-protocol.ts';

type KeychainRequest = Extract<z.infer<typeof deskToMainSchema>, { type: 'keychain-request' }>;
type KeychainReply = Extract<MainToDesk, { type: 'keychain-reply' }>;

/** Answers one request of the desk; `ok: false` = unavailable, or not wrapped by this keychain. */
export function answerKeychain(request: KeychainRequest): KeychainReply {
  const refused: KeychainReply = { type: 'keychain-reply', requestId: request.requestId, ok: false };
  if (!isKeychainReal()) return refused;
  switch (request.operation) {
    case 'status':
      return { ...refused, ok: true };
    case 'wrap':
      if (request.value === undefined) return refused;
      return { ...refused, ok: true, value: safeStorage.encryptString(request.value).toString('base64') };
    case 'unwrap': {
      if (request.value === undefined) return refused;
      try {
        return { ...refused, ok: true, value: safeStorage.decryptString(Buffer.from(request.value, 'base64')) };
      } catch (error) {
        // Another user's, or a reset, keychain: the desk falls back to the password.
        if (error instanceof Error) return refused;
        throw error;
      }
    }
  }
}

function isKeychainReal(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  if (process.platform !== 'linux') return true;
  const backend = safeStorage.getSelectedStorageBackend();
  return backend !== 'basic_text' && backend !== 'unknown';
}
