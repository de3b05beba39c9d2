/** A page that was reloaded in the middle of a call comes back to its case: the desk knows which. */
import { useEffect } from 'react';
import { query } from '../../bridge/desk.ts';
import { useNavigation } from '../../app/navigation-store.ts';
import { readPcLanguage } from '../../app/i18n.ts';

export function useReturnToCall(): void {
  const openCase = useNavigation((store) => store.openCase);
  useEffect(() => {
    const comeBack = async (): Promise<void> => {
      const running = await query('show-call', { locale: readPcLanguage() });
      const { place } = useNavigation.getState();
      if (running.ok && running.value.call !== null && place.name === 'home') openCase(running.value.call.caseId);
    };
    void comeBack();
  }, [openCase]);
}
