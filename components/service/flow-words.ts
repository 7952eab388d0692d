import type { ServiceFlow } from '@/lib/connections/types';

interface FlowWords {
  label: string;
  /** What it is, in one line. */
  summary: string;
  /** When to take it. */
  advice: string;
  /** What an administrator does in Salesforce first. */
  steps: string[];
}

const APP = 'Setup → External Client App Manager (a Connected App: App Manager) → the app';

/** The flows without a person, best first. */
export const FLOWS: Record<ServiceFlow, FlowWords> = {
  jwt_bearer: {
    label: 'JWT bearer',
    summary: 'Orgdock signs with a private key as a Salesforce user that you name.',
    advice:
      'The best choice: no secret travels, each connection has a user of its own, and nothing expires by lying idle.',
    steps: [
      `${APP} → Settings → OAuth: turn on the JWT bearer flow and upload the certificate. An app holds one certificate.`,
      `${APP} → Policies: choose “Admin approved users are pre-authorized” and add a profile or permission set of the user.`,
      'Wait 2 to 10 minutes until Salesforce knows of it.',
    ],
  },
  client_credentials: {
    label: 'Client credentials',
    summary: 'The app signs in by its consumer key and secret, as the user that its policies name.',
    advice: 'Quick to set up. One user for the whole app: whoever has the consumer secret acts as that user.',
    steps: [
      `${APP} → Settings → OAuth: turn on the client credentials flow.`,
      `${APP} → Policies → OAuth flows: turn it on there as well, and choose the user under “Run As”. Take one with few rights.`,
      'Wait 2 to 10 minutes until Salesforce knows of it.',
    ],
  },
  password: {
    label: 'Username and password',
    summary: 'Orgdock sends a user’s password and security token to Salesforce.',
    advice: 'A fallback for apps of old that know nothing else.',
    steps: [
      'Setup → OAuth and OpenID Connect Settings: “Allow OAuth Username-Password Flows”.',
      'The user’s personal settings → Reset My Security Token: Salesforce sends it by e-mail.',
    ],
  },
};

/** What speaks against the username-password flow. */
export const PASSWORD_WARNINGS = [
  'Salesforce blocks it in every org created since Summer ’23, until an administrator allows it.',
  'External Client Apps cannot use it, only older Connected Apps.',
  'Salesforce retires it: as announced, on 20 February 2027.',
  'It goes past multi-factor authentication, and Orgdock has to keep the password, sealed.',
  'A few wrong tries lock the user, and each change of the password stops the connection.',
];
