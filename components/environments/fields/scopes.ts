/** One scope of Salesforce, with its label in Setup and what a token with it may do. */
export interface ScopeFacts {
  name: string;
  label: string;
  gives: string;
}

/** What Orgdock needs, and no more. */
export const LEAST_SCOPES = ['openid', 'id', 'api', 'refresh_token'];

/** Scopes as an app's settings offer them, what Orgdock needs first (help: OAuth Tokens and Scopes). */
export const SCOPES: readonly ScopeFacts[] = [
  { name: 'openid', label: 'Access unique user identifiers', gives: 'Who has consented. Needed.' },
  { name: 'id', label: 'Access the identity URL service', gives: 'Name, user and org of who has consented.' },
  { name: 'api', label: 'Manage user data via APIs', gives: 'Records, as far as the user may. Needed.' },
  {
    name: 'refresh_token',
    label: 'Perform requests at any time',
    gives: 'The connection lives on without the user. Needed. Also called offline_access.',
  },
  { name: 'profile', label: 'Access the identity URL service', gives: 'The user’s profile.' },
  { name: 'email', label: 'Access the identity URL service', gives: 'The user’s e-mail address.' },
  { name: 'address', label: 'Access the identity URL service', gives: 'The user’s postal address.' },
  { name: 'phone', label: 'Access the identity URL service', gives: 'The user’s phone number.' },
  {
    name: 'web',
    label: 'Manage user data via Web browsers',
    gives: 'Opens Salesforce’s pages without a login.',
  },
  { name: 'chatter_api', label: 'Access Connect REST API resources', gives: 'Chatter and communities.' },
  { name: 'content', label: 'Access content resources', gives: 'Files on content hosts.' },
  {
    name: 'custom_permissions',
    label: 'Access custom permissions',
    gives: 'Which custom permissions the user has.',
  },
  { name: 'lightning', label: 'Access Lightning applications', gives: 'Lightning apps in other pages.' },
  { name: 'visualforce', label: 'Access Visualforce applications', gives: 'Visualforce pages.' },
  { name: 'wave_api', label: 'Access Analytics REST API resources', gives: 'CRM Analytics.' },
  {
    name: 'eclair_api',
    label: 'Access Analytics REST API Charts Geodata resources',
    gives: 'Maps of charts.',
  },
  { name: 'pardot_api', label: 'Manage Pardot services', gives: 'Account Engagement.' },
  { name: 'cdp_api', label: 'Access all Data 360 API resources', gives: 'Data 360.' },
  {
    name: 'cdp_query_api',
    label: 'Perform ANSI SQL queries on Data 360 data',
    gives: 'Queries in Data 360.',
  },
  { name: 'cdp_ingest_api', label: 'Manage Data 360 Ingestion API data', gives: 'Writes into Data 360.' },
  { name: 'cdp_profile_api', label: 'Manage Data 360 profile data', gives: 'Profiles of Data 360.' },
  { name: 'interaction_api', label: 'Access Interaction API resources', gives: 'Flows from outside.' },
  { name: 'sfap_api', label: 'Access the Salesforce API Platform', gives: 'api.salesforce.com.' },
  {
    name: 'user_registration_api',
    label: 'Access headless registration',
    gives: 'Registers users of a site.',
  },
  { name: 'forgot_password', label: 'Access headless forgot password', gives: 'Resets passwords of a site.' },
  { name: 'full', label: 'Full access', gives: 'Everything that the user may do, but no refresh token.' },
];

const KNOWN = new Set([...SCOPES.map(({ name }) => name), 'offline_access']);

/** The scopes in a text, separated by spaces or commas. */
export function readScopes(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))];
}

/** What is wrong with a choice of scopes, or more than is needed, in whole sentences. */
export function warningsOf(scopes: readonly string[]): string[] {
  const has = (name: string) => scopes.includes(name);
  const warnings = [
    !has('openid') && 'Orgdock needs openid, to learn who has consented.',
    !has('api') && !has('full') && 'Orgdock needs api: without it no record can be read.',
    !has('refresh_token') &&
      !has('offline_access') &&
      'Orgdock needs refresh_token: without it a connection would end with its session, after some hours.',
    has('full') &&
      'full lets a token do everything that its user may do, which is more than Orgdock needs. It is what a thief would wish for; api is enough.',
    has('web') &&
      'web lets a token open Salesforce’s pages in a browser without a login. Leave it out where nobody needs that.',
  ].filter((warning) => warning !== false);
  const unknown = scopes.filter((name) => !KNOWN.has(name));
  if (unknown.length === 0) return warnings;
  return [
    ...warnings,
    `Unknown to Orgdock: ${unknown.join(', ')}. Salesforce refuses a scope that it does not know.`,
  ];
}
