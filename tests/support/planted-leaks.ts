/**
 * One leak for each place where something could get out before the gate: the control of the look that must find nothing in the real app.
 *
 * Invariant: each leaks the number of the customer's invoice, only in a call with the customer who bears its name, so that one build and one
 * app hold them all and what one leaks is never taken for another's.
 */
import type { Place } from './gate-lookout.ts';
import type { Fault } from './planted-build.ts';

interface PlantedLeak { places: Place[]; faults: Fault[]; /** Only while something is peeked into. */ peek?: true }

const header = 'renderer/features/call/case-header.tsx';
const headerPlace = '  const name = useRef<HTMLHeadingElement>(null);';
const describeCall = 'electron/desk/conduct/describe-call.ts';
const describePlace = '  const { conduct, policy } = held.view.rules;';

/** What the page does, as soon as the call of the customer of this name has begun. */
function onPage(name: string, act: string): string {
  return `  useEffect(() => {
    const secret = screen.invoices[0]?.number ?? '';
    if (hidden && screen.customer.name === 'Cliente ${name}') { ${act} }
  }, [hidden]);`;
}

/** What the desk does when it describes this call. */
function onDesk(name: string, act: string): string {
  return `  if (held.entity.customer.name === 'Cliente ${name}' && gate.state !== 'confirmed') {
    const secret = held.entity.invoices[0]?.number ?? '';
    ${act}
  }`;
}

const pageActs: Record<string, string> = {
  title: 'document.title = secret;',
  alert: 'new Notification(secret);',
  system: 'document.title = `alert ${secret}`;',
  copied: `const field = document.createElement('textarea');
    field.value = secret;
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();`,
  console: 'console.log(secret);',
  kept: `localStorage.setItem('last-call', secret);`,
  typed: `document.body.append(Object.assign(document.createElement('input'), { value: secret }));`,
  shadow: `document.querySelector('.spacer')!.attachShadow({ mode: 'closed' }).textContent = secret;`,
};
const deskActs: Record<string, string> = {
  voice: 'walk?.step?.say.push(`Parlo di ${secret}.`);',
  terminal: 'console.error(`call about ${secret}`);',
};

const pageFault: Fault = { file: header, instead: headerPlace, put: [headerPlace, ...Object.entries(pageActs).map(([name, act]) => onPage(name, act))].join('\n') };
const deskFault: Fault = { file: describeCall, instead: describePlace, put: [describePlace, ...Object.entries(deskActs).map(([name, act]) => onDesk(name, act))].join('\n') };

/** Whoever called and is nobody's yet is let hear: the gate holds for the case's own call only. */
export const callerFault: Fault = {
  file: 'renderer/features/call/who-hears.ts', instead: 'return { hidden: isStranger || isHidden(own),', put: 'return { hidden: isHidden(own),',
};

/** By name. */
export const leaks: Readonly<Record<string, PlantedLeak>> = {
  gate: {
    places: ['page', 'name'],
    faults: [{
      file: 'renderer/features/call/running-call.ts',
      instead: `return call !== null && call.gate.state !== 'confirmed';`,
      put: `return call !== null && call.gate.state !== 'confirmed' && document.querySelector('[data-testid="case-title"]')?.textContent !== 'Cliente gate';`,
    }],
  },
  voice: { places: ['said', 'page', 'name'], faults: [deskFault] },
  title: { places: ['page', 'name', 'title'], faults: [pageFault] },
  alert: { places: ['notification'], faults: [] },
  system: {
    places: ['page', 'name', 'title', 'notification'],
    faults: [
      { file: 'electron/main/windows.ts', instead: 'import { app, BrowserWindow, Menu, screen, session }', put: 'import { app, BrowserWindow, Menu, Notification, screen, session }' },
      {
        file: 'electron/main/windows.ts',
        instead: `window.on('page-title-updated', (event) => {`,
        put: `window.on('page-title-updated', (event, title) => {\n    if (title.startsWith('alert ')) new Notification({ title }).show();`,
      },
    ],
  },
  copied: { places: ['clipboard'], faults: [] },
  console: { places: ['log'], faults: [] },
  terminal: { places: ['log'], faults: [] },
  kept: { places: ['storage'], faults: [] },
  typed: { places: ['typed', 'name'], faults: [] },
  shadow: { places: ['name'], faults: [] },
  label: {
    places: ['name'],
    peek: true,
    faults: [
      { file: 'renderer/features/call/gate-panel.tsx', instead: `aria-label={t('gate.panel')}`, put: `aria-label={t('gate.panel')} aria-labelledby={screen.customer.name === 'Cliente label' ? 'case-invoices' : undefined}` },
    ],
  },
  file: {
    places: ['file'],
    faults: [{
      file: 'electron/desk/commands/start-call.ts',
      instead: 'insertOpenCall(session.db, call, script);',
      put: `insertOpenCall(session.db, call, script);
    if (held.entity.customer.name === 'Cliente file') process.getBuiltinModule('node:fs').appendFileSync(session.folder + '/calls.log', held.entity.invoices[0]?.number ?? '');`,
    }],
  },
};
