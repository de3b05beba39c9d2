/** A short secret sealed with the hub's key: AES-256-GCM, bound to what it is for, so that a row copied to another person opens nothing. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const FORM = /^v1\.([A-Za-z0-9+/=]+)\.([A-Za-z0-9+/=]+)\.([A-Za-z0-9+/=]+)$/;

export function sealSecret(key: Buffer, purpose: string, secret: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return ['v1', ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64'))].join('.');
}

/** Null: this key did not seal it, or not for this purpose. */
export function openSecret(key: Buffer, purpose: string, text: string): string | null {
  const [, iv, tag, sealed] = FORM.exec(text) ?? [];
  if (iv === undefined || tag === undefined || sealed === undefined) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'), { authTagLength: 16 })
    .setAAD(Buffer.from(purpose)).setAuthTag(Buffer.from(tag, 'base64'));
  const opened = decipher.update(Buffer.from(sealed, 'base64'));
  try {
    return Buffer.concat([opened, decipher.final()]).toString('utf8');
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
