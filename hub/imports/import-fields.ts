/**
 * The fields of a row and the headers under which creditors' programs write them.
 *
 * Invariant: within a field the earlier synonym is the better one; headers are compared without
 * accents, case, blanks and punctuation, so `Cod. Cli.` and `CODCLI` are one.
 */
export const importFields = [
  'customerCode', 'customerName', 'kind', 'invoiceNumber', 'issueDate', 'dueDate', 'amount', 'residual', 'currency', 'documentType',
  'settledDate', 'disputed', 'phone', 'email', 'address', 'language', 'taxCode', 'salesAgent',
] as const;
export type ImportField = (typeof importFields)[number];

export const requiredFields = ['customerCode', 'invoiceNumber', 'issueDate', 'dueDate', 'amount'] as const satisfies readonly ImportField[];

/** `first`: one column; `all`: every column found is joined in order; `fallback`: the first column with a value in that row. */
export const fieldJoin: Readonly<Record<ImportField, 'first' | 'all' | 'fallback'>> = {
  customerCode: 'first', customerName: 'first', kind: 'first', invoiceNumber: 'first', issueDate: 'first', dueDate: 'first', amount: 'first',
  residual: 'first', currency: 'first', documentType: 'first', settledDate: 'first', disputed: 'first', phone: 'all', email: 'fallback',
  address: 'all', language: 'first', taxCode: 'fallback', salesAgent: 'first',
};

