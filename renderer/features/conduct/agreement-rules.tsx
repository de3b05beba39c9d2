/** What a creditor lets be agreed on the telephone: folded, with one line of what is set. */
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { usualAgreementTerms } from '../../../shared/protocol/agreement-terms.ts';
import type { AgreementTerms } from '../../../shared/protocol/agreement-terms.ts';
import type { Formatter } from '../../app/format.ts';
import { formatParams } from '../../app/format.ts';
import { useWords } from '../../app/i18n.ts';
import { Check } from '../../ui/check.tsx';
import { Choice } from '../../ui/choice.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { InterestRule, TermField, TermProblems, TermsForm } from './agreement-terms-form.ts';
import { coordinateTerms, formOfTerms, interestRules, letterheadTerms, planTerms, promiseTerms, readTerms } from './agreement-terms-form.ts';

const consumerClaims = ['none', 'legal'] as const;
const businessClaims = ['none', 'legal', 'late-payment'] as const;

export function AgreementRules({ form, problems, onChange }: { form: TermsForm; problems: TermProblems; onChange: (form: TermsForm) => void }): ReactNode {
  const { t, locale, format } = useWords();
  const usual = formOfTerms(usualAgreementTerms, locale).texts;
  const field = (name: TermField, isOptional = false): ReactNode => (
    <TextField
      key={name} stacked label={t(`conduct.terms.field.${name}`)} value={form.texts[name]} error={problemAt(problems, name, t, format)} maxLength={lengthOf(name)}
      placeholder={name === 'planLimits.minFirstPaymentCents' ? t('plan.firstNone') : isOptional ? '' : usual[name]} onChange={(text) => { onChange({ ...form, texts: { ...form.texts, [name]: text } }); }}
    />
  );
  return (
    <details className="terms">
      <summary><h3>{t('conduct.terms.title')}</h3> <Summary form={form} problemCount={Object.keys(problems).length} /></summary>
      <div className="terms-parts">
        <section aria-label={t('conduct.terms.plans')}>
          <h4>{t('conduct.terms.plans')}</h4>
          <div className="terms-fields">
            {planTerms.map((name) => field(name))}
            <Choice
              label={t('conduct.terms.rule')} value={form.rule} options={interestRules.map((value) => ({ value, label: t(`conduct.terms.ruleOf.${value}`) }))}
              onChange={(value) => { onChange({ ...form, rule: interestRules.find((rule) => rule === value) ?? 'none' }); }}
            />
            {form.rule === 'none' ? null : field('planLimits.interest', true)}
          </div>
          <Check label={t('conduct.terms.acknowledgement')} checked={form.acknowledgement} onChange={(acknowledgement) => { onChange({ ...form, acknowledgement }); }} />
          <Check label={t('conduct.terms.settlementsAsked')} checked={form.settlementsAsked} onChange={(settlementsAsked) => { onChange({ ...form, settlementsAsked }); }} />
        </section>
        <section aria-label={t('conduct.terms.interest')}>
          <h4>{t('conduct.terms.interest')}</h4>
          <p className="dim">{t('conduct.terms.interestText')}</p>
          <div className="terms-fields terms-wide">
            <Choice
              label={t('conduct.terms.consumer')} value={form.consumer} options={consumerClaims.map((value) => ({ value, label: t(`conduct.terms.claimOf.${value}`) }))}
              onChange={(value) => { onChange({ ...form, consumer: consumerClaims.find((claim) => claim === value) ?? 'none' }); }}
            />
            <Choice
              label={t('conduct.terms.business')} value={form.business} options={businessClaims.map((value) => ({ value, label: t(`conduct.terms.claimOf.${value}`) }))}
              onChange={(value) => { onChange({ ...form, business: businessClaims.find((claim) => claim === value) ?? 'none' }); }}
            />
            {form.business === 'late-payment' ? field('interest.lumpSumCents', true) : null}
          </div>
        </section>
        <section aria-label={t('conduct.terms.promises')}>
          <h4>{t('conduct.terms.promises')}</h4>
          <div className="terms-fields">{promiseTerms.map((name) => field(name))}</div>
        </section>
        <section aria-label={t('conduct.terms.coordinates')}>
          <h4>{t('conduct.terms.coordinates')}</h4>
          <p className="dim">{t('conduct.terms.coordinatesText')}</p>
          <div className="terms-fields terms-wide">{coordinateTerms.map((name) => field(name, true))}</div>
        </section>
        <section aria-label={t('conduct.terms.letterhead')}>
          <h4>{t('conduct.terms.letterhead')}</h4>
          <p className="dim">{t('conduct.terms.letterheadText')}</p>
          <div className="terms-fields terms-wide">{letterheadTerms.map((name) => field(name, true))}</div>
        </section>
      </div>
    </details>
  );
}

/** As the schema bounds it. */
function lengthOf(field: TermField): number {
  if (field === 'coordinates.cardPage' || field === 'letterhead.address') return 200;
  if (field === 'letterhead.name' || field === 'letterhead.email') return 120;
  if (field === 'coordinates.beneficiary') return 70;
  return field === 'letterhead.taxCode' ? 30 : 60;
}

function problemAt(problems: TermProblems, field: TermField, t: TFunction, format: Formatter): string | null {
  const problem = problems[field];
  if (problem === undefined) return null;
  const { mostRate } = problem.params;
  return t(problem.key, { ...formatParams(problem.params, format), ...(typeof mostRate === 'number' ? { most: format.rate(mostRate) } : {}) });
}

/** `Fino a 12 rate da almeno 25,00 € in 12 mesi · nessun interesse · senza IBAN`. */
function Summary({ form, problemCount }: { form: TermsForm; problemCount: number }): ReactNode {
  const { t, locale, format } = useWords();
  const read = readTerms(form, locale);
  if (!read.ok) return <span className="field-error">{t('conduct.terms.toCorrect', { count: problemCount })}</span>;
  const { planLimits, interest, coordinates, letterhead, acknowledgement, prescriptionMonths } = read.terms;
  const parts = [
    t('conduct.terms.summary.plan', { count: planLimits.maxInstalments, amount: format.money(planLimits.minInstalmentCents, 'EUR'), months: planLimits.maxDurationMonths }),
    ...(planLimits.interest.rule === 'none' ? [] : [t(`conduct.terms.summary.ruleOf.${planLimits.interest.rule satisfies InterestRule}`, { rate: rateOf(planLimits.interest, (hundredths) => format.rate(hundredths)) })]),
    interest.consumer === 'none' && interest.business === 'none' ? t('conduct.terms.summary.noInterest')
      : t('conduct.terms.summary.interest', { consumer: t(`conduct.terms.summary.claimOf.${interest.consumer}`), business: t(`conduct.terms.summary.claimOf.${interest.business}`) }),
    coordinates === null ? t('conduct.terms.summary.noIban') : t('conduct.terms.summary.iban', { end: coordinates.iban.slice(-4) }),
    ...(letterhead === null ? [] : [t('conduct.terms.summary.letterhead')]),
    ...(acknowledgement ? [t('conduct.terms.summary.acknowledgement')] : []),
    t('conduct.terms.summary.prescription', { count: prescriptionMonths }),
  ];
  return <span className="dim">{parts.join(' · ')}</span>;
}

function rateOf(interest: AgreementTerms['planLimits']['interest'], show: (hundredths: number) => string): string {
  switch (interest.rule) {
    case 'none': return '';
    case 'simple': return show(interest.basisPoints);
    case 'annuity': return show(interest.monthlyBasisPoints);
  }
}
