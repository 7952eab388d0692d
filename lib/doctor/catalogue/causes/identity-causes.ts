import { ARTICLES } from '@/lib/doctor/catalogue/articles';
import { defineCauses } from '@/lib/doctor/catalogue/define-causes';
import { SETUP } from '@/lib/doctor/catalogue/setup-places';

/** The identity services answer with one word of plain text. */
export const IDENTITY_CAUSES = defineCauses(
  { actor: 'salesforce_admin', retry: 'reconnect', article: ARTICLES.identity },
  {
    identity_token_refused: {
      title: 'Salesforce does not say who signed in',
      happened: 'The identity service refused an access token that Salesforce had given a moment before.',
      why: 'The app lacks a scope for it, the session is locked to another address, or the user may not use the API.',
      fix: [
        'Check that the app allows the scope “openid”.',
        'Check that sessions are not locked to an IP address.',
        'Try again.',
      ],
      setup: SETUP.appSettings,
    },
    identity_token_missing: {
      title: 'The access token did not reach the identity service',
      happened: 'Salesforce saw no token in the request.',
      why: 'A proxy between the portal and Salesforce takes the Authorization header away.',
      fix: ['Let the Authorization header through.', 'Try again.'],
      actor: 'portal_admin',
    },
    identity_wrong_org: {
      title: 'The identity service belongs to another org',
      happened: 'The access token is of one org, the address that was asked of another.',
      why: 'The environment’s address leads to another org than the one that the person logged in to.',
      fix: ['Use the org’s own My Domain address in the environment.', 'Try again.'],
      setup: SETUP.myDomain,
      actor: 'portal_admin',
    },
    identity_unknown: {
      title: 'Salesforce does not know this identity',
      happened: 'The user or org id in the address is none of this instance.',
      why: 'The org has moved or was deleted, or the sandbox was refreshed.',
      fix: ['Check the address of the environment.', 'Try again.'],
      setup: SETUP.myDomain,
      actor: 'portal_admin',
    },
    identity_user_inactive: {
      title: 'The Salesforce user is not active in this app',
      happened: 'The identity service says that the user is inactive.',
      why: 'The user was deactivated or frozen between login and this request, or is not assigned to the app.',
      fix: ['Activate or unfreeze the user, and assign them to the app.', 'Try again.'],
      setup: SETUP.users,
    },
  },
);
