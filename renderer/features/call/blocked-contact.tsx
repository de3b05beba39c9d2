/**
 * A contact that the rules refuse: why, and when it may be. What has happened all the same is said in a second step, on purpose: it is
 * saved and somebody will ask about it.
 */
import Button from '@mui/material/Button';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { TFunction } from 'i18next';
import type { AppError } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import type { Formatter, Params } from '../../app/format.ts';
import { formatParams } from '../../app/format.ts';

/** `policy.<code>` with its values; the next moment is always among them. */
export function policySentence(code: string, params: Params, nextAllowedAtMs: number | null, t: TFunction, format: Formatter): string {
  const readable = formatParams({ ...params, ...(nextAllowedAtMs === null ? {} : { until: nextAllowedAtMs }) }, format);
  return t([`policy.${code}`, 'error.contactBlocked'], readable);
}

/** Whether the rules refused the contact itself. */
export function isContactBlocked(error: AppError): boolean {
  return error.code === 'contact-blocked';
}

/** The sentence of a refusal that came as an error. */
export function blockedSentence(error: AppError, t: TFunction, format: Formatter): string {
  const { code, nextAllowedAtMs, ...rest } = error.details;
  const params: Params = {};
  for (const [name, value] of Object.entries(rest)) if (typeof value === 'string' || typeof value === 'number') params[name] = value;
  const next = typeof nextAllowedAtMs === 'number' ? nextAllowedAtMs : null;
  return policySentence(String(code), params, next, t, format);
}

export function BlockedContact({ error, saving, onSaveAllTheSame }: { error: AppError; saving: boolean; onSaveAllTheSame: () => void }): ReactNode {
  const { t, format } = useWords();
  const [asked, setAsked] = useState(false);
  // Each of the two steps has the focus in its turn: both are a key away, and neither is taken by itself.
  const step = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    step.current?.focus();
  }, [asked, error]);
  return (
    <div className="blocked-contact" role="alert">
      <p className="field-error">{blockedSentence(error, t, format)}</p>
      {asked ? (
        <>
          <p className="dim">{t('call.allTheSameHint')}</p>
          <Button ref={step} onClick={onSaveAllTheSame} disabled={saving}>{t('call.allTheSameSave')}</Button>
        </>
      ) : <Button ref={step} className="quiet" onClick={() => { setAsked(true); }}>{t('call.allTheSame')}</Button>}
    </div>
  );
}
