/**
 * A plan while it is being found: what the customer can pay, the options that fit, the one that was chosen and read back.
 *
 * Invariants: the figures follow the slider in the page, by the very functions by which the desk makes the plan again before it keeps it; when
 * the instalments change, what was read back no longer counts. Income and expenses are a help to count and are kept nowhere.
 */
import Slider from '@mui/material/Slider';
import { useEffect, useEffectEvent, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { PlanBasisScreen } from '../../../shared/contract/agreement-channels.ts';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { decimalOfCents } from '../../../shared/money/format-money.ts';
import { parseMoney } from '../../../shared/money/parse-money.ts';
import { offerPlans, planFingerprint } from '../../../shared/plans/offer-plans.ts';
import type { PlanOption } from '../../../shared/plans/plan-options.ts';
import type { AppError } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { Check } from '../../ui/check.tsx';
import { Choice } from '../../ui/choice.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { BudgetHelp } from './budget-help.tsx';
import { errorOf } from './form-errors.ts';
import type { FormState } from './outcome-form.ts';
import { PlanSchedule } from './plan-schedule.tsx';

interface Props {
  screen: CaseScreen;
  form: FormState;
  error: AppError | null;
  onChange: (patch: Partial<FormState>) => void;
}

/** A slider moves by so much. */
const STEP_CENTS = 500;

export function PlanFields({ screen, form, error, onChange }: Props): ReactNode {
  const { t, locale, format } = useWords();
  const { data: basis, error: failed } = useQuery('show-plan-basis', { caseId: screen.caseId });
  const restDays = useMemo(() => new Set(basis?.restDays ?? []), [basis]);
  const offered = useMemo(
    () => (basis === null || (basis.debtCents > 0 && (form.perMonthText.trim() === '' || form.dayText.trim() === '')) ? null : offerPlans(form, basis, (date) => restDays.has(date), locale)),
    [basis, restDays, form, locale],
  );
  const options = offered?.ok === true ? offered.value.options : [];
  const chosen = options.find(({ kind }) => kind === form.planKind) ?? null;
  const shown = chosen === null ? '' : planFingerprint(chosen.instalments);
  const follow = useEffectEvent((planShown: string) => {
    if (planShown !== form.planShown) onChange({ planShown, planReadBack: '' });
  });
  useEffect(() => { follow(shown); }, [shown]);
  const wrong = (field: 'perMonthText' | 'dayText' | 'firstText' | 'planKind' | 'planReadBack' | 'amountText'): string | null => {
    const own = errorOf(error, field) ?? (offered?.ok === false ? errorOf(offered.error, field) : null);
    return own === null ? null : errorSentence(own, t, format);
  };
  if (failed !== null) return <p className="field-error" role="alert">{errorSentence(failed, t, format)}</p>;
  if (basis === null) return null;
  return (
    <div className="plan-fields">
      <div data-field="perMonthText">
        <TextField label={t('plan.perMonth')} value={form.perMonthText} placeholder={t('plan.perMonthExample')} error={wrong('perMonthText')} onChange={(perMonthText) => { onChange({ perMonthText }); }} />
        <AmountSlider label={t('plan.perMonth')} text={form.perMonthText} least={basis.limits.minInstalmentCents} most={basis.debtCents} onChange={(perMonthText) => { onChange({ perMonthText }); }} />
      </div>
      <BudgetHelp currency={basis.currency} onUse={(perMonthCents) => { onChange({ perMonthText: typed(perMonthCents, locale) }); }} />
      <div data-field="dayText">
        <TextField label={t('plan.day')} value={form.dayText} placeholder={t('plan.dayExample')} maxLength={2} error={wrong('dayText')} onChange={(dayText) => { onChange({ dayText }); }} />
      </div>
      <div data-field="firstText">
        <TextField
          label={t('plan.first')} value={form.firstText} error={wrong('firstText')} onChange={(firstText) => { onChange({ firstText }); }}
          placeholder={basis.limits.minFirstPaymentCents > 0 ? t('plan.firstAsked', { amount: format.money(basis.limits.minFirstPaymentCents, basis.currency) }) : t('plan.firstNone')}
        />
      </div>
      {basis.timeBarred.length === 0 || basis.debtCents === 0 ? null : <p className="note">{t('plan.timeBarred', { numbers: basis.timeBarred.map(({ number }) => number).join(', ') })}</p>}
      {wrong('amountText') === null || errorOf(error, 'amountText') !== null ? null : <p className="field-error" role="alert">{wrong('amountText')}</p>}
      <div data-field="planKind">
        <PlanOptions basis={basis} options={options} chosen={form.planKind} error={wrong('planKind')} onChoose={(planKind) => { onChange({ planKind }); }} />
      </div>
      {chosen === null ? null : (
        <>
          <PlanSchedule option={chosen} currency={basis.currency} today={basis.today} />
          <div data-field="planStage">
            <Choice
              label={t('plan.stage')} value={form.planStage === 'proposed' ? 'proposed' : 'accepted'} onChange={(planStage) => { onChange({ planStage }); }}
              options={(['accepted', 'proposed'] as const).map((value) => ({ value, label: t(`plan.stageOf.${value}`) }))}
            />
          </div>
          <div data-field="planReadBack">
            {form.planStage === 'proposed' ? null : <Check label={t('plan.readBack')} checked={form.planReadBack === 'yes'} onChange={(isRead) => { onChange({ planReadBack: isRead ? 'yes' : '' }); }} />}
            {wrong('planReadBack') === null ? null : <p className="field-error" role="alert">{wrong('planReadBack')}</p>}
          </div>
        </>
      )}
    </div>
  );
}

interface OptionsProps { basis: PlanBasisScreen; options: readonly PlanOption[]; chosen: string; error: string | null; onChoose: (kind: string) => void }

function PlanOptions({ basis, options, chosen, error, onChoose }: OptionsProps): ReactNode {
  const { t, format } = useWords();
  const money = (cents: number): string => format.money(cents, basis.currency);
  return (
    <>
      {options.length === 0 ? null : (
        <fieldset className="plan-options">
          <legend>{t('plan.options', { count: options.length })}</legend>
          {options.map(({ kind, instalments, totalCents, interestCents }) => {
            const last = instalments.at(-1);
            return (
              <label key={kind} className="plan-option">
                <input type="radio" name="plan-option" value={kind} checked={chosen === kind} onChange={() => { onChoose(kind); }} />
                <span className="plan-option-text">
                  <b>{t(`plan.kindOf.${kind}`)}</b>
                  <span className="num">{runsOf(instalments).map(({ count, amountCents }) => `${String(count)} × ${money(amountCents)}`).join(' + ')}</span>
                  <span className="dim">
                    {last === undefined ? '' : t('plan.until', { date: format.date(last.dueOn) })} · {t('plan.total', { amount: money(totalCents) })}
                    {interestCents === 0 ? '' : ` · ${t('plan.interest', { amount: money(interestCents) })}`}
                  </span>
                </span>
              </label>
            );
          })}
        </fieldset>
      )}
      {error === null ? null : <p className="field-error" role="alert">{error}</p>}
    </>
  );
}

/** Instalments of the same amount that follow each other. */
function runsOf(instalments: PlanOption['instalments']): { count: number; amountCents: number }[] {
  const runs: { count: number; amountCents: number }[] = [];
  for (const { amountCents } of instalments) {
    const last = runs.at(-1);
    if (last?.amountCents === amountCents) last.count += 1;
    else runs.push({ count: 1, amountCents });
  }
  return runs;
}

function AmountSlider({ label, text, least, most, onChange }: { label: string; text: string; least: number; most: number; onChange: (text: string) => void }): ReactNode {
  const { locale } = useWords();
  const read = parseMoney(text, locale);
  const value = Math.min(most, Math.max(least, read.ok ? read.value : least));
  if (most <= least) return null;
  return (
    <Slider
      className="plan-slider" size="small" value={value} min={least} max={most} step={STEP_CENTS} aria-label={label} tabIndex={-1} valueLabelDisplay="off"
      onChange={(_event, cents) => { onChange(typed(typeof cents === 'number' ? cents : least, locale)); }}
    />
  );
}

function typed(cents: number, locale: 'it' | 'en'): string {
  const decimal = decimalOfCents(cents);
  return locale === 'it' ? decimal.replace('.', ',') : decimal;
}
