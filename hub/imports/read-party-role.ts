/**
 * The role of a contact, as creditors' programs word it.
 *
 * Invariant: only an unmistakable word decides; the others are for a person to read.
 */
import type { PartyRole } from '../../shared/case/party.ts';
import { partyRoles } from '../../shared/case/party.ts';

const words: readonly [RegExp, PartyRole][] = [
  [/amministrat\w* di sostegno|tutor|curator|guardian/, 'guardian'],
  [/garante|fideiussor|guarantor/, 'guarantor'],
  [/co\s?obbligat|cointestatari|co-?debtor|debitore solidale/, 'co-debtor'],
  [/\bered[ei]\b|\bheir/, 'heir'],
  [/amministratore (?:di |del )?condomini|building manager|^amministratore$|^administrator$/, 'administrator'],
  [/contabil|amministrazione|ufficio pagamenti|pagamenti|fornitori|accounts|accounting|accountant|payable|tesoreria|finance/, 'company-accounts'],
  [/titolare|legale rappresentante|proprietari|owner|\bceo\b|amministratore (?:delegato|unico)|presidente|socio|direttore/, 'company-owner'],
  [/centralin|reception|segreteria|front office|switchboard/, 'company-reception'],
  [/avvocat|\blegale\b|lawyer|procurator|delegat|associazione|consumator|rappresentante|representative|commercialista/, 'representative'],
  [/intestatari|debitore|^cliente$|holder/, 'holder'],
];

/** The role that a cell names, or null. */
export function readPartyRole(cell: string): PartyRole | null {
  const text = cell.normalize('NFKD').toLowerCase().replace(/[\u0300-\u036f.]/g, '').replace(/[\s_]+/g, ' ').trim();
  const exact = partyRoles.find((role) => role === text.replace(/ /g, '-'));
  if (exact !== undefined) return exact;
  return words.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
