/**
 * The hash chain of a device.
 *
 *   bodyHash = SHA-256( salt ‖ canonical body )
 *   hash     = SHA-256( prev ‖ canonical header without `hash` )
 *
 * `‖` joins UTF-8 text, salt and prev being their hexadecimal form; canonical is RFC 8785.
 * Invariant: these formulas are under data and never change; a new one is a new fact field.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import type { ChainedFact, Fact, FactHeader } from './fact-header.ts';
import { GENESIS_HASH } from './fact-header.ts';

/** A header before it is sealed. */
export type UnsealedHeader = Omit<FactHeader, 'bodyHash' | 'prev' | 'hash'>;

/** Canonical JSON text (RFC 8785). Throws on values that JSON cannot hold: that is a bug. */
export function canonicalText(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('value has no canonical JSON form');
  return text;
}

/** SHA-256 of a text, hexadecimal. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** SHA-256 of a text as UTF-8, hexadecimal: the one here runs everywhere, a runtime's own is several times faster. */
export type Sha256Hex = (text: string) => string;

export function hashBody(salt: string, body: Fact['body'], sha256Of: Sha256Hex = sha256Hex): string {
  return sha256Of(salt + canonicalText(body));
}

export function hashHeader(header: { prev: string; hash?: string; [field: string]: unknown }, sha256Of: Sha256Hex = sha256Hex): string {
  const { hash: _hash, ...unhashed } = header;
  return sha256Of(`${header.prev}${canonicalText(unhashed)}`);
}

/** Chains a fact after `prev` (null for the device's first). */
export function sealFact(unsealed: UnsealedHeader, salt: string, body: Fact['body'], prev: string | null): Fact {
  return { header: sealHeader(unsealed, hashBody(salt, body), prev), salt, body };
}

/** Chains a header whose body hash is known after `prev`: all that can be done for an erased fact. */
export function sealHeader(unsealed: UnsealedHeader, bodyHash: string, prev: string | null): FactHeader {
  const header = { ...unsealed, bodyHash, prev: prev ?? GENESIS_HASH };
  return { ...header, hash: hashHeader(header) } as FactHeader;
}

/** Salt and body of a fact, or null when they were erased. */
export function contentOf(fact: ChainedFact): { salt: string; body: Fact['body'] } | null {
  return fact.salt === null ? null : { salt: fact.salt, body: fact.body };
}

/** What is wrong with one link, or null when it holds. */
export type ChainFault = 'gap' | 'prev-mismatch' | 'hash-mismatch' | 'body-mismatch';

/**
 * Checks one fact against the link before it.
 * @param before seq and hash of the link before; null when this must be the first
 * @param content salt and body, or null when they were erased
 * @param sha256Of the runtime's own hash, where there is a faster one
 */
export function checkLink(
  header: FactHeader,
  content: { salt: string; body: Fact['body'] } | null,
  before: { seq: number; hash: string } | null,
  sha256Of: Sha256Hex = sha256Hex,
): ChainFault | null {
  if (header.seq !== (before?.seq ?? 0) + 1) return 'gap';
  if (header.prev !== (before?.hash ?? GENESIS_HASH)) return 'prev-mismatch';
  if (header.hash !== hashHeader(header, sha256Of)) return 'hash-mismatch';
  if (content !== null && header.bodyHash !== hashBody(content.salt, content.body, sha256Of)) return 'body-mismatch';
  return null;
}
