/**
 * Cases for the benches at scale: as many as asked, the same for the same seed, made one at a time.
 *
 * Invariant: about 1.3 kB each, with words, numbers and codes spread as a real list spreads them: a few hundred family
 * names of very different frequency, two numbers, invoices whose number is its own.
 */
import type { CaseEntity } from '../../shared/case/case-entity.ts';
import { caseEntitySchema } from '../../shared/case/case-entity.ts';
import type { PlainDate } from '../../shared/time.ts';
import { addDays } from '../../shared/time.ts';

const starts = ['Ros', 'Ferr', 'Bian', 'Mar', 'Col', 'Gal', 'Con', 'Esp', 'Bru', 'Ric', 'Lom', 'Mor', 'Bar', 'Fon', 'San', 'Cap', 'Vit', 'Pel', 'Ser', 'Gra', 'Tes', 'Val'];
const ends = ['si', 'ari', 'chi', 'ino', 'ombo', 'lo', 'ti', 'osito', 'no', 'ci', 'bardi', 'etti', 'bieri', 'tana', 'toro', 'uzzi', 'ale', 'legrini', 'ra', 'ziani'];
const givenNames = [
  'Anna', 'Bruno', 'Carla', 'Dario', 'Elena', 'Fabio', 'Giulia', 'Hans', 'Irene', 'Luca', 'Marta', 'Nicolò', 'Olga', 'Paolo', 'Rita', 'Salvatore', 'Teresa', 'Ugo',
  'Valeria', 'Zeno', 'Alessandra', 'Beatrice', 'Cristian', 'Domenico', 'Emanuela', 'Federico', 'Gaetano', 'Ilaria', 'Lorenzo', 'Michela',
];
const trades = ['Officina', 'Panificio', 'Autotrasporti', 'Farmacia', 'Ristorante', 'Edilizia', 'Cartoleria', 'Frantoio'];
const streets = ['Via Garibaldi', 'Corso Umberto', 'Viale dei Tigli', 'Piazza Dante', 'Via del Mulino', 'Largo San Rocco', 'Via Appia', 'Contrada Serra'];
const towns = ['85100 Potenza', '84091 Battipaglia', '00184 Roma', '20121 Milano', '80134 Napoli', '70122 Bari', '35121 Padova', '90133 Palermo'];
const creditors = ['Acque del Sele', 'Luce Lucana', 'Gas dell’Irpinia', 'Telefonia Aurora', 'Condomini Uniti'];

/** @param seed of the whole list; @param today from which the due dates are counted */
export function* scaleCases(count: number, seed: number, today: PlainDate): Generator<CaseEntity, void> {
  const random = randomNumbers(seed);
  for (let index = 0; index < count; index += 1) yield scaleCase(index, random, today);
}

/** Squares pile up at the beginning of each list of words: some names are frequent, some rare. */
function scaleCase(index: number, random: () => number, today: PlainDate): CaseEntity {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() ** 2 * from.length)]!;
  const id = (): string => idOf(index, random);
  const digits = (length: number): string => Array.from({ length }, () => String(Math.floor(random() * 10))).join('');
  const familyName = `${pick(starts)}${pick(ends)}`;
  const isFirm = random() < 0.2;
  const name = isFirm ? `${pick(trades)} ${familyName} S.r.l.` : `${pick(givenNames)} ${familyName}`;
  const creditor = Math.floor(random() * creditors.length);
  const invoices = 1 + Math.floor(random() * 3);
  const numbers = [`0971 ${digits(6)}`, `3${digits(2)} ${digits(7)}`];
  return caseEntitySchema.parse({
    caseId: id(), customerId: id(), creditorId: `01900000-0000-7000-8000-00000000000${String(creditor)}`, creditorName: creditors[creditor],
    customer: {
      code: `C${String(index).padStart(6, '0')}`, name, kind: isFirm ? 'company' : 'person', language: 'it',
      taxCode: isFirm ? digits(11) : `${familyName.slice(0, 3).toUpperCase()}NNA${digits(2)}A${digits(2)}H${digits(3)}U`,
      email: `${familyName.toLowerCase()}.${String(index)}@example.org`, address: `${pick(streets)} ${String(1 + Math.floor(random() * 120))}, ${pick(towns)}`,
      salesAgent: null,
    },
    numbers: numbers.map((raw, place) => ({
      numberId: id(), raw, e164: `+39${raw.replace(' ', '')}`, country: 'IT', kind: place === 0 ? 'landline' : 'mobile', usable: true,
    })),
    invoices: Array.from({ length: invoices }, (_, place) => {
      const dueDate = addDays(today, Math.floor(random() * 220) - 200);
      const amountCents = 500 + Math.floor(random() ** 3 * 400_000);
      return {
        invoiceId: id(), number: `2026/${String(index * 3 + place).padStart(6, '0')}`, issueDate: addDays(dueDate, -30), dueDate,
        amountCents, residualCents: amountCents, currency: 'EUR', documentType: null, settledOn: null, disputedInFile: random() < 0.02, missingSince: null,
      };
    }),
    recoveryApprovedOn: random() < 0.05 ? today : null,
    facts: [],
  });
}

/** In the order of making, as real ids are. */
function idOf(index: number, random: () => number): string {
  const hex = (length: number): string => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  return `0190${(index >>> 16).toString(16).padStart(4, '0')}-${(index & 0xffff).toString(16).padStart(4, '0')}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
}

/** Mulberry32: small, fast, the same everywhere. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
