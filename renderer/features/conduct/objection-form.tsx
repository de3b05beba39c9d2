/** One objection: its words, what is said, where each answer goes on. */
import type { ReactNode } from 'react';
import type { ScriptObjection, ScriptPack } from '../../../shared/script/script-pack.ts';
import { useWords } from '../../app/i18n.ts';
import { Check } from '../../ui/check.tsx';
import { AnswerList } from './answer-list.tsx';
import { changeObjection } from './edit-script.ts';
import { PlaceActs } from './places-list.tsx';
import { SayList } from './say-list.tsx';
import { useScriptEditor } from './script-editor-store.ts';
import { BothLanguages } from './text-input.tsx';

export function ObjectionForm({ pack, objection }: { pack: ScriptPack; objection: ScriptObjection }): ReactNode {
  const { t } = useWords();
  const edit = useScriptEditor((store) => store.edit);
  const change = (how: (objection: ScriptObjection) => void, field: string | null): void => {
    edit((before) => changeObjection(before, objection.id, how), field === null ? null : `${objection.id} ${field}`);
  };
  return (
    <>
      <header className="place-head"><h3>{t('conduct.editor.objection')} <code>{objection.id}</code></h3><PlaceActs place={{ kind: 'objection', id: objection.id }} /></header>
      <BothLanguages label={t('conduct.editor.title')} text={objection.label} onChange={(locale, words) => { change((copy) => { copy.label[locale] = words; }, `label ${locale}`); }} />
      <Check
        label={t('conduct.editor.behindIdentity')} checked={objection.behindIdentity === true}
        onChange={(behind) => {
          change((copy) => {
            if (behind) copy.behindIdentity = true;
            else delete copy.behindIdentity;
          }, null);
        }}
      />
      <SayList say={objection.say} onChange={(how, field) => { change((copy) => { how(copy.say); }, field === null ? null : `say ${field}`); }} />
      <BothLanguages
        label={t('conduct.editor.do')} text={objection.do ?? { it: '', en: '' }}
        onChange={(locale, words) => {
          change((copy) => {
            const text = { ...(copy.do ?? { it: '', en: '' }), [locale]: words };
            if (text.it === '' && text.en === '') delete copy.do;
            else copy.do = text;
          }, `do ${locale}`);
        }}
      />
      <AnswerList pack={pack} answers={objection.answers} of="objection" onChange={(how, field) => { change((copy) => { copy.answers = how(copy.answers) as typeof copy.answers; }, field === null ? null : `answers ${field}`); }} />
    </>
  );
}
