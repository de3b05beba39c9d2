/** Right: what came of the call. A code, the fields it asks for, one key to save and go on. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { AppError } from '../../../shared/result.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Choice } from '../../ui/choice.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { useCall } from './call-store.ts';
import { useDraftStatus } from './draft-saver.ts';
import { errorOf, focusField, isGeneral } from './form-errors.ts';
import { OutcomeCodes } from './outcome-codes.tsx';
import { fieldsOf } from './outcome-form.ts';
import { OutcomeFields } from './outcome-fields.tsx';

interface Props {
  screen: CaseScreen;
  lost: AppError | null;
  onSave: () => void;
  onSaveAndNext: () => void;
}

export function OutcomePanel({ screen, lost, onSave, onSaveAndNext }: Props): ReactNode {
  const { t, format } = useWords();
  const { form, error, suggested, saving, change, chooseCode } = useCall();
  const draft = useDraftStatus((store) => store.status);
  const usable = screen.numbers.filter((number) => number.usable);
  const applySuggestion = (): void => {
    if (suggested === null) return;
    chooseCode(suggested);
    focusField(fieldsOf(suggested)[0] ?? 'note');
  };
  useShortcuts({ 'Ctrl+Enter': applySuggestion });
  const codeError = errorOf(error, 'code');
  return (
    <section className="panel panel-outcome" aria-label={t('outcomeForm.title')}>
      <div className="outcome-body">
        <div className="block-head">
          <h2>{t('outcomeForm.title')}</h2>
          <span className={draft === 'failed' ? 'draft-status field-error' : 'draft-status dim'} role="status">{draft === 'none' ? '' : t(`draft.${draft}`)}</span>
        </div>
        <OutcomeCodes error={codeError === null ? null : errorSentence(codeError, t, format)} />
        {suggested === null || suggested === form.code ? null : (
          <p className="advice">
            <b>{t('outcomeForm.advice')}:</b> {t(`outcome.${suggested}`)}
            <Button className="quiet" onClick={applySuggestion}>{t('outcomeForm.apply')} <KeyHint keys="Ctrl ↵" /></Button>
          </p>
        )}
        {usable.length < 2 ? null : (
          <Choice
            label={t('outcomeForm.number')} value={form.numberId} options={usable.map((number) => ({ value: number.numberId, label: number.raw }))}
            onChange={(numberId) => { change({ numberId }); }}
          />
        )}
        <OutcomeFields screen={screen} form={form} error={error} onChange={change} />
      </div>
      <div className="outcome-foot">
        {lost === null ? null : <p className="field-error" role="alert">{errorSentence(lost, t, format)}</p>}
        {error !== null && isGeneral(error, ['code', ...fieldsOf(form.code)]) ? <p className="field-error" role="alert">{errorSentence(error, t, format)}</p> : null}
        {screen.blocked === null ? null : (
          <p className="dim next-call">
            {screen.blocked.until === null ? t('case.noNextCall') : <>{t('case.nextCall')} <b>{format.moment(screen.blocked.until)}</b></>}
          </p>
        )}
        <div className="outcome-actions">
          <Button onClick={onSave} disabled={saving}>{t('outcomeForm.save')} <KeyHint keys="Ctrl S" /></Button>
          <Button className="primary" onClick={onSaveAndNext} disabled={saving}>{t('outcomeForm.saveAndNext')} <KeyHint keys="F12" /></Button>
        </div>
      </div>
    </section>
  );
}
