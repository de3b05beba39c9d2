/** Listening, whispering, joining in: where an agreement covers it, to whoever has a telephone. What is refused is said beside it. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { FloorScreen } from '../../../shared/contract/floor-channels.ts';
import type { UserId } from '../../../shared/id.ts';
import type { ListeningWay } from '../../../shared/protocol/floor-protocol.ts';
import { listeningWays } from '../../../shared/protocol/floor-protocol.ts';
import type { AppError } from '../../../shared/result.ts';
import { command } from '../../bridge/desk.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { linePhase } from '../telephone/line-view.ts';
import { useLine } from '../telephone/line-store.ts';

export function ListeningButtons({ floor, userId }: { floor: FloorScreen | null; userId: UserId }): ReactNode {
  const { t, format } = useWords();
  const hasLine = useLine((store) => linePhase(store.screen) !== 'none');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  if (floor?.heardBy == null || !hasLine) return null;
  const begin = async (how: ListeningWay): Promise<void> => {
    setBusy(true);
    const begun = await command('begin-listening', { userId, how });
    setBusy(false);
    setError(begun.ok ? null : begun.error);
  };
  return (
    <>
      {listeningWays.map((how) => (
        <Button key={how} className="quiet" disabled={busy || floor.listening !== null} aria-pressed={floor.listening?.userId === userId && floor.listening.how === how} onClick={() => { void begin(how); }}>
          {t(`floor.way.${how}`)}
        </Button>
      ))}
      {error === null ? null : <span className="field-error" role="alert">{errorSentence(error, t, format)}</span>}
    </>
  );
}
