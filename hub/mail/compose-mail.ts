/**
 * What a mail says.
 *
 * Invariant: neither subject nor text speaks of a debt, an amount or a customer's affairs: a subject is read over the shoulder and on locked screens.
 * What is about the person is in the file alone.
 */
import type { DocumentLanguage } from '../../shared/documents/letterhead.ts';
import type { MailSender } from '../../shared/protocol/mail-protocol.ts';

export interface MailText {
  subject: string;
  text: string;
}

export function composeMail({ senderName, senderAddress }: Pick<MailSender, 'senderName' | 'senderAddress'>, language: DocumentLanguage): MailText {
  return language === 'it'
    ? {
      subject: `Un documento da ${senderName}`,
      text: `Buongiorno,\n\nin allegato c’è il documento di cui abbiamo parlato al telefono.\n\nPer domande può rispondere a questo messaggio o chiamarci al numero che trova nel documento.\nSe il messaggio non è per Lei, La preghiamo di cancellarlo e di avvisarci: ${senderAddress}\n\nCordiali saluti\n${senderName}\n`,
    }
    : {
      subject: `A document from ${senderName}`,
      text: `Good day,\n\nattached is the document that we spoke about on the telephone.\n\nIf you have questions, answer this message or call the number that stands in the document.\nIf this message is not for you, please delete it and tell us: ${senderAddress}\n\nKind regards\n${senderName}\n`,
    };
}
