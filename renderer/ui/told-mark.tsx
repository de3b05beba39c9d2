/** Whether somebody may be told of the debt: word and shape, never colour alone. */
import type { ReactNode } from 'react';
import { useWords } from '../app/i18n.ts';

const shapes = {
  told: <path d="m4.7 9.6-3.3-3.3.9-.9 2.4 2.4 5-5 .9.9-5.9 5.9Z" />,
  untold: <path d="M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Zm0 1.3c.8 0 1.6.3 2.2.7L3 8.2A3.7 3.7 0 0 1 6 2.3Zm0 7.4c-.8 0-1.6-.3-2.2-.7L9 3.8A3.7 3.7 0 0 1 6 9.7Z" fillRule="evenodd" />,
};

export function ToldMark({ mayBeTold }: { mayBeTold: boolean }): ReactNode {
  const { t } = useWords();
  const mark = mayBeTold ? 'told' : 'untold';
  return (
    <span className={`told told-${mark}`}>
      <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden="true" fill="currentColor">{shapes[mark]}</svg>
      {t(`people.${mark}`)}
    </span>
  );
}
