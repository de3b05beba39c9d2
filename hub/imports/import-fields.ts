/**
 * The fields of a row and the headers under which creditors' programs write them.
 *
 * Invariant: within a field the earlier synonym is the better one; headers are compared without
 * accents, case, blanks and punctuation, so `Cod. Cli.` and `CODCLI` are one.
 */
import type { ImportContent, ImportField } from '../../shared/protocol/import-columns.ts';
import { importContents, importFieldsOf, requiredImportFields } from '../../shared/protocol/import-columns.ts';

export { importFields } from '../../shared/protocol/import-columns.ts';
export type { ImportContent, ImportField } from '../../shared/protocol/import-columns.ts';

/** Required in an invoice file. */
export const requiredFields = requiredImportFields.invoices;

/** `first`: one column; `all`: every column found is joined in order; `fallback`: the first column with a value in that row. */
export const fieldJoin: Readonly<Record<ImportField, 'first' | 'all' | 'fallback'>> = {
  customerCode: 'first', customerName: 'first', kind: 'first', invoiceNumber: 'first', issueDate: 'first', dueDate: 'first', amount: 'first',
  residual: 'first', currency: 'first', documentType: 'first', settledDate: 'first', disputed: 'first', phone: 'all', email: 'all',
  address: 'all', language: 'first', taxCode: 'fallback', salesAgent: 'first', pec: 'all', otherAddress: 'all',
  contactName: 'first', contactRole: 'first', contactPhone: 'all', contactEmail: 'all', contactTaxCode: 'first',
  coDebtorName: 'first', coDebtorPhone: 'all', coDebtorTaxCode: 'first', guarantorName: 'first', guarantorPhone: 'all', guarantorTaxCode: 'first',
  heirName: 'first', heirPhone: 'all', administratorName: 'first', administratorPhone: 'all', administratorEmail: 'all',
  guardianName: 'first', guardianPhone: 'all', representativeName: 'first', representativePhone: 'all', representativeEmail: 'all',
  iban: 'first', paidOn: 'first', method: 'first', reference: 'all',
};

/** Columns of these are joined by ` ; `, for a cell may hold several. */
export const listFields: ReadonlySet<ImportField> = new Set<ImportField>([
  'phone', 'email', 'pec', 'contactPhone', 'contactEmail', 'coDebtorPhone', 'guarantorPhone', 'heirPhone', 'administratorPhone', 'administratorEmail',
  'guardianPhone', 'representativePhone', 'representativeEmail',
]);

