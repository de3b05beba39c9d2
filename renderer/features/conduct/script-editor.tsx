/**
 * A script being written: its places at the left, the one looked at in the middle, how it sounds at the right, what the checker finds
 * beneath. Ctrl+Z takes back, Ctrl+Y does again, Esc leaves (the draft stays), F6 goes from part to part.
 */
import Button from '@mui/material/Button';
import { useDeferredValue, useEffect, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useQuery } from '../../bridge/use-query.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { checkScript } from '../../../shared/script/check-script.ts';
import type { ScriptPack } from '../../../shared/script/script-pack.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { ObjectionForm } from './objection-form.tsx';
import { PlacesList } from './places-list.tsx';
import { PublishScript } from './publish-script.tsx';
import { saveScriptFile } from './script-file.ts';
import { keepNow, useScriptEditor } from './script-editor-store.ts';
import { ScriptFindings } from './script-findings.tsx';
import { ScriptPreview } from './script-preview.tsx';
import { SheetForm } from './sheet-form.tsx';
import { StepForm } from './step-form.tsx';

export function ScriptEditor(): ReactNode {
  const now = useScriptEditor((store) => store.now);
  return now === null ? null : <OpenEditor pack={now.pack} />;
}

function OpenEditor({ pack }: { pack: ScriptPack }): ReactNode {
  const { t } = useWords();
  const { past, future, undo, redo, close } = useScriptEditor();
  const published = useQuery('list-scripts', {});
  // Typing goes first: the checker may walk thousands of paths.
  const checked = useDeferredValue(pack);
  const findings = useMemo(() => checkScript(checked), [checked]);
  useEffect(() => {
    const keep = (): void => { void keepNow(); };
    window.addEventListener('blur', keep);
    document.getElementById('script-places')?.querySelector<HTMLElement>('[aria-current]')?.focus();
    return () => { window.removeEventListener('blur', keep); };
  }, []);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey) return;
      const key = event.key.toLowerCase();
      const act = (event.ctrlKey || event.metaKey) ? (key === 'z' && !event.shiftKey ? undo : key === 'y' || key === 'z' ? redo : null)
        : event.key === 'Escape' ? close : event.key === 'F6' ? () => { nextPart(event.shiftKey ? -1 : 1); } : null;
      if (act === null) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', listen);
    return () => { window.removeEventListener('keydown', listen); };
  }, [undo, redo, close]);
  return (
    <section className="script-editor" aria-labelledby="script-editor-title">
      <header className="conduct-head">
        <h2 id="script-editor-title">{pack.title.it === '' ? pack.id : pack.title.it} <span className="dim">{pack.id} · {pack.version}</span></h2>
        <Saved />
        <span className="conduct-acts">
          <Button disabled={past.length === 0} onClick={undo}>{t('conduct.editor.undo')} <KeyHint keys="Ctrl Z" /></Button>
          <Button disabled={future.length === 0} onClick={redo}>{t('conduct.editor.redo')} <KeyHint keys="Ctrl Y" /></Button>
          <Button onClick={() => { saveScriptFile(pack); }}>{t('conduct.scripts.export')}</Button>
          <PublishScript pack={pack} findings={findings.length} published={published.data?.scripts ?? []} />
          <Button onClick={close}>{t('conduct.editor.close')} <KeyHint keys="Esc" /></Button>
        </span>
      </header>
      <div className="script-parts">
        <PlacesList pack={pack} findings={findings} />
        <PlaceForm pack={pack} />
        <ScriptPreview pack={checked} />
      </div>
      <ScriptFindings pack={pack} findings={findings} />
    </section>
  );
}

/** Places, fields, preview, findings: round and round. */
function nextPart(by: 1 | -1): void {
  const parts = ['script-places', 'script-fields', 'script-preview', 'script-findings'].flatMap((id) => document.getElementById(id) ?? []);
  const at = parts.findIndex((part) => part.contains(document.activeElement));
  const next = parts[(at + by + parts.length) % parts.length];
  next?.querySelector<HTMLElement>('[aria-current], input, textarea, select, button:not([disabled])')?.focus();
}

function Saved(): ReactNode {
  const { t, format } = useWords();
  const { saved, error } = useScriptEditor();
  return <span className={saved === 'failed' ? 'field-error' : 'dim'} role="status">{error === null ? t(`conduct.editor.saved.${saved}`) : errorSentence(error, t, format)}</span>;
}

function PlaceForm({ pack }: { pack: ScriptPack }): ReactNode {
  const place = useScriptEditor((store) => store.now?.place ?? null);
  const step = place?.kind === 'step' ? pack.steps.find(({ id }) => id === place.id) : undefined;
  const objection = place?.kind === 'objection' ? pack.objections.find(({ id }) => id === place.id) : undefined;
  return (
    <div className="card script-fields" id="script-fields">
      {step !== undefined ? <StepForm key={step.id} pack={pack} step={step} /> : objection !== undefined ? <ObjectionForm key={objection.id} pack={pack} objection={objection} /> : <SheetForm pack={pack} />}
    </div>
  );
}
