/** During a call, when nobody asks any more why a case is in front: a colleague is in a call about it too, and where they can be reached. Never who. */
import type { ReactNode } from 'react';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import { ColleagueLine } from '../inbound/caller-lines.tsx';

export function CaseColleague({ reasons }: Pick<CaseScreen, 'reasons'>): ReactNode {
  const found = reasons.find(({ key }) => key === 'colleague' || key === 'colleague-at');
  if (found === undefined) return null;
  const { extension } = found.params;
  return <div className="case-colleague" role="status"><ColleagueLine extension={extension === undefined ? null : String(extension)} /></div>;
}
