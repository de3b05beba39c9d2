/**
 * Words that a script must not say at the wrong moment, by language.
 *
 * Invariant: a list too long costs a writer another word; a list too short tells a neighbour about a debt.
 */
import type { ScriptLocale } from './script-pack.ts';

type WordList = Readonly<Record<ScriptLocale, RegExp>>;

/** They tell that the call is about money: nothing of the kind before the identity check is passed. */
export const reasonWords: WordList = {
  it: /\b(?:fattur|bollett|pag(?:a|h|at|ament)|versament|bonific|debit|credit|scad(?:e|u)|scaden|import[oi]\b|sald|rat[ae]\b|rateizz|sollecit|recuper|insolut|moros|arretrat|euro\b|sold[io]\b|denaro|contestazion|prescri|affido|committent)\p{L}*/iu,
  en: /\b(?:invoic|bills?\b|billing|pay|paid|debt|credit|due\b|overdue|owe|owing|amounts?\b|balance|instal|reminder|collect|recover|arrears|euros?\b|money|settle|dispute|time-barred|statute)\p{L}*/iu,
};

/** An invoice whose date has not come is never called late. */
export const latenessWords: WordList = {
  it: /\b(?:scadut|ritard|insolut|arretrat|moros)\p{L}*/iu,
  en: /\b(?:overdue|late\b|arrears|past due|unpaid|outstanding)\p{L}*/iu,
};

/** Until recovery the person is a customer. */
export const debtorWords: WordList = {
  it: /\b(?:debitor|debit[oi]\b|moros|recuper)\p{L}*/iu,
  en: /\b(?:debt|recover|collections?\b|default)\p{L}*/iu,
};

/** Firm is allowed, threatening never: no consequence is held up on the telephone. */
export const threatWords: WordList = {
  it: /\b(?:tribunal|pignor|ufficial\p{L}* giudiziar|cattiv\p{L}* pagator|segnalat|segnaler|vie legali|azioni legali|denunc|conseguenz|ultima possibilit|altrimenti|ingiunzion)\p{L}*/iu,
  en: /\b(?:courts?\b|bailiff|seiz|legal action|sue\b|lawsuit|blacklist|credit rating|credit score|consequence|last chance|or else|otherwise)\p{L}*/iu,
};
