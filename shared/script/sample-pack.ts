/** A small script with one of everything, for the tests of the walk and of the checker. */
import { claimObjections } from './check-paths.ts';
import { requiredObjections } from './check-script.ts';
import type { ScriptPack, ScriptText } from './script-pack.ts';

const both = (it: string, en = it): ScriptText => ({ it, en });

/** Opening, gate, a disclosure, a promise with its routes and recap, needs behind a consent, a neutral end. */
export function negotiationPack(): ScriptPack {
  return {
    format: 2, id: 'negotiation', version: '1.0.0', title: both('Trattativa', 'Negotiation'), includes: [], start: 'opening',
    serves: { tone: 'reminder', audience: ['person', 'company'], direction: 'outbound', role: 'holder', stage: 'any' },
    disclosures: [{ id: 'notice', title: both('Informativa', 'Notice') }],
    steps: [
      {
        kind: 'ask', id: 'opening', title: both('Apertura', 'Opening'), say: [both('Buongiorno, sono {operatorName}.', 'Good morning, this is {operatorName}.')],
        answers: [
          { id: 'right-person', label: both('Sì', 'Yes'), goTo: 'identity' }, { id: 'other', label: both('Altri', 'Others'), goTo: 'third-party', result: 'third-party' },
        ],
      },
      {
        kind: 'check', checks: 'identity', id: 'identity', title: both('Identità', 'Identity'), say: [both('Mi conferma il suo indirizzo?', 'Could you confirm your address?')],
        answers: [
          { id: 'yes', label: both('Confermata', 'Confirmed'), goTo: 'notice', result: 'confirmed' }, { id: 'no', label: both('No'), goTo: 'third-party', result: 'refused' },
          { id: 'other', label: both('Altri', 'Others'), goTo: 'third-party', result: 'third-party' }, { id: 'child', label: both('Minore', 'A minor'), goTo: 'third-party', result: 'minor' },
        ],
      },
      {
        kind: 'check', checks: 'disclosure', disclosure: 'notice', id: 'notice', title: both('Informativa', 'Notice'),
        say: [both('La chiamata non è registrata.', 'The call is not recorded.')], answers: [{ id: 'read', label: both('Letta', 'Read'), goTo: 'reason', read: true }],
      },
      {
        kind: 'ask', id: 'reason', title: both('Motivo', 'Reason'), say: [both('Per conto di {creditorName}: {overdueAmountInWords}.', 'For {creditorName}: {overdueAmountInWords}.')],
        answers: [
          { id: 'pays', label: both('Paga', 'Pays'), goTo: 'promise' }, { id: 'asks-care', label: both('Ha un’esigenza', 'Has a need'), goTo: 'consent' },
          { id: 'list', label: both('Vuole l’elenco', 'Wants the list'), goTo: 'recap-nothing', when: 'overdueCount > 1' },
        ],
      },
      {
        kind: 'capture', id: 'promise', title: both('Promessa', 'Promise'), say: [both('Quanto, e quando?', 'How much, and when?')],
        fields: [
          { id: 'amount', type: 'money', label: both('Importo', 'Amount'), required: true, fills: 'amountText' },
          { id: 'day', type: 'date', label: both('Entro', 'By'), required: true, fills: 'dateText' },
          {
            id: 'method', type: 'choice', label: both('Modo', 'Method'), required: false, fills: 'method',
            choices: [{ value: 'bank-transfer', label: both('Bonifico', 'Transfer') }, { value: 'cash', label: both('Contanti', 'Cash') }],
          },
        ],
        answers: [
          { id: 'agreed', label: both('Concordato', 'Agreed'), goTo: 'by-amount', suggestCode: 'PTP' },
          { id: 'no-day', label: both('Nessun giorno', 'No day'), goTo: 'recap-nothing', withoutFields: true },
        ],
      },
      { kind: 'go', id: 'by-amount', routes: [{ when: 'captured.amount < 5000', goTo: 'small' }, { goTo: 'recap' }] },
      {
        kind: 'say', id: 'small', title: both('Poco', 'Little'), say: [both('Va bene anche poco per volta.', 'A little at a time is fine.')],
        answers: [{ id: 'on', label: both('Avanti', 'On'), goTo: 'recap' }],
      },
      {
        kind: 'say', id: 'recap', title: both('Riepilogo', 'Recap'), say: [both('Riepilogo: {captured.amount} entro {captured.day}.', 'To sum up: {captured.amount} by {captured.day}.')],
        answers: [{ id: 'goodbye', label: both('Saluto', 'Goodbye'), goTo: null }, { id: 'handed-over', label: both('Passa ad altri', 'Hands over'), goTo: 'third-party', result: 'third-party' }],
      },
      {
        kind: 'say', id: 'recap-nothing', title: both('Saluto', 'Goodbye'), say: [both('Grazie, ci risentiamo.', 'Thank you, we shall talk again.')],
        answers: [{ id: 'goodbye', label: both('Saluto', 'Goodbye'), goTo: null, suggestCode: 'RPC' }],
      },
      {
        kind: 'ask', id: 'consent', title: both('Consenso', 'Consent'), say: [both('Vuole che ne teniamo nota? Lo vedrà solo chi la aiuta.', 'Shall we note it? Only those who help you will see it.')],
        answers: [
          { id: 'agrees', label: both('Acconsente', 'Agrees'), goTo: 'care', consent: 'given' }, { id: 'declines', label: both('No'), goTo: 'reason', consent: 'refused' },
        ],
      },
      {
        kind: 'capture', id: 'care', title: both('Esigenze', 'Needs'), say: [both('Che cosa le serve?', 'What do you need?')],
        fields: [
          {
            id: 'need', type: 'choice', label: both('Esigenza', 'Need'), required: true, restricted: true, fills: 'supportNeed',
            choices: [{ value: 'large-print', label: both('Caratteri grandi', 'Large print') }, { value: 'written-only', label: both('Solo scritti', 'Only letters') }],
          },
          { id: 'reviewOn', type: 'date', label: both('Rivedere il', 'Review on'), required: false, restricted: true, fills: 'supportReviewOn' },
        ],
        answers: [{ id: 'noted', label: both('Annotato', 'Noted'), goTo: 'reason' }],
      },
      {
        kind: 'say', id: 'third-party', title: both('Altri', 'Others'), say: [both('Grazie, richiamo io.', 'Thank you, I shall call back.')],
        answers: [{ id: 'goodbye', label: both('Saluto', 'Goodbye'), goTo: null, suggestCode: 'TPC' }],
      },
    ],
    objections: requiredObjections.map((id) => ({
      id, label: both(id), ...(claimObjections.includes(id) && { behindIdentity: true }), say: [both('La ascolto.', 'I am listening.')],
      answers: [
        { id: 'go-on', label: both('Riprendo', 'Go on'), goTo: 'return' },
        ...(id === 'not-me' ? [{ id: 'other', label: both('Altri', 'Others'), goTo: 'third-party', result: 'third-party' as const }] : []),
        ...(id === 'scam' ? [{ id: 'hangs-up', label: both('Preferisce richiamare', 'Prefers to call back'), goTo: null, suggestCode: 'IDR' as const }] : []),
      ],
    })),
  };
}
