import { ARTICLES } from '@/lib/doctor/catalogue/articles';
import { defineCauses } from '@/lib/doctor/catalogue/define-causes';
import { SETUP } from '@/lib/doctor/catalogue/setup-places';

const NOT_ORGDOCKS =
  'Orgdock never asks for this, so the app demands it of everybody who uses it, or something changed the request on its way.';

/** Errors that Salesforce’s server knows and that Orgdock’s requests should never meet. */
export const RARE_CAUSES = defineCauses(
  { actor: 'portal_admin', retry: 'reconnect', article: ARTICLES.flowErrors },
  {
    registration_refused: {
      title: 'Salesforce refused to register an app',
      happened: 'A dynamic client registration failed, or too many were made.',
      why: 'Orgdock registers no apps this way, so another tool does with the same token.',
      fix: ['Find out which tool registers apps in this org.'],
      article: ARTICLES.registration,
      retry: 'none',
    },
    experience_id_refused: {
      title: 'Salesforce does not take the Experience ID',
      happened: 'The Experience ID (expid) of the request is unknown or not allowed here.',
      why: `It chooses the look of an Experience site’s login page. ${NOT_ORGDOCKS}`,
      fix: ['Use the org’s My Domain address instead of that of a site.'],
      setup: SETUP.myDomain,
      article: ARTICLES.experience,
    },
    attestation_refused: {
      title: 'The app wants proof of a mobile device',
      happened: 'App attestation failed: Salesforce expects a request of a genuine mobile app.',
      why: `The app is set up for phones. ${NOT_ORGDOCKS}`,
      fix: ['Make an app of its own for Orgdock, without app attestation.'],
      setup: SETUP.appSettings,
    },
    proof_of_possession_refused: {
      title: 'The app wants tokens that are bound to a key',
      happened: 'Salesforce asked for a DPoP proof, or refused one.',
      why: `The app demands sender-constrained tokens (RFC 9449), which Orgdock does not use.`,
      fix: ['Switch DPoP off in the app’s OAuth settings, or make an app of its own for Orgdock.'],
      setup: SETUP.appSettings,
    },
    assertion_replayed: {
      title: 'A signed assertion was used twice',
      happened: 'Salesforce has seen the id of this assertion (jti) before.',
      why: 'A proxy sent a request twice, or two programs share one assertion.',
      fix: ['Test again: Orgdock signs a new one for each request.'],
      article: ARTICLES.jwtFlow,
      retry: 'retest',
    },
    sign_in_pending: {
      title: 'Salesforce still waits for somebody to approve',
      happened: 'A device code has not been entered yet.',
      why: 'Orgdock does not use the device flow, so another program uses the app.',
      fix: ['Nothing has to be done in Orgdock. Start again.'],
      article: ARTICLES.deviceFlow,
      actor: 'you',
    },
    salesforce_unknown: {
      title: 'Salesforce does not know itself what went wrong',
      happened: 'Salesforce answered with an unknown error.',
      why: 'It is on Salesforce’s side. If it stays, Salesforce Support finds it by the time of the request.',
      fix: ['Try again in a few minutes.', 'Look at the state of the instance.'],
      article: ARTICLES.status,
      actor: 'nobody',
      retry: 'wait',
    },
  },
);

/** Salesforce, or its edge, could not work on the request at all. */
export const OUTAGE_CAUSES = defineCauses(
  { actor: 'nobody', retry: 'wait', article: ARTICLES.status },
  {
    salesforce_unavailable: {
      title: 'Salesforce could not work on the request',
      happened: 'Salesforce answered with an error of its own.',
      why: 'Maintenance or an outage of the instance. It has nothing to do with the grant.',
      fix: ['Try again in a few minutes.', 'Look at the state of the instance.'],
    },
    edge_throttled: {
      title: 'Salesforce’s edge lets fewer requests through',
      happened: 'The request was turned away before it reached the org (HTTP 420 or 429).',
      why: 'Too many requests came from one address in a short time, of Orgdock or of others behind the same address.',
      fix: ['Wait a minute, then test again.', 'If it stays, look for what else leaves by the same address.'],
      article: ARTICLES.statusCodes,
    },
    setting_up: {
      title: 'The org is being set up or moved',
      happened: 'Instead of an answer came a page of Salesforce’s edge, such as “We are setting things up”.',
      why: 'The org moves to another instance, a sandbox is being refreshed, or a proxy on the way answers with a page of its own.',
      fix: ['Wait, then test again.', 'If it stays, look at what stands between the portal and Salesforce.'],
    },
    maintenance: {
      title: 'The org is in maintenance',
      happened: 'Salesforce says that the server is not available.',
      why: 'A planned maintenance or a short outage of the instance.',
      fix: ['Try again later.', 'Look at the state of the instance.'],
    },
  },
);
