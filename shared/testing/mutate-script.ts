/**
 * Spoils a script in one place, for the test that measures how much of it the checker finds.
 *
 * Invariant: the same seed spoils the same pack in the same way. Whether a change really breaks something is not said here, nor by the
 * checker: `simulate-script.ts` walks the spoilt pack with real cases.
 */
import type { ScriptPack, SpokenStep } from '../script/script-pack.ts';
import { isSpoken, scriptLocales } from '../script/script-pack.ts';
import { createRandom } from './random.ts';

export interface Mutation { name: string; pack: ScriptPack; /** A sentence that was put in, and must not be said there. */ planted: string | null }

export interface Dice { below: (count: number) => number; pick: <Entry>(entries: readonly Entry[]) => Entry | undefined }

/** Throws of the one generator, where there may be nothing to pick from. */
export function diceOf(seed: number): Dice {
  const random = createRandom(seed);
  const below = (count: number): number => random.between(0, count - 1);
  return { below, pick: (entries) => entries[below(entries.length)] };
}

/** Spoils the draft in place; null = there is nothing of the kind to spoil, a string = the sentence that was planted. */
type Spoiler = (draft: ScriptPack, dice: Dice) => string | true | null;

const secretSentences = [
  'È per una fattura.', 'Si tratta di un pagamento.', 'C’è un debito da saldare.', 'Chiamo per un sollecito.', 'La rata è scaduta.', 'Mancano cento euro.',
];
const lateSentences = ['È in ritardo.', 'Ci sono arretrati.', 'La somma è scaduta.'];
const threats = ['Altrimenti andremo in tribunale.', 'È la sua ultima possibilità.', 'Sarà segnalato come cattivo pagatore.'];

const spoken = (draft: ScriptPack): SpokenStep[] => draft.steps.filter(isSpoken);
const units = (draft: ScriptPack): (SpokenStep | ScriptPack['objections'][number])[] => [...spoken(draft), ...draft.objections];
/** Whatever leads on, seen alike. */
interface Leading { id?: string; goTo: string | null; when?: string | undefined }
const answersIn = (draft: ScriptPack): Leading[] => units(draft).flatMap((unit): Leading[] => unit.answers);
const routesIn = (draft: ScriptPack): Leading[] => draft.steps.flatMap((step): Leading[] => (isSpoken(step) ? [] : step.routes));
const early = (draft: ScriptPack): string[] => ['opening', 'identity', 'third-party', 'answering-machine', 'wrong-number', 'identity-refused', 'minor', draft.start];
const captures = (draft: ScriptPack): Extract<SpokenStep, { kind: 'capture' }>[] => spoken(draft).filter((step) => step.kind === 'capture');
const identities = (draft: ScriptPack): Extract<SpokenStep, { checks: 'identity' }>[] =>
  spoken(draft).filter((step) => step.kind === 'check').filter((step) => step.checks === 'identity');
const disclosures = (draft: ScriptPack): Extract<SpokenStep, { checks: 'disclosure' }>[] =>
  spoken(draft).filter((step) => step.kind === 'check').filter((step) => step.checks === 'disclosure');
const conditional = (draft: ScriptPack): { when?: string | undefined }[] =>
  [...units(draft).flatMap((unit) => unit.say), ...answersIn(draft), ...routesIn(draft)].filter(({ when }) => when !== undefined);

function plant(entries: readonly (SpokenStep | ScriptPack['objections'][number])[], dice: Dice, sentence: string | undefined): string | null {
  const unit = dice.pick(entries);
  if (unit === undefined || sentence === undefined) return null;
  unit.say.push({ it: sentence, en: sentence.startsWith('{') ? sentence : 'Fine.' });
  return sentence;
}

function remove<Entry>(entries: Entry[], dice: Dice): true | null {
  if (entries.length === 0) return null;
  entries.splice(dice.below(entries.length), 1);
  return true;
}

