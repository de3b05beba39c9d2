/** How people and languages of a case are named on the screen. */
import type { TFunction } from 'i18next';
import type { CaseScreen } from '../../../shared/contract/screens.ts';

type Party = CaseScreen['parties'][number];

/** `amministratore di condominio · Rag. Moretti`; null = the holder. */
export function partyLabel(screen: Pick<CaseScreen, 'parties' | 'customer'>, partyId: string | null, t: TFunction): string {
  const party = screen.parties.find((entry) => entry.partyId === partyId);
  return party === undefined ? `${t('partyRole.holder')} · ${screen.customer.name}` : `${t(`partyRole.${party.role}`)} · ${party.name}`;
}

/** The choices of a form that asks about somebody; the holder is ''. */
export function partyOptions(screen: Pick<CaseScreen, 'parties' | 'customer'>, t: TFunction): { value: string; label: string }[] {
  return [{ value: '', label: partyLabel(screen, null, t) }, ...screen.parties.map(({ partyId }) => ({ value: partyId, label: partyLabel(screen, partyId, t) }))];
}

/** The party whose id was chosen in a form; null = the holder. */
export function chosenParty(screen: Pick<CaseScreen, 'parties'>, value: string): Party['partyId'] | null {
  return screen.parties.find(({ partyId }) => partyId === value)?.partyId ?? null;
}

/** Languages that customers in Italy most often speak, for a short list; any other code that stands already is offered too. */
const usualLanguages = ['it', 'en', 'fr', 'de', 'es', 'ro', 'sq', 'ar', 'uk', 'zh', 'pl', 'ru', 'bn', 'hi', 'ur', 'fil'];

export function languageOptions(current: string, locale: string): { value: string; label: string }[] {
  const codes = current === '' || usualLanguages.includes(current) ? usualLanguages : [...usualLanguages, current];
  return codes.map((code) => ({ value: code, label: languageName(code, locale) }));
}

export function languageName(code: string, locale: string): string {
  if (!/^[a-z]{2,3}(-[A-Za-z]+)?$/.test(code)) return code;
  return new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code;
}
