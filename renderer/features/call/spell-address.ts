/** An address as it is read aloud, letter by letter: "m a r i o punto r o s s i chiocciola …"; the signs by their names. */
const names: Record<'it' | 'en', Readonly<Record<string, string>>> = {
  it: { '@': 'chiocciola', '.': 'punto', '-': 'trattino', _: 'trattino basso', '+': 'più' },
  en: { '@': 'at', '.': 'dot', '-': 'hyphen', _: 'underscore', '+': 'plus' },
};

export function spellAddress(address: string, locale: 'it' | 'en'): string {
  return [...address.trim().toLowerCase()].map((character) => names[locale][character] ?? character).join(' ');
}