export const spoilers: Readonly<Record<string, Spoiler>> = {
  'drop a translation': (draft, dice) => {
    const texts = units(draft).flatMap((unit) => [
      ...unit.say, ...unit.do === undefined ? [] : [unit.do], ...unit.answers.map(({ label }) => label), 'title' in unit ? unit.title : unit.label,
      ...'fields' in unit ? unit.fields.flatMap((field) => [field.label, ...(field.choices ?? []).map(({ label }) => label)]) : [],
    ]);
    const [text, locale] = [dice.pick(texts), dice.pick(scriptLocales)];
    if (text === undefined || locale === undefined) return null;
    text[locale] = '';
    return true;
  },
  'redirect an answer': (draft, dice) => {
    const answer = dice.pick(answersIn(draft));
    const target = dice.pick([null, ...draft.steps.map(({ id }) => id)]);
    if (answer === undefined || target === undefined || answer.goTo === target) return null;
    answer.goTo = target;
    return true;
  },
  'cut a route': (draft, dice) => {
    const answer = dice.pick([...answersIn(draft), ...routesIn(draft)]);
    if (answer === undefined) return null;
    answer.goTo = 'nowhere';
    return true;
  },
  'remove an answer': (draft, dice) => remove<unknown>(dice.pick(units(draft))?.answers ?? [], dice),
  'remove a step': (draft, dice) => remove(draft.steps, dice),
  'go round for ever': (draft, dice) => {
    const step = dice.pick(spoken(draft));
    for (const answer of step?.answers ?? []) answer.goTo = step?.id ?? null;
    return step === undefined ? null : true;
  },
  'remove an answer of the gate': (draft, dice) => remove<unknown>(dice.pick(identities(draft))?.answers ?? [], dice),
  'change what an answer of the gate found': (draft, dice) => {
    const answer = dice.pick(dice.pick(identities(draft))?.answers ?? []);
    const result = dice.pick(['confirmed', 'refused', 'third-party', 'minor', 'not-now'] as const);
    if (answer === undefined || result === undefined || answer.result === result) return null;
    answer.result = result;
    return true;
  },
  'go around the gate': (draft, dice) => {
    const behind = identities(draft).flatMap(({ answers }) => answers.filter(({ result }) => result === 'confirmed').map(({ goTo }) => goTo))[0];
    const answer = dice.pick(spoken(draft).filter((step) => early(draft).includes(step.id)).flatMap((step) => [...step.answers]).filter((entry) => entry.result !== 'confirmed'));
    if (answer === undefined || behind === undefined) return null;
    answer.goTo = behind;
    return true;
  },
  'say a private value before the gate': (draft, dice) => plant(
    spoken(draft).filter((step) => early(draft).includes(step.id)), dice, dice.pick(['{creditorName}.', '{openAmountInWords}.', '{oldestInvoiceNumber}.', '{oldestDueDate}.'])),
  'say a private value in an objection': (draft, dice) => plant(draft.objections, dice, dice.pick(['{creditorName}.', '{openAmount}.', '{invoiceCount}.'])),
  'say the reason before the gate': (draft, dice) => plant(spoken(draft).filter((step) => early(draft).includes(step.id)), dice, dice.pick(secretSentences)),
  'say the reason in an objection': (draft, dice) => plant(draft.objections, dice, dice.pick(secretSentences)),
  'show a private value before the gate': (draft, dice) => {
    const step = dice.pick(spoken(draft).filter(({ id, do: advice }) => early(draft).includes(id) && advice !== undefined));
    if (step?.do === undefined) return null;
    step.do.it += ' {creditorName}.';
    return true;
  },
  'call a customer late or a debtor': (draft, dice) => (draft.serves.tone === 'courtesy' ? plant(spoken(draft), dice, dice.pick(lateSentences)) : null),
  threaten: (draft, dice) => plant(spoken(draft), dice, dice.pick(threats)),
  'rename a variable': (draft, dice) => {
    const [paragraph, locale] = [dice.pick(units(draft).flatMap((unit) => unit.say).filter(({ it }) => it.includes('{'))), dice.pick(scriptLocales)];
    if (paragraph === undefined || locale === undefined) return null;
    paragraph[locale] = paragraph[locale].replace(/\{(\w)/, '{x$1');
    return true;
  },
  'leave a brace open': (draft, dice) => {
    const paragraph = dice.pick(units(draft).flatMap((unit) => unit.say).filter(({ en }) => en.includes('}')));
    if (paragraph === undefined) return null;
    paragraph.en = paragraph.en.replace('}', '');
    return true;
  },
  'leave an emphasis open': (draft, dice) => {
    const paragraph = dice.pick(units(draft).flatMap((unit) => unit.say));
    if (paragraph === undefined) return null;
    paragraph.it += ' **';
    return true;
  },
  'remove a condition': (draft, dice) => {
    const entry = dice.pick(conditional(draft));
    if (entry === undefined) return null;
    delete entry.when;
    return true;
  },
  'garble a condition': (draft, dice) => {
    const entry = dice.pick(conditional(draft));
    if (entry?.when === undefined) return null;
    entry.when = dice.pick([`${entry.when} &&`, entry.when.replace(/\w+/, 'nothing'), `${entry.when} && overdueCount`, `${entry.when} == 'x'`, `(${entry.when}`]) ?? '';
    return true;
  },
  'make a condition impossible': (draft, dice) => {
    const entry = dice.pick(conditional(draft));
    if (entry?.when === undefined) return null;
    entry.when = dice.pick([`${entry.when} && overdueCount < 0`, `${entry.when} && audience == 'cat'`, `(${entry.when}) && overdueCount == 2 && overdueCount > 2`]) ?? '';
    return true;
  },
  'shift a limit of a condition': (draft, dice) => {
    const entry = dice.pick(conditional(draft).filter(({ when }) => /\d/.test(when ?? '')));
    if (entry?.when === undefined) return null;
    entry.when = entry.when.replace(/\d+/, (digits) => String(Number(digits) + 1 + dice.below(3)));
    return true;
  },
  'say nothing': (draft, dice) => {
    const unit = dice.pick(units(draft));
    if (unit === undefined) return null;
    unit.say = unit.say.slice(0, 1).map((paragraph) => ({ ...paragraph, when: 'audience == \'person\' && overdueCount > 1' }));
    return true;
  },
  'say what is not yet due first': (draft, dice) => {
    const unit = dice.pick(units(draft).filter(({ say }) => say.some(({ it }) => it.includes('{upcoming')) && say.some(({ it }) => it.includes('{overdue'))));
    const upcoming = unit?.say.find(({ it }) => it.includes('{upcoming'));
    if (unit === undefined || upcoming === undefined) return null;
    unit.say = [upcoming, ...unit.say.filter((paragraph) => paragraph !== upcoming)];
    return true;
  },
  'offer what speaks of the claim to anyone': (draft, dice) => {
    const objection = dice.pick(draft.objections.filter(({ behindIdentity }) => behindIdentity === true));
    if (objection === undefined) return null;
    delete objection.behindIdentity;
    return true;
  },
  'remove an objection': (draft, dice) => remove(draft.objections, dice),
  'lead an objection behind the gate': (draft, dice) => {
    const answer = dice.pick(draft.objections.flatMap((objection) => objection.answers));
    const behind = identities(draft).flatMap(({ answers }) => answers.filter(({ result }) => result === 'confirmed').map(({ goTo }) => goTo))[0];
    if (answer === undefined || behind === undefined) return null;
    answer.goTo = behind;
    return true;
  },
  'repeat the id of an answer': (draft, dice) => {
    const unit = dice.pick(units(draft).filter(({ answers }) => answers.length > 1));
    const [first, second] = unit?.answers ?? [];
    if (first === undefined || second === undefined) return null;
    second.id = first.id;
    return true;
  },
  'repeat the id of a field': (draft, dice) => {
    const [first, second] = [dice.pick(captures(draft).flatMap(({ fields }) => fields)), dice.pick(captures(draft).flatMap(({ fields }) => fields))];
    if (first === undefined || second === undefined || first === second) return null;
    second.id = first.id;
    return true;
  },
  'fill a field that is not there': (draft, dice) => {
    const field = dice.pick(captures(draft).flatMap(({ fields }) => fields).filter(({ fills }) => fills !== undefined));
    if (field === undefined) return null;
    field.fills = dice.pick(['amount', 'invoice', 'iban', 'Note']) ?? '';
    return true;
  },
  'go around a disclosure': (draft, dice) => {
    const step = dice.pick(disclosures(draft));
    const goTo = step?.answers[0]?.goTo;
    if (step === undefined || goTo === undefined) return null;
    for (const unit of draft.steps) for (const entry of isSpoken(unit) ? unit.answers : unit.routes) if (entry.goTo === step.id && dice.below(2) === 0) entry.goTo = goTo;
    return true;
  },
  'let a disclosure pass unread': (draft, dice) => {
    const answer = dice.pick(dice.pick(disclosures(draft))?.answers.filter(({ read }) => read === true) ?? []);
    if (answer === undefined) return null;
    answer.read = false;
    return true;
  },
  'agree too early': (draft, dice) => {
    const answer = dice.pick(spoken(draft).filter((step) => early(draft).includes(step.id)).flatMap((step) => [...step.answers]));
    if (answer === undefined) return null;
    answer.suggestCode = dice.pick(['PTP', 'PLN', 'DSP'] as const);
    return true;
  },
  'note needs without consent': (draft, dice) => {
    const answer = dice.pick(units(draft).flatMap((unit) => [...unit.answers]).filter((entry) => 'consent' in entry && entry.consent === 'given'));
    if (answer === undefined || !('consent' in answer)) return null;
    delete answer.consent;
    return true;
  },
};

/** One change to a pack, by seed; null where that change has nothing to work on. */
export function mutateScript(pack: ScriptPack, seed: number): Mutation | null {
  const dice = diceOf(seed);
  const name = dice.pick(Object.keys(spoilers));
  const spoil = name === undefined ? undefined : spoilers[name];
  const draft = structuredClone(pack);
  const done = spoil?.(draft, dice) ?? null;
  if (name === undefined || done === null) return null;
  return { name, pack: draft, planted: done === true ? null : done };
}
