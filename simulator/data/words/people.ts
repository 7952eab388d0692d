export const FIRST_NAMES = (
  'Alice Amir Anna Antoine Beatriz Björn Carla Chen Chloé Daniel Dariusz Elena Emeka Fatima Felix Freya ' +
  'Gabriel Hannah Hiroshi Ingrid Isabel Jakub James Jürgen Katarzyna Kenji Lars Laura Liam Lucía Mateo ' +
  'Maya Michael Nadia Naomi Olivia Omar Paul Priya Rachel Ravi Renée Samuel Sara Sofie Tomás Victoria ' +
  'William Yuki Zoë'
).split(' ');

export const LAST_NAMES = (
  'Abbott Andersson Baker Becker Bianchi Castillo Chandra Clarke Dubois Eriksen Fischer Fitzpatrick ' +
  'García Gupta Haddad Hughes Ivanova Jansen Kaczmarek Kim Kobayashi Lambert Lindgren Lopez Maier ' +
  "Mitchell Moreau Müller Murphy Nakamura Nguyen O'Brien Okonkwo Olsen Patel Peeters Petrov Quinn " +
  'Ramírez Robinson Rossi Sánchez Schmidt Silva Tanaka Taylor Van den Berg Wagner Wójcik Young'
).split(/ (?!den|Berg)/);

export const JOB_TITLES = (
  'CEO|CFO|CTO|COO|VP Sales|VP Finance|VP Operations|Head of Procurement|Procurement Manager|IT Director|' +
  'IT Manager|Operations Manager|Plant Manager|Buyer|Office Manager|Marketing Director|Controller|Owner'
).split('|');

export const DEPARTMENTS = 'Executive|Finance|Technology|Operations|Procurement|Marketing|Sales'.split('|');

/** Colleagues who own records but cannot sign in: first name, last name, title, active. */
export const COLLEAGUES: readonly (readonly [string, string, string, boolean])[] = [
  ['Maren', 'Thorsen', 'Regional Sales Director', true],
  ['Diego', 'Salvatierra', 'Account Executive', true],
  ['Wanjiru', 'Kamau', 'Account Executive', true],
  ['Oliver', 'Pennington', 'Senior Account Executive', true],
  ['Aiko', 'Hoshino', 'Account Manager', true],
  ['Jörg', 'Kesselring', 'Key Account Manager', true],
  ['Céline', 'Fabre', 'Account Executive', true],
  ['Samira', 'Rahimi', 'Sales Development Representative', true],
  ['Tom', 'Bradshaw', 'Former Account Executive', false],
  ['Greta', 'Nyholm', 'Partner Manager', true],
];
