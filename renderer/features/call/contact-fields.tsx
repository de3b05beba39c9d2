/** Which number was rung, who answered and over which channel: each only where there is something to choose. */
import type { ReactNode } from 'react';
import { contactChannels } from '../../../shared/case/outcome-codes.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { AppError } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Choice } from '../../ui/choice.tsx';
import { useCall } from './call-store.ts';
import { errorOf } from './form-errors.ts';
import { isConversation } from './outcome-form.ts';
import type { FormState } from './outcome-form.ts';
import { partyOptions } from './people-words.ts';

/** `hidden`: what came of earlier calls is not said; `fixed`: the number is the one that was rung. */
export function ContactFields({ screen, form, error, hidden, fixed }: { screen: CaseScreen; form: FormState; error: AppError | null; hidden: boolean; fixed: boolean }): ReactNode {
  const { t, format } = useWords();
  const change = useCall((store) => store.change);
  const chooseNumber = useCall((store) => store.chooseNumber);
  const usable = screen.numbers.filter((number) => number.usable);
  const wrong = errorOf(error, 'numberId');
  const options = usable.map(({ numberId, raw, kind, partyId, last }) => ({
    value: numberId,
    label: [
      raw, t(`numberKind.${kind}`), ...(partyId === null ? [] : [screen.parties.find((party) => party.partyId === partyId)?.name ?? '']),
      ...(last === null || hidden ? [] : [`${t(`outcome.${last.code}`)} ${format.past(last.at)}`]),
    ].filter((part) => part !== '').join(' · '),
  }));
  return (
    <>
      {fixed || (usable.length < 2 && wrong === null) ? null : (
        <div data-field="numberId">
          <Choice
            label={t('outcomeForm.number')} value={form.numberId} options={options} error={wrong === null ? null : errorSentence(wrong, t, format)}
            none={usable.some(({ numberId }) => numberId === form.numberId) ? undefined : t('fact.noPhone')}
            onChange={(numberId) => { chooseNumber(numberId, screen.numbers); }}
          />
        </div>
      )}
      {hidden || !isConversation(form.code) || screen.parties.length === 0 ? null : (
        <div data-field="partyId">
          <Choice label={t('outcomeForm.withWhom')} value={form.partyId} options={partyOptions(screen, t)} onChange={(partyId) => { change({ partyId }); }} />
        </div>
      )}
    </>
  );
}

/** Almost always the call that was made, so it is folded and says what it is. */
export function ChannelField({ form }: { form: FormState }): ReactNode {
  const { t } = useWords();
  const change = useCall((store) => store.change);
  if (!isConversation(form.code)) return null;
  return (
    <details className="fold" key={form.code} open={form.channel !== 'phone-outbound'}>
      <summary>{t('outcomeForm.channelIs', { channel: t(`channel.${form.channel}`) })}</summary>
      <Choice
        label={t('outcomeForm.channel')} value={form.channel} options={contactChannels.map((value) => ({ value, label: t(`channel.${value}`) }))}
        onChange={(channel) => { change({ channel }); }}
      />
    </details>
  );
}
