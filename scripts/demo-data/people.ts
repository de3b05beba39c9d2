/** Names and places of the demo. Surnames and firms are made up for the purpose; the towns are real, the streets are not theirs. */
export const surnames = [
  'Quattordicivalli', 'Settefontane', 'Trecollini', 'Ventimolini', 'Belcampanile', 'Boscovecchio', 'Fontanasecca', 'Montelontano', 'Paneperso', 'Cantagallina', 'Nevedolce',
  'Terrabruna', 'Passolento', 'D’Oltrefiume', 'Dell’Òrsogno', 'De’ Mirtillis', 'Sant’Ombrosa', 'Lunanòva', 'Pietrafredda', 'Mezzogiornetti', 'Ponteallegro', 'Sottovènto', 'Malacqua-Serena',
  'Cinquecipressi', 'Rovetiscuro', 'Campodargine', 'Altopascolo', 'Giraventola', 'Orticellai', 'Vignastorta',
] as const;

export const givenNames: readonly { name: string; isWoman: boolean }[] = [
  ['Carmela', 1], ['Rosaria', 1], ['Niccolò', 0], ['Ettore', 0], ['Maria Assunta', 1], ['Gerardo', 0], ['Donato', 0], ['Filomena', 1], ['Giosuè', 0], ['Lucia', 1], ['Mosè', 0],
  ['Antonia', 1], ['Rocco', 0], ['Desirée', 1], ['Vito', 0], ['Maddalena', 1], ['Prospero', 0], ['Noemi', 1], ['Canio', 0], ['Zoë', 1],
].map(([name, woman]) => ({ name: String(name), isWoman: woman === 1 }));

export interface Place {
  prefix: string;
  zip: string;
  town: string;
  province: string;
}

export const places: readonly Place[] = [
  { prefix: '0971', zip: '85100', town: 'Potenza', province: 'PZ' }, { prefix: '0828', zip: '84025', town: 'Eboli', province: 'SA' },
  { prefix: '0828', zip: '84091', town: 'Battipaglia', province: 'SA' }, { prefix: '0828', zip: '84024', town: 'Contursi Terme', province: 'SA' },
  { prefix: '0975', zip: '84036', town: 'Sala Consilina', province: 'SA' }, { prefix: '0975', zip: '84030', town: 'Atena Lucana', province: 'SA' },
];

export const streets = [
  'Via dei Tigli', 'Via delle Ginestre', 'Vico Secondo del Mulino', 'Piazza della Fontana Vecchia', 'Contrada Acquafredda', 'Via Fosso dell’Olmo', 'Corso dei Mille Passi', 'Via San Nessuno',
  'Largo del Pozzo', 'Strada Comunale Fiumicello',
] as const;

export type Kind = 'person' | 'sole-trader' | 'company' | 'public-body' | 'condominium';

/** Customers with a name of their own, in the order of the files. */
export const waterFirms: readonly { name: string; kind: Kind }[] = [
  { name: 'Condominio Via dei Tigli 12', kind: 'condominium' }, { name: 'Condominio Parco degli Ulivi, scale A-B-C e autorimesse', kind: 'condominium' },
  { name: 'Condominio «La Perla del Sele» – c/o Studio Amministrazioni Ponteallegro', kind: 'condominium' }, { name: 'Condominio Via Fosso dell’Olmo 3/bis', kind: 'condominium' },
  { name: 'Ottica Lanzillotti s.n.c.', kind: 'company' }, { name: 'Edil Basento S.r.l.', kind: 'company' },
  { name: 'Officine Meccaniche Fratelli Quattordicivalli di Quattordicivalli Giovanni & C. s.n.c.', kind: 'company' }, { name: 'Lavanderia L’Onda Blu S.r.l.s.', kind: 'company' },
  { name: 'Caseificio Pietrafredda Soc. Coop. Agricola', kind: 'company' }, { name: 'Istituto Comprensivo «Fontanasecca»', kind: 'public-body' },
  { name: 'Falegnameria Del Gaudio di Paneperso Antonio', kind: 'sole-trader' }, { name: 'Panificio San Gerardo di Terrabruna Rosaria', kind: 'sole-trader' },
  { name: 'Agriturismo La Ginestra', kind: 'sole-trader' }, { name: 'Parrucchiera Desirée di Lunanòva Desirée', kind: 'sole-trader' },
  { name: 'Bar dello Sport di Giraventola Rocco', kind: 'sole-trader' }, { name: 'Autolavaggio Splendor di Campodargine Vito', kind: 'sole-trader' },
];

export const wineFirms: readonly { name: string; kind: Kind; country?: 'DE' | 'GB' | 'FR'; town?: string }[] = [
  { name: 'Hofmann Transporte GmbH', kind: 'company', country: 'DE', town: '10999 Berlin' }, { name: 'Weinhandlung Grünwäldchen & Söhne OHG', kind: 'company', country: 'DE', town: '10245 Berlin' },
  { name: 'Gasthaus Zum Schläfrigen Bären', kind: 'sole-trader', country: 'DE', town: '12043 Berlin' }, { name: 'Little Nowhere Wines Ltd', kind: 'company', country: 'GB', town: 'London N1' },
  { name: 'Caves de l’Écureuil Rêveur SARL', kind: 'company', country: 'FR', town: '75011 Paris' }, { name: 'Agriturismo La Ginestra', kind: 'sole-trader' },
  { name: 'Ristorante Da Zi’ Filomena di Settefontane Filomena & C. s.a.s.', kind: 'company' }, { name: 'Enoteca Il Tappo Timido S.r.l.', kind: 'company' },
  { name: 'Bar Pasticceria Nevedolce', kind: 'sole-trader' }, { name: 'Trattoria del Ponte Allegro', kind: 'sole-trader' },
  { name: 'Hotel Ristorante «Il Gufo che Canta» di Cantagallina Prospero & Figli s.n.c.', kind: 'company' }, { name: 'Osteria Senz’Oste', kind: 'sole-trader' },
  { name: 'Catering Mille Forchette S.r.l.', kind: 'company' }, { name: 'Gastronomia Perché No?', kind: 'sole-trader' }, { name: 'Circolo Bocciofilo Belcampanile', kind: 'company' },
  { name: 'Supermercati Sottovènto S.p.A.', kind: 'company' }, { name: 'Mensa Comunale di Altopascolo', kind: 'public-body' }, { name: 'Pizzeria Vesuvietto', kind: 'sole-trader' },
];

export const wineWords = [
  ['Ristorante', 'Osteria', 'Bar', 'Enoteca', 'Trattoria', 'Pizzeria', 'Locanda', 'Caffè'], ['La Luna Storta', 'Al Vecchio Torchio', 'Le Tre Oche', 'L’Angolo Tondo', 'Il Cinghiale Educato', 'La Botte Piena', 'Cent’Anni e un Giorno',
    'Il Rospo Felice', 'Dal Conte Senza Contea', 'Quattro Gatti', 'Il Merlo Astemio'], ['S.r.l.', 's.n.c.', 's.a.s.', 'S.r.l.s.'],
] as const;
