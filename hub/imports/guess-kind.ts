/**
 * What kind of debtor a name says, where the file has no column for it.
 *
 * Invariant: only an unmistakable name decides; everything else is a person, the kind with the strictest
 * rules, so that a mistake protects too much and never too little.
 */
import type { DebtorKind } from '../../shared/case/case-entity.ts';

const legalForm = /(?:^|[\s,.])(?:s\.?\s?r\.?\s?l\.?(?:\s?s\.?)?|s\.?\s?p\.?\s?a\.?|s\.?\s?n\.?\s?c\.?|s\.?\s?a\.?\s?s\.?|s\.?\s?c\.?\s?a\.?\s?r\.?\s?l\.?|soc(?:ietà|\.)?\s?coop(?:erativa|\.)?.*|cooperativa|gmbh|ag|kg|ohg|ug|ltd\.?|llc|inc\.?|plc|sarl|s\.?à\s?r\.?l\.?|sa|b\.?v\.?)(?:$|[\s,.])/i;
const publicBody = /^(?:comune di|provincia di|regione |citt[àa] metropolitana|asl |a\.?s\.?p\.? |azienda sanitaria|ministero|universit[àa] |istituto comprensivo|liceo |unione (?:di|dei) comuni|comunità montana|prefettura|questura)/i;

/** The kind of debtor for a name and a tax code. */
export function guessKind(name: string | null, taxCode: string | null): DebtorKind {
  const text = (name ?? '').trim();
  if (/^cond(?:\.|ominio)\s/i.test(text) || /^supercondominio/i.test(text)) return 'condominium';
  if (publicBody.test(text)) return 'public-body';
  if (legalForm.test(text)) return 'company';
  const hasPersonalCode = /^[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]$/i.test(taxCode ?? '');
  if (/\bdi\s+\p{Lu}[\p{L}'’]+\s+\p{Lu}/u.test(text) && !hasPersonalCode) return 'sole-trader';
  return 'person';
}
