/** The lead's own thresholds. What cannot be understood is said beside its field; nothing is saved then. */
import InputBase from '@mui/material/InputBase';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { saveSetting } from '../../app/settings-store.ts';
import type { BoardThresholds } from '../../../shared/contract/settings-channels.ts';
import { boardThresholdsSchema } from '../../../shared/contract/settings-channels.ts';
import { Field } from '../../ui/field.tsx';
import { InlineForm } from '../../ui/inline-form.tsx';
import { thresholdPairs } from './board-levels.ts';

type Pair = (typeof thresholdPairs)[number];
type Typed = Record<Pair, { first: string; second: string }> & { endsBy: string };

export function ThresholdsForm({ thresholds, onClose }: { thresholds: BoardThresholds; onClose: () => void }): ReactNode {
  const { t, format } = useWords();
  const [typed, setTyped] = useState(() => typedOf(thresholds));
  const [wrong, setWrong] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const save = (): void => {
    const read = boardThresholdsSchema.safeParse(readTyped(typed));
    if (!read.success) {
      setWrong(String(read.error.issues[0]?.path[0] ?? ''));
      return;
    }
    void saveSetting({ key: 'board', value: read.data }).then((saved) => {
      if (saved.ok) onClose();
      else setProblem(errorSentence(saved.error, t, format));
    });
  };
  const change = (pair: Pair, side: 'first' | 'second', text: string): void => {
    setTyped({ ...typed, [pair]: { ...typed[pair], [side]: text } });
    setWrong(null);
  };
  return (
    <InlineForm label={t('live.thresholds')} saveLabel={t('live.saveThresholds')} leaveLabel={t('live.leaveThresholds')} saving={false} problem={problem} onSave={save} onClose={onClose}>
      {thresholdPairs.map((pair, index) => (
        <Field key={pair} label={t(`live.threshold.${pair}`)} error={wrong === pair ? t('live.thresholdWrong') : null} hint={t(pair === 'serviceLevel' ? 'live.thresholdShare' : 'live.thresholdCount')}>
          {({ id, describedBy, invalid }) => (
            <span className="threshold-pair">
              <Entry id={id} describedBy={describedBy} invalid={invalid} autoFocus={index === 0} value={typed[pair].first} onChange={(text) => { change(pair, 'first', text); }} />
              <Entry id={`${id}-second`} label={t(`live.threshold.${pair}`)} describedBy={describedBy} invalid={invalid} value={typed[pair].second} onChange={(text) => { change(pair, 'second', text); }} />
            </span>
          )}
        </Field>
      ))}
      <Field label={t('live.threshold.endsBy')} error={wrong === 'endsBy' ? t('live.thresholdWrong') : null} hint={t('live.thresholdTime')}>
        {({ id, describedBy, invalid }) => <Entry id={id} describedBy={describedBy} invalid={invalid} value={typed.endsBy} onChange={(text) => { setTyped({ ...typed, endsBy: text }); setWrong(null); }} />}
      </Field>
    </InlineForm>
  );
}

interface EntryProps { id: string; label?: string; describedBy: string | undefined; invalid: boolean; autoFocus?: boolean; value: string; onChange: (text: string) => void }

function Entry({ id, label, describedBy, invalid, autoFocus = false, value, onChange }: EntryProps): ReactNode {
  return (
    <InputBase
      id={id} value={value} error={invalid} autoFocus={autoFocus} inputProps={{ 'aria-label': label, 'aria-describedby': describedBy, 'aria-invalid': invalid, autoComplete: 'off', maxLength: 5 }}
      onChange={(event) => { onChange(event.target.value); }}
    />
  );
}

/** First the one where it becomes better or worth a look, then the one where it is bad. */
function typedOf(thresholds: BoardThresholds): Typed {
  const count = ({ watch, bad }: { watch: number; bad: number }): { first: string; second: string } => ({ first: String(watch), second: String(bad) });
  const { serviceLevel: { good, bad } } = thresholds;
  return {
    serviceLevel: { first: String(good), second: String(bad) }, callbacksLate: count(thresholds.callbacksLate), callbacksUncovered: count(thresholds.callbacksUncovered),
    inboundWaiting: count(thresholds.inboundWaiting), endsBy: thresholds.endsBy,
  };
}

function readTyped(typed: Typed): unknown {
  const read = (text: string): number => (/^\s*\d{1,4}\s*$/.test(text) ? Number(text) : Number.NaN);
  const count = (pair: { first: string; second: string }): unknown => ({ watch: read(pair.first), bad: read(pair.second) });
  return {
    serviceLevel: { good: read(typed.serviceLevel.first), bad: read(typed.serviceLevel.second) }, callbacksLate: count(typed.callbacksLate),
    callbacksUncovered: count(typed.callbacksUncovered), inboundWaiting: count(typed.inboundWaiting), endsBy: typed.endsBy.trim(),
  };
}
