/** The forms that open where their content will stand: fetched when first needed, one at a time. */
import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import type { CaseScreen } from '../../../shared/contract/screens.ts';
import type { IntentInput } from '../../bridge/desk.ts';
import { useCall } from './call-store.ts';

export type BasedOn = IntentInput<'add-note'>['basedOn'];

const PartyForm = lazy(async () => ({ default: (await import('./party-form.tsx')).PartyForm }));
const ContactPointForm = lazy(async () => ({ default: (await import('./contact-point-form.tsx')).ContactPointForm }));
const PreferencesForm = lazy(async () => ({ default: (await import('./preferences-form.tsx')).PreferencesForm }));
const NoteForm = lazy(async () => ({ default: (await import('./note-form.tsx')).NoteForm }));
const MailForm = lazy(async () => ({ default: (await import('./mail-form.tsx')).MailForm }));
const AttachForm = lazy(async () => ({ default: (await import('./attach-form.tsx')).AttachForm }));

interface Props {
  screen: CaseScreen;
  basedOn: BasedOn;
  /** Where these stand: beside the people, or above the timeline. */
  place: 'people' | 'timeline';
}

export function InlineForms({ screen, basedOn, place }: Props): ReactNode {
  const inline = useCall((store) => store.inline);
  const closeInline = useCall((store) => store.closeInline);
  const close = (): void => { closeInline(inline); };
  const form = (): ReactNode => {
    switch (inline?.kind) {
      case 'party': return place === 'people' ? <PartyForm key={inline.partyId} screen={screen} partyId={inline.partyId} basedOn={basedOn} onClose={close} /> : null;
      case 'point': return place === 'people' ? <ContactPointForm key={inline.pointId} screen={screen} pointId={inline.pointId} text={inline.text ?? ''} point={inline.point ?? 'phone'} basedOn={basedOn} onClose={close} /> : null;
      case 'preferences': return place === 'people' ? <PreferencesForm key={inline.partyId} screen={screen} partyId={inline.partyId} basedOn={basedOn} onClose={close} /> : null;
      case 'note': return place === 'timeline' ? <NoteForm caseId={screen.caseId} basedOn={basedOn} onClose={close} /> : null;
      case 'mail': return place === 'timeline' ? <MailForm key={JSON.stringify(inline.what)} screen={screen} wish={inline.what} basedOn={basedOn} onClose={close} /> : null;
      case 'attach': return place === 'timeline' ? <AttachForm caseId={screen.caseId} basedOn={basedOn} onClose={close} /> : null;
      // A correction stands below what it corrects, and so does what becomes of an agreement.
      case 'correction': case 'accept-plan': case 'cancel-agreement': case 'move-dispute': case undefined: return null;
    }
  };
  return <Suspense fallback={null}>{form()}</Suspense>;
}
