/** The call's controls on every screen but the case, whose own bar has them: under the app bar, always in the same place. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { useNavigation } from '../../app/navigation-store.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { useRunningCall } from '../call/running-call.ts';
import { isCallerUnknown } from '../call/who-hears.ts';
import { LineControls } from './line-controls.tsx';
import { useLine } from './line-store.ts';
import { frontCall, unclaimedCall } from './line-view.ts';

export function LineStrip(): ReactNode {
  const { t } = useWords();
  const inCase = useNavigation((store) => store.place.name === 'case');
  const hasCall = useLine(({ screen }) => frontCall(screen?.calls ?? []) !== null);
  if (inCase || !hasCall) return null;
  return (
    <section className="line-strip" aria-label={t('call.bar')}>
      <LineControls ownCallId={null} />
      <FindCallerButton />
    </section>
  );
}

/** A call that was accepted and is nobody's yet: search with its number. @param again the case in front was found already */
export function FindCallerButton({ again = false }: { again?: boolean }): ReactNode {
  const { t } = useWords();
  const setSearchOpen = useNavigation((store) => store.setSearchOpen);
  const caller = useCallerToFind();
  if (caller === null) return null;
  return (
    <>
      {again ? null : <span className="line-hint">{t('telephone.whoseIsIt')}</span>}
      <Button className={again ? 'quiet' : 'primary'} onClick={() => { setSearchOpen(true, caller); }}>{t(again ? 'telephone.findOtherCase' : 'telephone.findCase')} <ShortcutHint id="search" /></Button>
    </>
  );
}

/** What the search begins with while somebody is on the line who belongs to no case yet; null: nobody is. */
export function useCallerToFind(): string | null {
  const telephone = useQuery('show-telephone', {}).data;
  const calls = useLine((store) => store.screen?.calls) ?? [];
  const running = useRunningCall((store) => store.call);
  // Main knows who is in front before the desk has it on the disk.
  if (isCallerUnknown(running, calls)) return digitsOf(frontCall(calls)?.caller.number ?? null);
  const unclaimed = unclaimedCall(telephone, calls);
  return unclaimed === null ? null : digitsOf(unclaimed.number);
}

/** As the search knows numbers. */
export function digitsOf(number: string | null): string {
  return (number ?? '').replace(/\D+/g, '');
}
