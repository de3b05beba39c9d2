/** What the checker finds; each leads to its place. */
import ButtonBase from '@mui/material/ButtonBase';
import type { ReactNode } from 'react';
import type { ScriptFinding } from '../../../shared/script/script-finding.ts';
import type { ScriptPack } from '../../../shared/script/script-pack.ts';
import { useWords } from '../../app/i18n.ts';
import { placeOfFinding } from './edit-script.ts';
import { useScriptEditor } from './script-editor-store.ts';

export function ScriptFindings({ pack, findings }: { pack: ScriptPack; findings: readonly ScriptFinding[] }): ReactNode {
  const { t } = useWords();
  const look = useScriptEditor((store) => store.look);
  const show = (where: string): void => {
    look(placeOfFinding(pack, where));
    requestAnimationFrame(() => { document.getElementById('script-fields')?.querySelector<HTMLElement>('input, textarea, select')?.focus(); });
  };
  return (
    <section className="card script-findings" id="script-findings" aria-labelledby="script-findings-title">
      <div role="status"><h3 id="script-findings-title">{findings.length === 0 ? t('conduct.editor.noFindings') : t('conduct.editor.findings', { count: findings.length })}</h3></div>
      {findings.length === 0 ? null : (
        <ul>
          {findings.map(({ code, where, detail }, index) => (
            <li key={`${String(index)} ${code} ${where}`}>
              <ButtonBase className="finding" onClick={() => { show(where); }}>
                <code>{where}</code><span>{t(`scriptFinding.${code}`, { where, detail })}</span>
              </ButtonBase>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
