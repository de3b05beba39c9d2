/**
 * The 49 torture messages of RFC 4475, by their names and sections there.
 *
 * Each holds what its section is about; what stands around it is shorter than in the RFC. `answer`: the status that we owe, or null where
 * anything but a crash, deafness or a call is fine.
 */
export interface TortureMessage {
  name: string;
  section: string;
  text: string;
  answer: number | null;
}

const sdp = 'v=0\r\no=mhandley 29739 7272939 IN IP4 192.0.2.3\r\ns=-\r\nc=IN IP4 192.0.2.4\r\nt=0 0\r\nm=audio 49217 RTP/AVP 0 12\r\nm=video 3227 RTP/AVP 31\r\na=rtpmap:31 LPC\r\n';

interface Parts {
  line: string;
  method: string;
  /** Header lines by name; undefined takes one out. */
  change?: Record<string, string | undefined>;
  extra?: string[];
  body?: string;
}

function build(name: string, { line, method, change = {}, extra = [], body = '' }: Parts): string {
  const headers: Record<string, string | undefined> = {
    Via: `SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK${name}`, To: '<sip:user@example.com>', From: '<sip:caller@example.net>;tag=433', 'Max-Forwards': '70',
    'Call-ID': `${name}@192.0.2.1`, CSeq: `8 ${method}`, Contact: '<sip:caller@host5.example.net>', 'Content-Length': String(Buffer.byteLength(body)), ...change,
  };
  const lines = Object.entries(headers).flatMap(([header, value]) => (value === undefined ? [] : [`${header}: ${value}`]));
  return `${[line, ...lines, ...extra].join('\r\n')}\r\n\r\n${body}`;
}

const sound = { extra: ['Content-Type: application/sdp'], body: sdp };
const of = (section: string, name: string, parts: Parts, answer: number | null = null): TortureMessage => ({ name, section, text: build(name, parts), answer });
const invite = { line: 'INVITE sip:user@example.com SIP/2.0', method: 'INVITE' };
const options = { line: 'OPTIONS sip:user@example.com SIP/2.0', method: 'OPTIONS' };
const register = { line: 'REGISTER sip:example.com SIP/2.0', method: 'REGISTER' };
const raw = (section: string, name: string, lines: readonly string[], body = '', answer: number | null = null): TortureMessage =>
  ({ section, name, text: `${lines.join('\r\n')}\r\n\r\n${body}`, answer });

