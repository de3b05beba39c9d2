/**
 * City and region out of an address as a creditor's file wrote it, for patron saints and time zones.
 *
 * Invariant: nothing is guessed. A city stands behind a postal code, or alone behind the last comma; a street that is named after
 * a city is none (`Via Milano 12`). What cannot be read is null, and the country is the caller's to know.
 */
import type { ContactPlace } from './calendar.ts';
import { isKnownSubdivision } from './zones.ts';

const countryWord = /[\s,]+(?:italia|italy|it)\.?$/i;
const province = /\s*(?:\([A-Z]{2}\)|[,\s-]\s*[A-Z]{2})$/;
const isCityName = /^\p{L}[\p{L}\s.'’-]{1,60}$/u;

/** The place an address names, as far as it does. */
export function placeOfAddress(address: string | null, country: string | null): ContactPlace {
  const text = (address ?? '').normalize('NFC').replace(/\s+/g, ' ').trim();
  const subdivision = country === null ? null : /(?:^|,)\s*([^,\d]+),\s*([A-Z]{2})\s+[\dA-Z-]{3,10}$/.exec(text);
  if (country !== null && subdivision !== null && isKnownSubdivision(country, subdivision[2] ?? '')) {
    return { country, region: subdivision[2] ?? null, city: cityOf(subdivision[1]) };
  }
  const bare = text.replace(countryWord, '');
  const behindCode = /(?:^|[\s,-])\d{4,5}[\s,-]+([^\d]+)$/.exec(bare)?.[1];
  const alone = bare.includes(',') ? bare.slice(bare.lastIndexOf(',') + 1) : undefined;
  return { country, region: null, city: cityOf(behindCode ?? alone) };
}

function cityOf(text: string | undefined): string | null {
  const city = (text ?? '').trim().replace(province, '').split(',')[0]?.trim() ?? '';
  return isCityName.test(city) ? city : null;
}
