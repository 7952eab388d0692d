export interface Country {
  readonly name: string;
  readonly currency: string;
  /** Which list of company roots fits: a key of `ROOTS`. */
  readonly region: string;
  readonly forms: readonly string[];
  /** `#` stands for a digit. Numbers from the blocks kept for fiction where a country has one. */
  readonly phone: string;
  readonly postalCode: string;
  readonly streets: readonly string[];
  /** City, state or province (empty: none), latitude, longitude. */
  readonly cities: readonly (readonly [city: string, state: string, latitude: number, longitude: number])[];
  /** True: `12 High Street`; false: `Hauptstraße 12`. */
  readonly numberFirst: boolean;
}

const UNITED_STATES: Country = {
  name: 'United States',
  currency: 'USD',
  region: 'english',
  forms: ['Inc.', 'LLC', 'Corp.', 'Co.', ''],
  phone: '(3#2) 555-01##',
  postalCode: '#####',
  streets: [
    'Market Street',
    'Lakeshore Drive',
    'Commerce Way',
    'Main Street',
    'Industrial Blvd',
    'Park Avenue',
  ],
  cities: [
    ['New York', 'NY', 40.71, -74.01],
    ['Chicago', 'IL', 41.88, -87.63],
    ['Austin', 'TX', 30.27, -97.74],
    ['Seattle', 'WA', 47.61, -122.33],
    ['Boston', 'MA', 42.36, -71.06],
    ['Denver', 'CO', 39.74, -104.99],
    ['Atlanta', 'GA', 33.75, -84.39],
    ['Portland', 'OR', 45.52, -122.68],
  ],
  numberFirst: true,
};

const UNITED_KINGDOM: Country = {
  name: 'United Kingdom',
  currency: 'GBP',
  region: 'english',
  forms: ['Ltd', 'plc', 'Group', '& Sons'],
  phone: '+44 20 7946 0###',
  postalCode: 'EC#A #BX',
  streets: ['High Street', 'Station Road', 'King Street', 'Victoria Road', 'Mill Lane'],
  cities: [
    ['London', '', 51.51, -0.13],
    ['Manchester', '', 53.48, -2.24],
    ['Leeds', '', 53.8, -1.55],
    ['Bristol', '', 51.45, -2.59],
    ['Edinburgh', '', 55.95, -3.19],
  ],
  numberFirst: true,
};

const GERMANY: Country = {
  name: 'Germany',
  currency: 'EUR',
  region: 'german',
  forms: ['GmbH', 'AG', 'GmbH & Co. KG', 'SE'],
  phone: '+49 30 23125 ###',
  postalCode: '#####',
  streets: ['Hauptstraße', 'Bahnhofstraße', 'Lindenallee', 'Industriestraße', 'Am Alten Markt'],
  cities: [
    ['Berlin', '', 52.52, 13.4],
    ['München', 'Bayern', 48.14, 11.58],
    ['Hamburg', '', 53.55, 9.99],
    ['Köln', 'Nordrhein-Westfalen', 50.94, 6.96],
    ['Düsseldorf', 'Nordrhein-Westfalen', 51.23, 6.78],
    ['Leipzig', 'Sachsen', 51.34, 12.37],
  ],
  numberFirst: false,
};

const FRANCE: Country = {
  name: 'France',
  currency: 'EUR',
  region: 'romance',
  forms: ['SA', 'SARL', 'SAS', 'et Fils'],
  phone: '+33 1 99 00 ## ##',
  postalCode: '750##',
  streets: ['Rue de la République', 'Avenue Foch', 'Rue du Général Leclerc', 'Boulevard Voltaire'],
  cities: [
    ['Paris', '', 48.86, 2.35],
    ['Lyon', '', 45.76, 4.84],
    ['Nîmes', '', 43.84, 4.36],
    ['Besançon', '', 47.24, 6.02],
  ],
  numberFirst: true,
};

const SPAIN: Country = {
  name: 'Spain',
  currency: 'EUR',
  region: 'romance',
  forms: ['S.A.', 'S.L.', 'e Hijos'],
  phone: '+34 910 0## ###',
  postalCode: '28###',
  streets: ['Calle Mayor', 'Gran Vía', 'Avenida de la Constitución', 'Calle del Prado'],
  cities: [
    ['Madrid', '', 40.42, -3.7],
    ['Málaga', '', 36.72, -4.42],
    ['A Coruña', '', 43.36, -8.41],
  ],
  numberFirst: false,
};

const SWITZERLAND: Country = {
  name: 'Switzerland',
  currency: 'CHF',
  region: 'german',
  forms: ['AG', 'GmbH', 'Holding AG'],
  phone: '+41 44 555 ## ##',
  postalCode: '80##',
  streets: ['Bahnhofstrasse', 'Seestrasse', 'Limmatquai', 'Rue du Rhône'],
  cities: [
    ['Zürich', 'ZH', 47.38, 8.54],
    ['Genève', 'GE', 46.2, 6.14],
    ['Basel', 'BS', 47.56, 7.59],
  ],
  numberFirst: false,
};

const SWEDEN: Country = {
  name: 'Sweden',
  currency: 'SEK',
  region: 'nordic',
  forms: ['AB', 'Gruppen', '& Co AB'],
  phone: '+46 8 465 004 ##',
  postalCode: '1## ##',
  streets: ['Drottninggatan', 'Storgatan', 'Södra Vägen', 'Kungsgatan'],
  cities: [
    ['Stockholm', '', 59.33, 18.07],
    ['Göteborg', '', 57.71, 11.97],
    ['Malmö', '', 55.6, 13.0],
  ],
  numberFirst: false,
};

const POLAND: Country = {
  name: 'Poland',
  currency: 'PLN',
  region: 'slavic',
  forms: ['Sp. z o.o.', 'S.A.', 'i Wspólnicy'],
  phone: '+48 22 555 ## ##',
  postalCode: '00-###',
  streets: ['ul. Marszałkowska', 'ul. Piotrkowska', 'al. Jerozolimskie', 'ul. Długa'],
  cities: [
    ['Warszawa', '', 52.23, 21.01],
    ['Łódź', '', 51.76, 19.46],
    ['Kraków', '', 50.06, 19.94],
  ],
  numberFirst: false,
};

const JAPAN: Country = {
  name: 'Japan',
  currency: 'JPY',
  region: 'japanese',
  forms: ['K.K.', 'Co., Ltd.', 'Group'],
  phone: '+81 3 5550 ####',
  postalCode: '1##-00##',
  streets: ['Marunouchi', 'Nihonbashi', 'Shibuya', 'Namba'],
  cities: [
    ['Tokyo', '', 35.68, 139.69],
    ['Osaka', '', 34.69, 135.5],
    ['Nagoya', '', 35.18, 136.91],
  ],
  numberFirst: false,
};

/** Country and how often it occurs. */
export const COUNTRIES: readonly (readonly [Country, number])[] = [
  [UNITED_STATES, 34],
  [GERMANY, 18],
  [UNITED_KINGDOM, 15],
  [FRANCE, 9],
  [SWITZERLAND, 7],
  [JAPAN, 6],
  [SPAIN, 5],
  [SWEDEN, 3],
  [POLAND, 3],
];