const fieldSynonyms: Readonly<Record<ImportField, readonly string[]>> = {
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
  email: ['email', 'indirizzoemail', 'mail', 'postaelettronica', 'emailcliente', 'emailfatturazione', 'emailaddress', 'email1', 'email2', 'altraemail'],
  address: [
    'address', 'indirizzo', 'indirizzocompleto', 'indirizzocliente', 'via', 'civico', 'numerocivico', 'cap', 'localita', 'citta', 'comune', 'provincia', 'prov', 'nazione', 'paese', 'street', 'zip',
    'zipcode', 'postcode', 'postalcode', 'city', 'town', 'country',
  ],
  language: ['language', 'lingua', 'codicelingua', 'lang'],
  taxCode: ['taxcode', 'codicefiscale', 'codfiscale', 'codfisc', 'cf', 'partitaiva', 'piva', 'partitaivacodicefiscale', 'codicefiscalepartitaiva', 'cfpiva', 'pivacf', 'vatnumber', 'vatno', 'vatid', 'vat', 'taxid'],
  salesAgent: ['salesagent', 'agente', 'codiceagente', 'codagente', 'nomeagente', 'descrizioneagente', 'venditore', 'commerciale', 'rappresentante', 'agent', 'salesrep', 'salesperson'],
  pec: ['pec', 'indirizzopec', 'emailpec', 'mailpec', 'postaelettronicacertificata', 'certifiedemail'],
  otherAddress: [
    'altroindirizzo', 'indirizzospedizione', 'indirizzodispedizione', 'indirizzofatturazione', 'domicilio', 'recapitopostale', 'sedelegale', 'sedeoperativa',
    'otheraddress', 'billingaddress', 'shippingaddress', 'mailingaddress',
  ],
  contactName: ['contactname', 'referente', 'nomereferente', 'contatto', 'nomecontatto', 'personadicontatto', 'contact', 'contactperson', 'referenteamministrativo'],
  contactRole: ['contactrole', 'ruolo', 'ruoloreferente', 'ruolocontatto', 'qualifica', 'funzione', 'role', 'jobtitle'],
  contactPhone: ['contactphone', 'telefonoreferente', 'telreferente', 'cellulareriferente', 'cellularereferente', 'telefonocontatto', 'telcontatto'],
  contactEmail: ['contactemail', 'emailreferente', 'mailreferente', 'emailcontatto'],
  contactTaxCode: ['contacttaxcode', 'codicefiscalereferente', 'cfreferente'],
  coDebtorName: ['codebtorname', 'codebtor', 'coobbligato', 'coobbligati', 'nomecoobbligato', 'cointestatario', 'debitoresolidale'],
  coDebtorPhone: ['codebtorphone', 'telefonocoobbligato', 'telcoobbligato', 'telefonocointestatario'],
  coDebtorTaxCode: ['codebtortaxcode', 'codicefiscalecoobbligato', 'cfcoobbligato', 'codicefiscalecointestatario'],
  guarantorName: ['guarantorname', 'guarantor', 'garante', 'nomegarante', 'fideiussore'],
  guarantorPhone: ['guarantorphone', 'telefonogarante', 'telgarante', 'cellularegarante', 'telefonofideiussore'],
  guarantorTaxCode: ['guarantortaxcode', 'codicefiscalegarante', 'cfgarante', 'codicefiscalefideiussore'],
  heirName: ['heirname', 'heir', 'erede', 'nomeerede', 'eredi'],
  heirPhone: ['heirphone', 'telefonoerede', 'telerede'],
  administratorName: ['administratorname', 'administrator', 'amministratore', 'nomeamministratore', 'amministratorecondominio', 'amministratoredicondominio'],
  administratorPhone: ['administratorphone', 'telefonoamministratore', 'telamministratore', 'cellulareamministratore'],
  administratorEmail: ['administratoremail', 'emailamministratore', 'mailamministratore'],
  guardianName: ['guardianname', 'guardian', 'tutore', 'curatore', 'amministratoredisostegno'],
  guardianPhone: ['guardianphone', 'telefonotutore', 'telefonocuratore', 'telefonoamministratoredisostegno'],
  representativeName: ['representativename', 'representative', 'legale', 'avvocato', 'delegato', 'procuratore', 'associazioneconsumatori', 'lawyer'],
  representativePhone: ['representativephone', 'telefonolegale', 'telefonoavvocato', 'telefonodelegato'],
  representativeEmail: ['representativeemail', 'emaillegale', 'emailavvocato', 'pecavvocato', 'emaildelegato'],
  iban: ['iban', 'codiceiban', 'ibancliente', 'ibandebitore', 'ibanaddebito', 'coordinatebancarie', 'coordinateiban', 'customeriban', 'debtoriban', 'ibancode'],
  paidOn: [
    'paidon', 'paiddate', 'datepaid', 'paymentdate', 'datapagamento', 'dataincasso', 'datasaldo', 'datapag', 'dtpagamento', 'dtincasso', 'pagatoil', 'pagatail', 'incassatoil',
    'incassatail', 'dataaccredito', 'datacontabile', 'dataoperazione', 'dataregistrazione', 'datavaluta', 'valuedate', 'bookingdate', 'datamovimento', 'data', 'date',
  ],
  method: [
    'method', 'paymentmethod', 'modalita', 'modalitapagamento', 'metodo', 'metodopagamento', 'metododipagamento', 'mezzo', 'mezzopagamento', 'tipopagamento', 'tipoincasso',
    'canale', 'formapagamento',
  ],
  reference: [
    'reference', 'riferimento', 'rif', 'riferimentopagamento', 'riferimentorf', 'codicerf', 'rf', 'causale', 'causalepagamento', 'descrizione', 'descrizioneoperazione', 'cro', 'trn', 'crotrn',
    'iuv', 'estrattoconto', 'contabile', 'distinta', 'evidence', 'remittance', 'remittanceinformation', 'paymentreference', 'endtoendid', 'transactionid', 'note',
  ],
};

/** In a paid list these stand before the others: beside what was paid there is often what was invoiced. */
const paidSynonyms: Readonly<Partial<Record<ImportField, readonly string[]>>> = {
  amount: [
    'importopagato', 'pagato', 'importoincassato', 'incassato', 'incasso', 'importopagamento', 'importoincasso', 'importoversato', 'versato', 'accredito', 'accrediti', 'entrate', 'avere',
    'paidamount', 'amountpaid', 'paymentamount', 'paid', 'credit',
  ],
};

/** The headers under which a file of this content has the field, the best one first. */
export function synonymsOf(content: ImportContent, field: ImportField): readonly string[] {
  return content === 'payments' ? [...(paidSynonyms[field] ?? []), ...fieldSynonyms[field]] : fieldSynonyms[field];
}

/** A header without accents, case, blanks and punctuation. */
export function foldHeader(header: string): string {
  return header.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Italian name of a required field, for sentences. */
export const fieldLabels: Readonly<Partial<Record<ImportField, string>>> = {
  customerCode: 'codice cliente', invoiceNumber: 'numero fattura', issueDate: 'data fattura', dueDate: 'data di scadenza', amount: 'importo', paidOn: 'data pagamento',
};

const fieldsByContent: ReadonlyMap<ImportContent, ReadonlySet<ImportField>> = new Map(importContents.map((content) => [content, new Set(importFieldsOf(content))]));

/** Whether a file of this content may have the field. */
export function isFieldOf(content: ImportContent, field: ImportField): boolean {
  return fieldsByContent.get(content)?.has(field) === true;
}
