/**
 * Names of days and months as they are typed, whole or from three letters on, in Italian and English.
 *
 * Invariant: a word of the operator's own language wins; the other language is asked only for words that the own
 * one has in no role, so that in English "mar" is March and never martedì.
 */
export type TypedLocale = 'it' | 'en';

const weekdays: Readonly<Record<TypedLocale, readonly string[]>> = {
  it: ['lunedi', 'martedi', 'mercoledi', 'giovedi', 'venerdi', 'sabato', 'domenica'],
  en: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
};

const months: Readonly<Record<TypedLocale, readonly string[]>> = {
  it: ['gennaio', 'febbraio', 'marzo', 'aprile', 'maggio', 'giugno', 'luglio', 'agosto', 'settembre', 'ottobre', 'novembre', 'dicembre'],
  en: ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'],
};

/** Lower case, single spaces, straight quotes, no accents: `Venerdì ` → `venerdi`. */
export function simplify(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[\u2018\u2019`]/g, "'")
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** Monday = 1 … Sunday = 7, or null. */
export function weekdayOfWord(word: string, locale: TypedLocale): number | null {
  const bare = word.replace(/^(?:next|prossimo|prossima) /, '').replace(/['.]$/, '');
  return lookUp(bare, locale, weekdays);
}

/** January = 1 … December = 12, or null. */
export function monthOfWord(word: string, locale: TypedLocale): number | null {
  return lookUp(word, locale, months);
}

function lookUp(word: string, locale: TypedLocale, names: Readonly<Record<TypedLocale, readonly string[]>>): number | null {
  const own = placeOf(word, names[locale]);
  if (own !== null) return own;
  const known = placeOf(word, weekdays[locale]) ?? placeOf(word, months[locale]);
  return known !== null ? null : placeOf(word, names[locale === 'it' ? 'en' : 'it']);
}

function placeOf(word: string, names: readonly string[]): number | null {
  if (word.length < 3) return null;
  const places = names.flatMap((name, index) => (name.startsWith(word) ? [index + 1] : []));
  return places.length === 1 ? (places[0] ?? null) : null;
}
