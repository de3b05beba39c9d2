/** A step that says nothing: the first route whose condition holds. */
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import type { GoStep, ScriptPack } from '../../../shared/script/script-pack.ts';
import { useWords } from '../../app/i18n.ts';
import { GoTo } from './answer-list.tsx';
import { changeStep, moved } from './edit-script.ts';
import { WhenInput } from './say-list.tsx';
import { useScriptEditor } from './script-editor-store.ts';

export function RouteList({ pack, step }: { pack: ScriptPack; step: GoStep }): ReactNode {
  const { t } = useWords();
  const edit = useScriptEditor((store) => store.edit);
  const change = (how: (routes: GoStep['routes']) => GoStep['routes'], field: string | null): void => {
    edit((before) => changeStep(before, step.id, (copy) => {
      if (copy.kind !== 'go') return;
      const routes = how(copy.routes);
      if (routes.length > 0) copy.routes = routes;
    }), field === null ? null : `${step.id} routes ${field}`);
  };
  return (
    <section className="unit-part" aria-label={t('conduct.editor.routes')}>
      <h4>{t('conduct.editor.routes')}</h4>
      {step.routes.map((route, index) => {
        const name = t('conduct.editor.route', { number: index + 1 });
        return (
          <div className="unit-row" key={String(index)} role="group" aria-label={name}>
            <WhenInput value={route.when} onChange={(when) => {
              change((routes) => routes.map((other, place) => (place === index ? { goTo: other.goTo, ...(when === undefined ? {} : { when }) } : other)), `${String(index)} when`);
            }} />
            <GoTo pack={pack} value={route.goTo} mayReturn={false} label={t('conduct.editor.goToOf', { what: name })} onChange={(goTo) => {
              change((routes) => routes.map((other, place) => (place === index ? { ...other, goTo } : other)), null);
            }} />
            <Button aria-label={t('conduct.editor.upOf', { what: name })} disabled={index === 0} onClick={() => { change((routes) => moved(routes, index, -1), null); }}>↑</Button>
            <Button aria-label={t('conduct.editor.removeOf', { what: name })} disabled={step.routes.length === 1} onClick={() => { change((routes) => routes.filter((_route, place) => place !== index), null); }}>×</Button>
          </div>
        );
      })}
      <Button onClick={() => { change((routes) => [...routes, { goTo: null }], null); }}>{t('conduct.editor.addRoute')}</Button>
    </section>
  );
}
