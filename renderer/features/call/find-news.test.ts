import { expect, it } from 'vitest';
import { newId } from '../../../shared/id.ts';
import type { CaseId, FactId, UserId } from '../../../shared/id.ts';
import { findNews, standOf } from './find-news.ts';
import type { TimelineEntry } from './timeline-filter.ts';

const caseId = newId<CaseId>();
const entry = (kind: 'note' | 'identity', mine: boolean): TimelineEntry => ({
  kind, factId: newId<FactId>(), at: 1, zone: 'Europe/Rome', actor: newId<UserId>(), mine, text: 'x', identity: { result: 'confirmed', method: 'role', partyId: null },
} as unknown as TimelineEntry);
const screen = (history: TimelineEntry[], openCents = 1_000): Parameters<typeof standOf>[0] => ({ caseId, history, openCents });

it('is what others did since, never what I saved or what only leads up to something', () => {
  const known = entry('note', false);
  const stand = standOf(screen([known]));
  const [theirs, mine, gate] = [entry('note', false), entry('note', true), entry('identity', false)];
  expect(findNews(stand, screen([gate, mine, theirs, known]))).toEqual({ entries: [theirs], owedBeforeCents: null });
});

it('is money that came, also where no fact says so', () => {
  const stand = standOf(screen([]));
  expect(findNews(stand, screen([], 400))).toEqual({ entries: [], owedBeforeCents: 1_000 });
  expect(findNews(stand, screen([]))).toEqual({ entries: [], owedBeforeCents: null });
});

it('is nothing of another case, nor before one was opened', () => {
  const other = { ...screen([entry('note', false)]), caseId: newId<CaseId>() };
  expect(findNews(standOf(screen([])), other).entries).toEqual([]);
  expect(findNews(null, other).entries).toEqual([]);
});