export const tortureMessages: readonly TortureMessage[] = [
  raw('3.1.1.1', 'wsinv', [
    'INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0', 'TO :', ' sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n',
    'from   : "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>', '  ;', '  tag = 98asjd8', 'MaX-fOrWaRdS: 0068', 'Call-ID: wsinv.ndaksdj@192.0.2.1',
    `Content-Length   : ${String(Buffer.byteLength(sdp))}`, 'cseq: 0009', '  INVITE', 'Via  : SIP  /   2.0', ' /UDP', '    192.0.2.2;branch=390skdjuw', 's :',
    'NewFangledHeader:   newfangled value', ' continued newfangled value', 'UnknownHeaderWithUnusualValue: ;;,,;;,;', 'Content-Type: application/sdp',
    'Route:', ' <sip:services.example.com;lr;unknownwith=value;unknown-no-value>', 'v:  SIP  / 2.0  / TCP     spindle.example.com   ;', '  branch  =   z9hG4bK9ikj8  ,',
    ' SIP  /    2.0   / UDP  192.168.255.111   ; branch=', ' z9hG4bK30239', 'm:"Quoted string \\"\\"" <sip:jdrosen@example.com> ; newparam =', '      newvalue ;',
    '  secondparam ; q = 0.33',
  ], sdp),
  of('3.1.1.2', 'intmeth', {
    line: "!interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0",
    method: "!interesting-Method0123456789_*+`.%indeed'~", change: { To: '"BEL:\\\u0007 NUL:\\\u0000 DEL:\\\u007F" <sip:1_unusual.URI~@example.com>' },
  }, 501),
  of('3.1.1.3', 'esc01', { line: 'INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0', method: 'INVITE', change: { To: 'sip:%75se%72@example.com', From: '<sip:I%20have%20spaces@example.net>;tag=938' }, ...sound }),
  of('3.1.1.4', 'escnull', { ...register, change: { To: 'sip:null-%00-null@example.com', From: 'sip:null-%00-null@example.com;tag=839923423', Contact: '<sip:%00@host5.example.com>' } }),
  of('3.1.1.5', 'esc02', { line: 'RE%47IST%45R sip:registrar.example.com SIP/2.0', method: 'RE%47IST%45R', change: { To: '"%Z%45" <sip:resource@example.com>' } }, 501),
  of('3.1.1.6', 'lwsdisp', { ...options, change: { From: 'caller<sip:caller@example.com>;tag=323' } }, 200),
  of('3.1.1.7', 'longreq', {
    ...invite, change: { To: `"I have a user name of ${'extreme '.repeat(30)}proportion" <sip:user@example.com>`, 'Call-ID': `longreq.${'one'.repeat(20)}really${'long'.repeat(20)}callid` },
    extra: [`Unknown-${'Long'.repeat(40)}-Name: ${'unknown-'.repeat(40)}value`, ...Array.from({ length: 34 }, (_, index) => `Via: SIP/2.0/TCP sip${String(index)}.example.com`), 'Content-Type: application/sdp'], body: sdp,
  }),
  { section: '3.1.1.8', name: 'dblreq', text: build('dblreq', register) + build('dblreq2', { ...invite, ...sound }), answer: null },
  of('3.1.1.9', 'semiuri', { line: 'OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0', method: 'OPTIONS', change: { To: 'sip:j_user@example.com' } }),
  of('3.1.1.10', 'transports', { ...options, extra: ['Via: SIP/2.0/SCTP t2.example.com;branch=z9hG4bKklasjdhf', 'Via: SIP/2.0/TLS t3.example.com;branch=z9hG4bK2980unddj', 'Via: SIP/2.0/UNKNOWN t4.example.com;branch=z9hG4bKasd0f3en'] }, 200),
  of('3.1.1.11', 'mpart01', { line: 'MESSAGE sip:kumiko@example.org SIP/2.0', method: 'MESSAGE', extra: ['Content-Type: multipart/mixed;boundary=7a9cbec02ceef655'], body: '--7a9cbec02ceef655\r\nContent-Type: text/plain\r\n\r\nHello\r\n--7a9cbec02ceef655\r\nContent-Type: application/octet-stream\r\n\r\n\u0000\u0001\u0002\r\n--7a9cbec02ceef655--\r\n' }),
  of('3.1.1.12', 'unreason', { line: 'SIP/2.0 200 = 2**3 * 5**2 \u043D\u043E \u0441\u0442\u043E \u0434\u0435\u0432\u044F\u043D\u043E\u0441\u0442\u043E', method: 'INVITE' }),
  of('3.1.1.13', 'noreason', { line: 'SIP/2.0 100 ', method: 'INVITE' }),
  of('3.1.2.1', 'badinv01', { ...invite, change: { To: 'sip:j.user@example.com;;,;,,', From: 'sip:caller@example.net;tag=134161461246', Contact: '""; ""<sip:joe@example.net>' } }),
  of('3.1.2.2', 'clerr', { ...invite, change: { 'Content-Length': '9999' }, ...sound }, 400),
  of('3.1.2.3', 'ncl', { ...invite, change: { 'Content-Length': '-999' }, ...sound }, 400),
  of('3.1.2.4', 'scalar02', { ...register, change: { CSeq: '36893488147419103232 REGISTER', 'Max-Forwards': '300' }, extra: ['Expires: 10000000000000000000'] }, 400),
  of('3.1.2.5', 'scalarlg', { line: 'SIP/2.0 503 Service Unavailable', method: 'INVITE', change: { CSeq: '9292394834772304023312 OPTIONS' }, extra: ['Retry-After: 949302838503028349304023988', 'Warning: 1812 overture "In Progress"'] }),
  of('3.1.2.6', 'quotbal', { ...invite, change: { To: '"Mr. J. User <sip:j.user@example.com>' }, ...sound }),
  of('3.1.2.7', 'ltgtruri', { line: 'INVITE <sip:user@example.com> SIP/2.0', method: 'INVITE', ...sound }),
  of('3.1.2.8', 'lwsruri', { line: 'INVITE sip:user@example.com; lr SIP/2.0', method: 'INVITE', ...sound }, 400),
  of('3.1.2.9', 'lwsstart', { line: 'INVITE  sip:user@example.com  SIP/2.0', method: 'INVITE', ...sound }, 400),
  of('3.1.2.10', 'trws', { line: 'OPTIONS sip:remote-target@example.com SIP/2.0  ', method: 'OPTIONS' }),
  of('3.1.2.11', 'escruri', { line: 'INVITE sip:user@example.com?Route=%3Csip:example.com%3E SIP/2.0', method: 'INVITE', ...sound }),
  of('3.1.2.12', 'baddate', { ...invite, extra: ['Date: Fri, 01 Jan 2010 16:00:00 EST', 'Content-Type: application/sdp'], body: sdp }),
  of('3.1.2.13', 'regbadct', { ...register, change: { Contact: 'sip:user@example.com?Route=%3Csip:sip.example.com%3E' } }),
  of('3.1.2.14', 'badaspec', { ...options, change: { To: '"Watson, Thomas" < sip:t.watson@example.org >' } }),
  of('3.1.2.15', 'baddn', { ...options, change: { From: 'Bell, Alexander <sip:a.g.bell@example.com>;tag=43', To: 'Watson, Thomas <sip:t.watson@example.org>' } }),
  of('3.1.2.16', 'badvers', { line: 'OPTIONS sip:t.watson@example.org SIP/7.0', method: 'OPTIONS', change: { Via: 'SIP/7.0/UDP c.example.com;branch=z9hG4bKkdjuw' } }, 505),
  of('3.1.2.17', 'mismatch01', { ...options, change: { CSeq: '8 INVITE' } }, 400),
  of('3.1.2.18', 'mismatch02', { line: 'NEWMETHOD sip:user@example.com SIP/2.0', method: 'NEWMETHOD', change: { CSeq: '8 INVITE' } }, 400),
  of('3.1.2.19', 'bigcode', { line: 'SIP/2.0 4294967301 better not break the receiver', method: 'INVITE' }),
  of('3.2.1', 'badbranch', { ...options, change: { Via: 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK' } }),
  of('3.3.1', 'insuf', { ...invite, change: { To: undefined, From: undefined, 'Call-ID': undefined }, ...sound }),
  of('3.3.2', 'unkscm', { line: 'OPTIONS nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0', method: 'OPTIONS' }, 416),
  of('3.3.3', 'novelsc', { line: 'OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0', method: 'OPTIONS' }, 416),
  of('3.3.4', 'unksm2', { ...register, change: { To: 'isbn:2983792873', From: '<http://www.example.com>;tag=3234233', Contact: '<name:John_Smith>' } }),
  of('3.3.5', 'bext01', { ...options, extra: ['Require: nothingSupportsThis, nothingSupportsThisEither', 'Proxy-Require: noProxiesSupportThis, norDoAnyProxiesSupportThis'] }, 420),
  of('3.3.6', 'invut', { ...invite, extra: ['Content-Type: application/unknownformat'], body: '<audio>\r\n <pcmu port="443"/>\r\n</audio>\r\n' }),
  of('3.3.7', 'regaut01', { ...register, extra: ['Authorization: NoOneKnowsThisScheme opaque-data=here'] }),
  of('3.3.8', 'multi01', { ...invite, extra: ['CSeq: 59 INVITE', 'Call-ID: multi01.other', 'To: sip:user2@example.com', 'From: sip:x@example.net;tag=4', 'Content-Type: application/sdp'], body: sdp }, 400),
  of('3.3.9', 'mcl01', { ...options, extra: ['Content-Length: 5'] }, 400),
  of('3.3.10', 'bcast', { line: 'SIP/2.0 200 OK', method: 'INVITE', change: { Via: 'SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923, SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23' } }),
  of('3.3.11', 'zeromf', { ...options, change: { 'Max-Forwards': '0' } }, 200),
  of('3.3.12', 'cparam01', { ...register, change: { Contact: 'sip:+19725552222@gw1.example.net;unknownparam' } }),
  of('3.3.13', 'cparam02', { ...register, change: { Contact: '<sip:+19725552222@gw1.example.net;unknownparam>' } }),
  of('3.3.14', 'regescrt', { ...register, change: { Contact: '<sip:user@example.com?Route=%3Csip:sip.example.com%3E>' } }),
  of('3.3.15', 'sdp01', { ...invite, extra: ['Accept: text/nobodyKnowsThis', 'Content-Type: application/sdp'], body: sdp }),
  of('3.4.1', 'inv2543', { ...invite, change: { Via: 'SIP/2.0/UDP iftgw.example.com', From: '<sip:+15551112@example.net>', 'Max-Forwards': undefined }, extra: ['Record-Route: <sip:UserB@example.com;maddr=ss1.example.com>', 'Content-Type: application/sdp'], body: sdp }),
];
