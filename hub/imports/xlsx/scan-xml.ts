/**
 * XML as a stream of tags and text.
 *
 * Invariants: memory stays bounded; no document type, hence no entity of the file's own, is accepted; what is not well formed
 * is refused. Names come without their prefix.
 */
import sax from 'sax';
import { ImportRefusal } from '../import-refusal.ts';

export interface XmlHandlers {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
}

/** Feeds the handlers; gives the caller a turn after every piece, with the count of bytes read so far. */
export async function* scanXml(bytes: AsyncIterable<Buffer>, handlers: XmlHandlers): AsyncGenerator<number> {
  const parser = createParser(handlers);
  let decoder: TextDecoder | null = null;
  let bytesRead = 0;
  try {
    for await (const chunk of bytes) {
      decoder ??= decoderFor(chunk);
      bytesRead += chunk.length;
      parser.write(decoder.decode(chunk, { stream: true }));
      yield bytesRead;
    }
    parser.write(decoder?.decode() ?? '').close();
  } catch (error) {
    if (error instanceof NotWellFormed) throw new ImportRefusal('import-workbook-damaged');
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new ImportRefusal('import-workbook-damaged');
    throw error;
  }
  yield bytesRead;
}

/** Reads a small part to its end. */
export async function scanWhole(bytes: AsyncIterable<Buffer>, handlers: XmlHandlers): Promise<void> {
  const pieces = scanXml(bytes, handlers);
  while ((await pieces.next()).done !== true);
}

class NotWellFormed extends Error {}

function createParser(handlers: XmlHandlers): sax.SAXParser {
  // The types do not know `strictEntities`: only the five of XML itself.
  const options: sax.SAXOptions & { strictEntities: boolean } = { position: false, strictEntities: true };
  const parser = sax.parser(true, options);
  parser.onopentag = ({ name, attributes }) => {
    handlers.open(localName(name), attributes as Record<string, string>);
  };
  parser.onclosetag = (name) => {
    handlers.close(localName(name));
  };
  parser.ontext = handlers.text.bind(handlers);
  parser.oncdata = handlers.text.bind(handlers);
  parser.ondoctype = () => {
    throw new NotWellFormed();
  };
  parser.onerror = () => {
    throw new NotWellFormed();
  };
  return parser;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

function decoderFor(first: Buffer): TextDecoder {
  const encoding = first[0] === 0xff && first[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true });
}
