/**
 * The customers of the two invented creditors.
 *
 * Invariant: no number can ring anybody and no code belongs to anybody (`assets/demo/README.md` says why);
 * numbers and codes are given in order and never twice.
 */
import { givenNames, places, streets, surnames, waterFirms, wineFirms, wineWords } from './people.ts';
import type { Kind, Place } from './people.ts';
import type { Random } from '../../shared/testing/random.ts';
import { makePersonalCode, makeVatNumber } from './tax-codes.ts';

export interface DemoCustomer {
  code: string;
  name: string;
  kind: Kind;
  landline: string;
  mobile: string;
  email: string;
  street: string;
  zip: string;
  town: string;
  province: string;
  language: string;
  personalCode: string;
  vatNumber: string;
}

/** Hands out numbers and codes that belong to nobody, each once. */
export interface Registry {
  landline(prefix: string): string;
  mobile(): string;
  foreign(country: 'DE' | 'GB' | 'FR'): string;
  vatNumber(): string;
}

/** A fresh registry: one for all files, so that no number is given twice. */
export function createRegistry(): Registry {
  let landlines = 122;
  let mobiles = 410;
  let foreigners = 11;
  let vatNumbers = 9_900_100;
  return {
    landline: (prefix) => `${prefix} 000 ${(landlines += 1)}`,
    mobile: () => `311 000 ${String((mobiles += 7)).padStart(4, '0')}`,
    foreign(country) {
      foreigners += 1;
      return { DE: `+49 30 23125 0${foreigners}`, GB: `+44 20 7946 00${foreigners}`, FR: `+33 6 39 98 00 ${foreigners}` }[country];
    },
    vatNumber: () => makeVatNumber((vatNumbers += 1)),
  };
}

/** About sixty customers of a water utility: persons, sole traders, condominiums, a few firms and a school. */
export function makeWaterCustomers(random: Random, registry: Registry, shared: DemoCustomer): DemoCustomer[] {
  const firms = waterFirms.map((firm) => {
    if (firm.name === shared.name) return { ...shared };
    return makeFirm(firm.name, firm.kind, random, registry, firm.kind === 'condominium');
  });
  const persons = Array.from({ length: 44 }, (_, index) => makePerson(index, random, registry));
  const everyone = [...firms.slice(0, 6), ...persons.slice(0, 20), ...firms.slice(6), ...persons.slice(20)];
  return everyone.map((customer, index) => ({ ...customer, code: String(10417 + index * 13).padStart(8, '0') }));
}

/** About forty customers of a wine firm: restaurants, bars, shops, importers abroad. */
export function makeWineCustomers(random: Random, registry: Registry, shared: DemoCustomer): DemoCustomer[] {
  const named = wineFirms.map((firm) => {
    if (firm.name === shared.name) return { ...shared };
    if (firm.country === undefined) return makeFirm(firm.name, firm.kind, random, registry, false);
    return makeForeigner(firm.name, firm.kind, firm.country, firm.town ?? '', random, registry);
  });
  const [types, names, forms] = wineWords;
  const others = Array.from({ length: 22 }, (_, index) => {
    const name = `${types[index % types.length]} ${names[index % names.length]}`;
    const isCompany = index % 3 !== 0;
    return makeFirm(isCompany ? `${name} ${random.pick(forms)}` : name, isCompany ? 'company' : 'sole-trader', random, registry, false);
  });
  return [...named, ...others].map((customer, index) => ({ ...customer, code: `VM-${String(3 + index * 4).padStart(4, '0')}` }));
}

/** The firm that both creditors supply: two cases, one party. */
export function makeSharedCustomer(random: Random, registry: Registry): DemoCustomer {
  return makeFirm('Agriturismo La Ginestra', 'sole-trader', random, registry, false);
}

function makePerson(index: number, random: Random, registry: Registry): DemoCustomer {
  const surname = surnames[index % surnames.length] ?? '';
  const given = givenNames[(index * 7 + Math.floor(index / surnames.length)) % givenNames.length] ?? { name: 'Lucia', isWoman: true };
  const place = random.pick(places);
  const birth = { year: random.between(1938, 1999), month: random.between(1, 12), day: random.between(1, 28), isWoman: given.isWoman };
  const hasLandline = !random.chance(3);
  const hasMobile = !hasLandline || !random.chance(3);
  return {
    ...addressOf(place, random),
    code: '',
    name: `${surname} ${given.name}`,
    kind: 'person',
    landline: hasLandline ? registry.landline(place.prefix) : '',
    mobile: hasMobile ? registry.mobile() : '',
    email: random.chance(3) ? '' : `${mailName(given.name)}.${mailName(surname)}@posta.example`,
    language: 'it',
    personalCode: makePersonalCode(surname, given.name, birth),
    vatNumber: '',
  };
}

function makeFirm(name: string, kind: Kind, random: Random, registry: Registry, hasAdministrator: boolean): DemoCustomer {
  const place = name === 'Condominio Via dei Tigli 12' ? places[0] ?? random.pick(places) : random.pick(places);
  const host = mailName(name).slice(0, 24);
  const address = addressOf(place, random);
  const street = /^Condominio (Via .+)$/.exec(name)?.[1] ?? address.street;
  return {
    ...address,
    street,
    code: '',
    name,
    kind,
    landline: registry.landline(place.prefix),
    mobile: random.chance(3) ? registry.mobile() : '',
    email: hasAdministrator ? `studio@${host}.example` : random.chance(5) ? '' : `amministrazione@${host}.example`,
    language: 'it',
    personalCode: '',
    vatNumber: registry.vatNumber(),
  };
}

function makeForeigner(name: string, kind: Kind, country: 'DE' | 'GB' | 'FR', town: string, random: Random, registry: Registry): DemoCustomer {
  const street = { DE: 'Nirgendwostraße', GB: 'Neverwhere Lane', FR: 'rue de Nulle Part' }[country];
  return {
    code: '',
    name,
    kind,
    landline: registry.foreign(country),
    mobile: '',
    email: `${{ DE: 'buchhaltung', GB: 'accounts', FR: 'compta' }[country]}@${mailName(name).slice(0, 24)}.example`,
    street: `${street} ${random.between(1, 90)}`,
    zip: '',
    town,
    province: country,
    language: { DE: 'de', GB: 'en', FR: 'fr' }[country],
    personalCode: '',
    vatNumber: `${country}0${String(random.between(10_000_000, 99_999_999))}`,
  };
}

function addressOf(place: Place, random: Random): Pick<DemoCustomer, 'street' | 'zip' | 'town' | 'province'> {
  return { street: `${random.pick(streets)} ${random.between(1, 140)}`, zip: place.zip, town: place.town, province: place.province };
}

function mailName(name: string): string {
  return name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]/g, '');
}
