/** Everything that happened in a case, without who did it; what still counts can be corrected, annulled or audited where it stands. */
import Button from '@mui/material/Button';
import { lazy, Suspense, useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../bridge/desk.ts';
import type { LeadCaseScreen } from '../../../shared/contract/lead-channels.ts';
import { useWords } from '../../app/i18n.ts';
import { outcomeSentence } from '../../app/sentences.ts';
import { ShortcutHint } from '../../ui/key-hint.tsx';
import { standingOutcome } from '../call/standing-outcome.ts';
import type { TimelineEntry } from '../call/timeline-filter.ts';
import { TimelineRow } from '../call/timeline-row.tsx';
import { AuditForm, verdicts } from './audit-form.tsx';
import type { ActProps } from './lead-acts.ts';
import { newestStanding } from './lead-acts.ts';

const CorrectionForm = lazy(async () => ({ default: (await import('../call/correction-form.tsx')).CorrectionForm }));

type Standing = LeadCaseScreen['standing'][number];
type OutcomeEntry = Extract<TimelineEntry, { kind: 'outcome' }>;

export function LeadHistory({ found, ...acts }: { found: LeadCaseScreen } & ActProps): ReactNode {
  const { t } = useWords();
  const { screen } = found;
  const newest = newestStanding(found);
  return (
    <div className="block">
      <div className="block-head"><h2>{t('case.history')}</h2><span className="dim">{t('lead.noActors')}</span></div>
      {screen.history.length === 0 ? <p className="dim">{t('history.empty')}</p> : (
        <ul className="lead-history" data-testid="lead-timeline">
          {screen.history.map((entry) => {
            const standing = found.standing.find(({ factId }) => factId === entry.factId);
            return (
              <li key={entry.factId} data-fact={entry.factId}>
                <TimelineRow screen={screen} entry={entry} />
                {standing === undefined || entry.kind !== 'outcome' ? null : (
                  <OutcomeActs {...acts} screen={screen} entry={entry} standing={standing} hasKey={entry.factId === newest} />
                )}
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}

function OutcomeActs({ screen, entry, standing, hasKey, act, onOpen, onClose }: { screen: LeadCaseScreen['screen']; entry: OutcomeEntry; standing: Standing; hasKey: boolean } & ActProps): ReactNode {
  const { t, locale, format } = useWords();
  const { caseId } = screen;
  const { factId } = entry;
  const what = outcomeSentence(standingOutcome(screen, entry), t, format);
  return (
    <>
      <span className="history-acts">
        {standing.auditable ? verdicts.map((verdict) => (
          <Button key={verdict} className="quiet" onClick={() => { onOpen({ name: 'audit', factId, verdict }); }}>
            {t(`lead.do.${verdict}`)}<About what={what} />
          </Button>
        )) : null}
        <Button className="quiet" onClick={() => { onOpen({ name: 'correct', factId }); }}>
          {t('lead.correct')}<About what={what} /> {hasKey ? <ShortcutHint id="correct" /> : null}
        </Button>
      </span>
      {act?.name === 'correct' && act.factId === factId ? (
        <Suspense fallback={null}>
          <IntoSight>
            <CorrectionForm
              screen={screen} outcome={standingOutcome(screen, entry)} onClose={onClose}
              correct={(form, reason) => command('correct-as-lead', { caseId, locale, targetFactId: factId, form, reason })}
            />
          </IntoSight>
        </Suspense>
      ) : null}
      {act?.name === 'audit' && act.factId === factId ? <AuditForm caseId={caseId} factId={factId} verdict={act.verdict} onClose={onClose} /> : null}
    </>
  );
}

/** What a button is about, for who hears it out of its line. */
function About({ what }: { what: string }): ReactNode {
  return <span className="visually-hidden">: {what}</span>;
}

/** A long form opens with its buttons in sight, as far as there is room. */
function IntoSight({ children }: { children: ReactNode }): ReactNode {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    holder.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return <div ref={holder}>{children}</div>;
}
