/**
 * Words that show a note wandering into health or into the affairs of third parties (GDPR arts. 5 and 9: no more than the
 * purpose needs, and health data not at all).
 *
 * Invariant: a hint and never a judgement: whoever writes decides, nothing is refused. A word counts as a whole word, or as a
 * beginning where it ends in `*`; accents and case do not matter.
 */
export const delicateTopics = ['health', 'third-party'] as const;
export type DelicateTopic = (typeof delicateTopics)[number];

const words: Record<DelicateTopic, readonly string[]> = {
  health: [
    // it
    'malat*', 'salute', 'ospedal*', 'ricoverat*', 'ricovero', 'tumore', 'cancro', 'leucemi*', 'chemio*', 'diabet*', 'infart*', 'ictus', 'depress*',
    'esaurimento nervoso', 'psichiatr*', 'psicolog*', 'invalid*', 'disabil*', 'handicap*', 'intervento chirurgico',
    'gravidanza', 'incinta', 'aborto', 'hiv', 'covid', 'tossicodipenden*', 'alcolis*', 'alcolizzat*', 'dialisi', 'farmac*', 'terapia', 'medico curante',
    // en
    'ill', 'illness', 'sick', 'sickness', 'disease', 'hospital*', 'surgery', 'cancer', 'tumour', 'tumor', 'chemotherap*', 'stroke', 'heart attack',
    'diabet*', 'depressed', 'depression', 'psychiatr*', 'disabled', 'disabilit*', 'pregnan*', 'miscarriage', 'medication', 'addict*', 'alcoholic',
  ],
  'third-party': [
    // it
    'moglie', 'marito', 'convivente', 'compagna', 'fidanzat*', 'figlio', 'figlia', 'figli', 'madre', 'padre', 'mamma', 'suocer*', 'nuora', 'genero',
    'cognat*', 'fratello', 'sorella', 'nonn*', 'zio', 'zia', 'cugin*', 'nipote', 'vicino di casa', 'vicina di casa', 'datore di lavoro', 'collega',
    'separazione', 'divorzi*', 'amante',
    // en
    'wife', 'husband', 'spouse', 'girlfriend', 'boyfriend', 'son', 'daughter', 'mother', 'father', 'brother', 'sister', 'uncle',
    'aunt', 'cousin', 'nephew', 'niece', 'neighbour', 'neighbor', 'employer', 'colleague', 'divorc*',
  ],
};

const boundary = '(?<![\\p{L}\\p{N}])';
const patterns = delicateTopics.map((topic) => ({
  topic,
  pattern: new RegExp(`${boundary}(?:${words[topic].map(patternOf).join('|')})(?![\\p{L}\\p{N}])`, 'u'),
}));

function patternOf(word: string): string {
  return word.replaceAll(' ', '\\s+').replaceAll('*', '\\p{L}*');
}

/** The first word of each topic found in a text, as it stands there. */
export function findDelicateWords(text: string): { topic: DelicateTopic; word: string }[] {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return patterns.flatMap(({ topic, pattern }) => {
    const found = pattern.exec(plain);
    return found === null ? [] : [{ topic, word: found[0] }];
  });
}
