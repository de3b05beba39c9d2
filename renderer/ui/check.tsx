/** Yes or no: the system's own box, its words beside it. */
import type { ReactNode } from 'react';

export function Check({ label, checked, onChange }: { label: string; checked: boolean; onChange: (checked: boolean) => void }): ReactNode {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={(event) => { onChange(event.target.checked); }} />
      <span>{label}</span>
    </label>
  );
}
