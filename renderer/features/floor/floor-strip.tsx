/**
 * Who listens to this call, whether help was asked for and who comes, who let this operator out of a wrap-up and why; for leads, who asks. A quiet line under the bar on every screen, and
 * one sound for a lead when somebody begins to ask.
 *
 * Invariant: that somebody listens stands here for as long as it is not known to be over, and nothing takes it off.
 */
import Button from '@mui/material/Button';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import './floor.css';
import type { FloorScreen } from '../../../shared/contract/floor-channels.ts';
import type { UserId } from '../../../shared/id.ts';
import type { Role } from '../../../shared/protocol/session-protocol.ts';
import type { AppError } from '../../../shared/result.ts';
import { command } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { useSettings } from '../../app/settings-store.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { useAgent } from '../agent/agent-store.ts';
import { sound } from '../live/use-alarms.ts';
import { askHelp } from './ask-help.ts';
import { ListeningButtons } from './listening-buttons.tsx';
import { useFollowFloor } from './use-follow-floor.ts';

export function FloorStrip({ role }: { role: Role }): ReactNode {
  const floor = useQuery('show-floor', {}).data;
  const isOperator = role === 'collector' || role === 'inbound';
  useFollowFloor(floor, isOperator);
  if (isOperator) return <OwnFloor floor={floor} />;
  return role === 'lead' ? <Helps floor={floor} /> : null;
}

function OwnFloor({ floor }: { floor: FloorScreen | null }): ReactNode {
  const { t, format } = useWords();
  const isInCall = useAgent(({ agent }) => agent.call.kind === 'living');
  const [error, setError] = useState<AppError | null>(null);
  const ask = (): void => { void askHelp(floor).then(setError); };
  useShortcuts(isInCall ? { help: ask } : {});
  const help = floor?.own.help ?? null;
  const listeners = floor?.own.listeners ?? [];
  const problem = isInCall ? error : null;
  const released = floor?.released ?? null;
  if (help === null && listeners.length === 0 && problem === null && released === null) return null;
  return (
    <section className="floor-strip" aria-label={t('floor.strip')} data-testid="floor-strip">
      {listeners.map(({ listeningId, byName, how }) => (
        <p key={listeningId} role="status" className="floor-heard" data-testid="heard">{t(`floor.hears.${how}`, { name: byName, document: floor?.heardBy?.document ?? '' })}</p>
      ))}
      {released === null ? null : (
        <p role="status" data-testid="released">
          <span>{t('floor.released', { name: released.byName, reason: released.reason })}</span>
          <Button onClick={() => { void command('close-release', {}); }}>{t('floor.closeReleased')}</Button>
        </p>
      )}
      {help === null ? null : (
        <p role="status" data-testid="own-help">
          {help.comingName === null ? t('floor.asked') : <b>{t('floor.comes', { name: help.comingName })}</b>}
          <Button onClick={ask}>{t('floor.takeBackShort')} <ShortcutHint id="help" /></Button>
        </p>
      )}
      {problem === null ? null : <p className="field-error" role="alert">{errorSentence(problem, t, format)}</p>}
    </section>
  );
}

function Helps({ floor }: { floor: FloorScreen | null }): ReactNode {
  const { t, format } = useWords();
  const isQuiet = useSettings((store) => store.settings.boardQuiet);
  const [error, setError] = useState<AppError | null>(null);
  useSoundForNew(floor?.helps.map(({ userId }) => userId).join(' ') ?? null, isQuiet);
  const helps = floor?.helps ?? [];
  const [first] = helps.filter(({ comingName }) => comingName === null);
  const come = (userId: UserId): void => {
    void command('answer-help', { userId }).then((answered) => { setError(answered.ok ? null : answered.error); });
  };
  useShortcuts(first === undefined ? {} : { help: () => { come(first.userId); } });
  if (helps.length === 0) return null;
  return (
    <section className="floor-strip floor-helps" aria-label={t('floor.strip')} data-testid="helps">
      {helps.map(({ userId, displayName, comingName }) => (
        <p key={userId} role="status">
          <span>{t('floor.asks', { name: displayName })}</span> {comingName === null ? null : <span className="dim">{t('floor.goes', { name: comingName })}</span>}
          <span className="spacer" />
          <ListeningButtons floor={floor} userId={userId} />
          {comingName === null ? <Button className="primary" onClick={() => { come(userId); }}>{t('floor.come')} {first?.userId === userId ? <ShortcutHint id="help" /> : null}</Button> : null}
        </p>
      ))}
      {error === null ? null : <p className="field-error" role="alert">{errorSentence(error, t, format)}</p>}
    </section>
  );
}

/** Who asked already when this screen was opened does not sound. @param asking null: nobody knows yet */
function useSoundForNew(asking: string | null, isQuiet: boolean): void {
  const known = useRef<string | null>(null);
  useEffect(() => {
    if (asking === null) return;
    const before = known.current;
    known.current = asking;
    if (before !== null && !isQuiet && asking.split(' ').some((id) => id !== '' && !before.includes(id))) void sound();
  }, [asking, isQuiet]);
}
