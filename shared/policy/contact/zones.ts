/**
 * The time zones a customer may be in, by number and address.
 *
 * Invariants: unknown means all that are possible, never a guess; where number and address disagree both count, and only a
 * time that is fine in every one of them is fine. A vague sign (a country) says nothing beside a precise one within it (an area code).
 */
import callingPrefixes from '../../../assets/policies/zones/calling-prefixes.json' with { type: 'json' };
import countries from '../../../assets/policies/zones/countries.json' with { type: 'json' };
import subdivisions from '../../../assets/policies/zones/subdivisions.json' with { type: 'json' };

export interface ZoneSigns {
  /** Every number of the person that is known to be theirs. */
  numbers: readonly { e164: string | null; country: string | null }[];
  address: { country: string | null; region: string | null } | null;
}

export interface HomeZone {
  /** Of the agency's site. */
  zone: string;
  /** Of the policy: whoever is known by nothing may be anywhere in it. */
  country: string;
}

type ZoneTable = Readonly<Record<string, readonly string[]>>;
const ofCountry: ZoneTable = countries.zones;
const ofSubdivision: ZoneTable = subdivisions.zones;
const ofPrefix: ZoneTable = callingPrefixes.zones;
const longestPrefix = Math.max(...Object.keys(ofPrefix).map((prefix) => prefix.length));

/** IANA zones the person may be in, at least one, in alphabetical order. */
export function possibleZones({ numbers, address }: ZoneSigns, home: HomeZone): string[] {
  const signs = [...numbers.map(zonesOfNumber), address === null ? null : zonesOfAddress(address)].filter((sign) => sign !== null);
  if (signs.length === 0) return sorted([home.zone, ...(ofCountry[home.country] ?? [])]);
  const telling = signs.filter((sign) => !signs.some((other) => other.length < sign.length && other.every((zone) => sign.includes(zone))));
  return sorted(telling.flat());
}

/** Whether a part of a country has zones of its own here. */
export function isKnownSubdivision(country: string, region: string): boolean {
  return Object.hasOwn(ofSubdivision, `${country}-${region}`);
}

function zonesOfNumber({ e164, country }: { e164: string | null; country: string | null }): readonly string[] | null {
  const digits = e164 === null ? '' : e164.replace(/\D/g, '');
  for (let length = Math.min(longestPrefix, digits.length); length > 0; length -= 1) {
    const zones = ofPrefix[digits.slice(0, length)];
    if (zones !== undefined) return zones;
  }
  return country === null ? null : (ofCountry[country] ?? null);
}

function zonesOfAddress({ country, region }: { country: string | null; region: string | null }): readonly string[] | null {
  if (country === null) return null;
  return (region === null ? undefined : ofSubdivision[`${country}-${region}`]) ?? ofCountry[country] ?? null;
}

function sorted(zones: readonly string[]): string[] {
  return [...new Set(zones)].sort();
}
