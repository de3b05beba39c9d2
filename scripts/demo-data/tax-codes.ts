/**
 * Tax codes with a right check digit that can belong to nobody.
 *
 * Invariant: a personal code names the place of birth `Z999`, which is no place; an Italian VAT number names
 * the tax office `000`, which is no office; a German one begins with 0, which none does.
 */
const monthLetters = 'ABCDEHLMPRST';
const oddValues = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

export interface Birth {
  year: number;
  month: number;
  day: number;
  isWoman: boolean;
}

/** A codice fiscale of sixteen characters. */
export function makePersonalCode(surname: string, given: string, birth: Birth): string {
  const day = String(birth.day + (birth.isWoman ? 40 : 0)).padStart(2, '0');
  const body = `${threeOfSurname(surname)}${threeOfGiven(given)}${String(birth.year).slice(2)}${monthLetters[birth.month - 1] ?? 'A'}${day}Z999`;
  const sum = [...body].reduce((total, character, index) => total + (index % 2 === 0 ? oddValue(character) : evenValue(character)), 0);
  return `${body}${String.fromCharCode(65 + (sum % 26))}`;
}

/** A partita IVA of eleven digits for a serial number. */
export function makeVatNumber(serial: number): string {
  const body = `${String(serial).padStart(7, '0')}000`;
  const sum = [...body].reduce((total, character, index) => {
    const digit = Number(character);
    return total + (index % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0));
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

function lettersOf(name: string): string {
  return name.normalize('NFKD').toUpperCase().replace(/[^A-Z]/g, '');
}

function threeOfSurname(surname: string): string {
  const letters = lettersOf(surname);
  return `${letters.replace(/[AEIOU]/g, '')}${letters.replace(/[^AEIOU]/g, '')}XXX`.slice(0, 3);
}

function threeOfGiven(given: string): string {
  const letters = lettersOf(given);
  const consonants = letters.replace(/[AEIOU]/g, '');
  if (consonants.length >= 4) return `${consonants[0]}${consonants[2]}${consonants[3]}`;
  return `${consonants}${letters.replace(/[^AEIOU]/g, '')}XXX`.slice(0, 3);
}

function oddValue(character: string): number {
  return oddValues[evenValue(character)] ?? 0;
}

function evenValue(character: string): number {
  return /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
}