export const fieldSynonyms: Readonly<Record<ImportField, readonly string[]>> = {
  customerCode: [
    'customercode', 'codicecliente', 'codcliente', 'codcli', 'codicecli', 'clientecodice', 'ccliente', 'idcliente', 'clienteid', 'customerid', 'custid',
    'customerno', 'customernumber', 'ncliente', 'numerocliente', 'nrcliente', 'codiceutente', 'codutente', 'codiceutenza', 'codanagrafica',
    'codiceanagrafica', 'codiceconto', 'codconto', 'conto', 'sottoconto', 'mastrino', 'account', 'accountno', 'accountnumber', 'accountid', 'codice', 'cod',
    'codclifor', 'clifor', 'debtorid', 'debtorcode', 'clientcode', 'clientid',
  ],
  customerName: [
    'customername', 'ragionesociale', 'ragsoc', 'ragsociale', 'ragionesocialecliente', 'denominazione', 'denominazionecliente', 'intestatario', 'nominativo',
    'nomecliente', 'descrizionecliente', 'desccliente', 'cognomenome', 'cognomeenome', 'nomeecognome', 'nomecognome', 'cliente', 'utente', 'anagrafica',
    'debitore', 'customer', 'client', 'clientname', 'companyname', 'company', 'debtorname', 'accountname', 'name', 'fullname', 'nome',
  ],
  kind: ['kind', 'tipocliente', 'tipologiacliente', 'naturagiuridica', 'formagiuridica', 'categoriacliente', 'tiposoggetto', 'customertype', 'customerkind', 'debtortype'],
  invoiceNumber: [
    'invoicenumber', 'numerofattura', 'numfattura', 'nfattura', 'nrfattura', 'nofattura', 'numerodocumento', 'numdocumento', 'ndocumento', 'nrdocumento', 'numdoc', 'ndoc',
    'nrdoc', 'numerodoc', 'documento', 'fattura', 'fatturan', 'documenton', 'riferimentodocumento', 'rifdoc', 'riffattura', 'idfattura', 'codicefattura', 'bolletta',
    'numerobolletta', 'nbolletta', 'nfatt', 'nrfatt', 'numfatt', 'nodoc', 'nodocumento', 'invoice', 'invoiceno', 'invoicenr', 'invoiceid', 'invno', 'documentnumber', 'docnumber', 'docno', 'numero',
  ],
  issueDate: [
    'issuedate', 'dataemissione', 'datafattura', 'datadocumento', 'datadoc', 'dtdoc', 'dtfattura', 'dtemissione', 'datafatt', 'emissione', 'emessail', 'emessa',
    'datadiemissione', 'invoicedate', 'documentdate', 'docdate', 'dateofissue', 'issued', 'issuedon', 'data', 'date',
  ],
  dueDate: [
    'duedate', 'datascadenza', 'scadenza', 'datadiscadenza', 'dtscadenza', 'dtscad', 'datascad', 'scad', 'scadenzarata', 'scadenzafattura', 'scade', 'scadeil', 'due', 'dueon',
    'paymentdue', 'paymentduedate', 'netduedate', 'maturity', 'maturitydate',
  ],
  amount: [
    'amount', 'importo', 'importofattura', 'importodocumento', 'importoscadenza', 'importorata', 'importolordo', 'importototale', 'importoivainclusa', 'importoivato',
    'importoconiva', 'totalefattura', 'totaledocumento', 'totfattura', 'totdoc', 'impfattura', 'impdoc', 'importodoc', 'totale', 'totaleivainclusa', 'totaleivato', 'lordo', 'valore', 'imp', 'importoeuro', 'importoeur',
    'invoiceamount', 'invoicetotal', 'amountincvat', 'amountinclvat', 'amountincludingvat', 'grossamount', 'totalamount', 'total', 'gross',
  ],
  residual: [
    'residual', 'residuo', 'importoresiduo', 'residuodapagare', 'saldo', 'saldoaperto', 'saldodocumento', 'saldofattura', 'dapagare', 'aperto', 'importoaperto', 'insoluto',
    'importoinsoluto', 'scoperto', 'dovuto', 'importodovuto', 'openamount', 'outstanding', 'outstandingamount', 'amountdue', 'balance', 'balancedue', 'openbalance', 'remaining',
  ],
  currency: ['currency', 'valuta', 'divisa', 'codicevaluta', 'codvaluta', 'currencycode', 'curr'],
  documentType: ['documenttype', 'tipodocumento', 'tipodoc', 'tipofattura', 'causale', 'tipo', 'doctype', 'type'],
  settledDate: [
    'settleddate', 'datasaldo', 'datapagamento', 'dataincasso', 'datachiusura', 'datapag', 'dtpagamento', 'dtincasso', 'pagatail', 'pagatoil', 'saldatail', 'incassatail',
    'settled', 'settledon', 'paiddate', 'paidon', 'datepaid', 'paymentdate', 'clearingdate',
  ],
  disputed: ['disputed', 'contestata', 'contestato', 'contestazione', 'incontestazione', 'contestazioni', 'reclamo', 'inreclamo', 'dispute', 'isdisputed', 'indispute'],
  phone: [
    'phone', 'telefono', 'tel', 'numerotelefono', 'recapitotelefonico', 'recapito', 'telefonofisso', 'fisso', 'cellulare', 'cell', 'telefonocellulare', 'mobile', 'telcellulare', 'telefono1',
    'telefono2', 'telefono3', 'tel1', 'tel2', 'cellulare1', 'cellulare2', 'altrotelefono', 'phonenumber', 'telephone', 'mobilephone', 'phone1', 'phone2', 'cellphone',
  ],
  email: ['email', 'indirizzoemail', 'mail', 'postaelettronica', 'emailcliente', 'emailfatturazione', 'pec', 'indirizzopec', 'emailpec', 'emailaddress'],
  address: [
    'address', 'indirizzo', 'indirizzocompleto', 'indirizzocliente', 'via', 'civico', 'numerocivico', 'cap', 'localita', 'citta', 'comune', 'provincia', 'prov', 'nazione', 'paese', 'street', 'zip',
    'zipcode', 'postcode', 'postalcode', 'city', 'town', 'country',
  ],
  language: ['language', 'lingua', 'codicelingua', 'lang'],
  taxCode: ['taxcode', 'codicefiscale', 'codfiscale', 'codfisc', 'cf', 'partitaiva', 'piva', 'partitaivacodicefiscale', 'codicefiscalepartitaiva', 'cfpiva', 'pivacf', 'vatnumber', 'vatno', 'vatid', 'vat', 'taxid'],
  salesAgent: ['salesagent', 'agente', 'codiceagente', 'codagente', 'nomeagente', 'descrizioneagente', 'venditore', 'commerciale', 'rappresentante', 'agent', 'salesrep', 'salesperson'],
};

/** A header without accents, case, blanks and punctuation. */
export function foldHeader(header: string): string {
  return header.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Italian name of a field, for sentences. */
export const fieldLabels: Readonly<Record<ImportField, string>> = {
  customerCode: 'codice cliente', customerName: 'nome del cliente', kind: 'tipo di cliente', invoiceNumber: 'numero fattura', issueDate: 'data fattura',
  dueDate: 'data di scadenza', amount: 'importo', residual: 'residuo', currency: 'valuta', documentType: 'tipo documento', settledDate: 'data di saldo',
  disputed: 'contestata', phone: 'telefono', email: 'e-mail', address: 'indirizzo', language: 'lingua', taxCode: 'codice fiscale o partita IVA',
  salesAgent: 'agente',
};
