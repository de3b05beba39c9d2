/** How long a case is shown before progressive mode dials it. */
import type { ReactNode } from 'react';
import { progressiveSeconds } from '../../../shared/agent/progressive.ts';
import type { SettingChange } from '../../../shared/contract/settings-channels.ts';
import { useWords } from '../../app/i18n.ts';
import { useSettings } from '../../app/settings-store.ts';

export function ProgressiveSetting({ save }: { save: (change: SettingChange) => void }): ReactNode {
  const { t } = useWords();
  const chosen = useSettings((store) => store.settings.progressiveSeconds);
  return (
    <fieldset>
      <legend>{t('agent.progressive')}</legend>
      {progressiveSeconds.map((seconds) => (
        <label className="radio" key={seconds}>
          <input type="radio" name="progressive-seconds" checked={seconds === chosen} onChange={() => { save({ key: 'progressiveSeconds', value: seconds }); }} />
          <span>{t('agent.seconds', { count: seconds })}</span>
        </label>
      ))}
    </fieldset>
  );
}
