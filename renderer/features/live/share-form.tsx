/**
 * Shares a queue out: who divides it, who gives all of theirs (somebody who is ill), who stays as is; what each has now and would have is seen before
 * the yes, and the yes is to exactly that.
 */
import NativeSelect from '@mui/material/NativeSelect';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import { useQuery } from '../../bridge/use-query.ts';
import type { QueryOutput } from '../../../shared/contract/contract.ts';
import type { UserId } from '../../../shared/id.ts';
import type { SharePart, SharePerson, ShareRequest } from '../../../shared/protocol/share-protocol.ts';
import { sharePartSchema, shareParts } from '../../../shared/protocol/share-protocol.ts';
import { fail } from '../../../shared/result.ts';
import { useWords } from '../../app/i18n.ts';
import { errorSentence } from '../../app/sentences.ts';
import { Check } from '../../ui/check.tsx';
import { Choice } from '../../ui/choice.tsx';
import { DecisionForm } from '../lead/decision-form.tsx';
import type { NamedQueue } from '../lead/priority-form.tsx';

type Plan = QueryOutput<'plan-share'>;

export function ShareForm({ queues, at: first, onClose }: { queues: readonly NamedQueue[]; at: number; onClose: () => void }): ReactNode {
  const { t, format } = useWords();
  // What is shared stays what was chosen, whatever the board counts meanwhile.
  const [offered] = useState(queues);
  const [at, setAt] = useState(first);
  const [people, setPeople] = useState<ShareRequest['people']>(null);
  const [movesAgreed, setMovesAgreed] = useState(false);
  const queue = offered[at]?.queue ?? null;
  const answer = useQuery('plan-share', queue === null ? null : { queue, people, movesAgreed });
  // While new figures are on their way the last ones stay, and the focus with them.
  const [shown, setShown] = useState<Plan | null>(null);
  if (answer.data !== null && answer.data !== shown) setShown(answer.data);
  const choose = (userId: UserId, part: SharePart): void => {
    const parts = (shown?.summary.people ?? []).map((person) => (person.userId === userId ? { ...person, part } : { ...person, part: partOf(people, person) }));
    const those = (wanted: SharePart): UserId[] => parts.flatMap((person) => (person.part === wanted ? [person.userId] : []));
    setPeople({ sharing: those('share'), giving: those('give') });
  };
  return (
    <DecisionForm
      isUnderTitle title={t('live.sharing.title')} reasonLabel={t('lead.reason')} reasonHint={t('live.sharing.note')} submitLabel={t('live.sharing.do')}
      saved={({ moves }: { moves: number }) => t('live.sharing.done', { count: moves })} onClose={onClose}
      decide={async (reason) => {
        if (answer.data === null) return fail('share-waiting', 'error.shareWaiting');
        const done = await command('share-queue', { planId: answer.data.planId, reason });
        if (!done.ok && done.error.code === 'share-old') answer.askAgain();
        return done;
      }}
    >
      {() => (
        <>
          <Choice
            label={t('live.queue')} value={String(at)} options={offered.map(({ label }, place) => ({ value: String(place), label }))}
            onChange={(value) => {
              setAt(Number(value));
              setPeople(null);
              setShown(null);
            }}
          />
          {answer.error === null ? null : <p className="field-error" role="alert">{errorSentence(answer.error, t, format)}</p>}
          {shown === null ? null : <PeopleTable people={shown.summary.people} partOf={(person) => partOf(people, person)} onChoose={choose} />}
          <Check label={t('live.sharing.agreed')} checked={movesAgreed} onChange={setMovesAgreed} />
          {shown === null ? null : <Said plan={shown} isStale={answer.data === null} />}
        </>
      )}
    </DecisionForm>
  );
}

/** What was chosen; before anything was, what the hub proposes. */
function partOf(people: ShareRequest['people'], { userId, part }: SharePerson): SharePart {
  if (people === null) return part;
  return people.sharing.includes(userId) ? 'share' : people.giving.includes(userId) ? 'give' : 'keep';
}

interface TableProps { people: readonly SharePerson[]; partOf: (person: SharePerson) => SharePart; onChoose: (userId: UserId, part: SharePart) => void }

function PeopleTable({ people, partOf: chosenOf, onChoose }: TableProps): ReactNode {
  const { t, format } = useWords();
  return (
    <div className="lists-scroll">
      <table className="lists share-people" data-testid="share-people">
        <caption className="visually-hidden">{t('live.sharing.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('live.sharing.who')}</th>
            <th scope="col">{t('live.sharing.part')}</th>
            {(['now', 'then', 'allNow', 'allThen'] as const).map((figure) => <th key={figure} scope="col" className="num">{t(`live.sharing.${figure}`)}</th>)}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.userId}>
              <th scope="row" title={person.displayName}>{person.displayName}</th>
              <td>
                <NativeSelect
                  disableUnderline value={chosenOf(person)} inputProps={{ 'aria-label': t('live.sharing.partOfPerson', { name: person.displayName }) }}
                  onChange={(event) => { onChoose(person.userId, sharePartSchema.parse(event.target.value)); }}
                >
                  {shareParts.map((part) => <option key={part} value={part}>{t(`live.sharing.partOf.${part}`)}</option>)}
                </NativeSelect>
              </td>
              <td className="num">{format.count(person.now)}</td>
              <td className="num"><b className={person.then === person.now ? '' : 'share-changed'}>{format.count(person.then)}</b></td>
              <td className="num dim">{format.count(person.allNow)}</td>
              <td className="num dim">{format.count(person.allThen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What moves, what comes along, what stays and why. */
function Said({ plan: { moves, summary }, isStale }: { plan: Plan; isStale: boolean }): ReactNode {
  const { t } = useWords();
  const { nobodys, casesAlong, stays } = summary;
  const told = (key: string, count: number): string[] => (count === 0 ? [] : [t(`live.sharing.${key}`, { count })]);
  return (
    <div role="status" aria-busy={isStale} className="share-said" data-testid="share-said">
      <ul>
        {[moves === 0 ? t('live.sharing.none') : t('live.sharing.moves', { count: moves }), ...told('nobodys', moves === 0 ? 0 : nobodys), ...told('along', casesAlong), ...told('stayAgreed', stays.agreed), ...told('stayOnTheWay', stays.onTheWay)]
          .map((sentence) => <li key={sentence}>{sentence}</li>)}
      </ul>
    </div>
  );
}
