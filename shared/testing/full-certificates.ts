/** A person trained for everything. */
import { tones } from '../case/case-entity.ts';
import type { NewCertificate } from '../protocol/setup-protocol.ts';

export const fullCertificates: readonly NewCertificate[] = tones.map((tone) => ({ tone, level: 'full' }));
