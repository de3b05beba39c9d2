/** The hub's hash of chains: Node's own. */
import { hash } from 'node:crypto';
import type { Sha256Hex } from '../../shared/facts/chain.ts';

export const nodeSha256: Sha256Hex = (text) => hash('sha256', text, 'hex');
