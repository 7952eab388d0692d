import { ARTICLES } from '@/lib/doctor/catalogue/articles';
import { defineCauses } from '@/lib/doctor/catalogue/define-causes';
import { SETUP } from '@/lib/doctor/catalogue/setup-places';

const NOTHING_STORED = 'Nothing was stored, and nothing was sent on.';

/** What Orgdock itself refuses, or noticed. */
export const PORTAL_CAUSES = defineCauses(
  { actor: 'you', retry: 'reconnect' },
  {
    never_came_back: {
      title: 'Salesforce never sent this consent back',
      happened: 'The browser went to Salesforce, and no answer came within ten minutes.',
      why: 'Salesforce keeps some refusals to itself: they end on its own error page, and Orgdock never hears of them. Or the page was closed.',
      fix: [
        'Start again, and if Salesforce shows an error, choose it on the home page under “Did Salesforce show an error?”.',
      ],
      article: ARTICLES.flowErrors,
    },
    page_closed: {
      title: 'The page at Salesforce was closed',
      happened: 'The consent was not finished at Salesforce. Nothing was stored.',
      why: 'The tab was closed, or somebody stopped at the login.',
      fix: ['Start again and finish within ten minutes.'],
      article: ARTICLES.webServerFlow,
    },
    attempt_unknown: {
      title: 'This answer belongs to no consent under way',
      happened: 'An answer came whose attempt Orgdock does not know, or knows no more.',
      why: 'It was answered before, such as by the back button, or it was not started here.',
      fix: ['Look at your connections: it may have worked.', 'Else start again from Orgdock.'],
    },
    attempt_expired: {
      title: 'The consent took longer than ten minutes, or its app was changed meanwhile',
      happened: `Salesforce answered, and Orgdock did not take it. ${NOTHING_STORED}`,
      why: 'An attempt is good for ten minutes and for the app that it began with.',
      fix: ['Start again and finish in one go.'],
    },
    state_mismatch: {
      title: 'The answer is of another attempt',
      happened: `State or environment of the answer are not those of the attempt. ${NOTHING_STORED}`,
      why: 'Two attempts were mixed up, or somebody made this link.',
      fix: ['Start again from Orgdock, in one tab.'],
    },
    foreign_browser: {
      title: 'The consent was started in another browser or session',
      happened: `Orgdock did not take the answer. ${NOTHING_STORED}`,
      why: 'A consent counts only where it began.',
      fix: ['Start and finish in the same browser.', 'If you did not start one, close the page.'],
    },
    no_refresh_token: {
      title: 'Salesforce gave no refresh token',
      happened:
        'The consent worked, and the grant would have ended with its first session. It was given back.',
      why: 'The app lacks the scope “refresh_token”, or its policy expires refresh tokens at once.',
      fix: [
        'Add the scope “Perform requests at any time (refresh_token, offline_access)” in the app.',
        'Set the refresh token policy to anything but “Immediately expire refresh token”.',
      ],
      setup: SETUP.appPolicies,
      article: ARTICLES.refreshFlow,
      actor: 'salesforce_admin',
    },
    wrong_org: {
      title: 'The consent came from another org',
      happened:
        'The environment is pinned to one org, and the person logged in to another. The grant was given back.',
      why: 'Another org was remembered in the browser, or the sandbox was refreshed and has a new id.',
      fix: [
        'Log out of Salesforce and start again.',
        'After a sandbox refresh, an administrator pins the new org on the environment’s page.',
      ],
      article: ARTICLES.sandboxRefresh,
    },
    wrong_user: {
      title: 'The consent came from another Salesforce user',
      happened: 'A connection is renewed by the same user only. The grant was given back.',
      why: 'Another user was remembered in the browser.',
      fix: ['Log out of Salesforce, then reconnect as the user whom the connection names.'],
    },
    not_a_member: {
      title: 'Nobody has let this identity into the portal',
      happened: 'Salesforce said who it is, and Orgdock knows no such person.',
      why: 'The portal lets in whom an administrator has invited, or everybody of an org if it says so.',
      fix: ['Ask an administrator of this portal to let you in.'],
      actor: 'portal_admin',
      retry: 'none',
    },
    environment_deleted: {
      title: 'The environment was deleted',
      happened: 'An administrator removed the environment while this was under way, or before.',
      why: 'Its connections were disconnected with it.',
      fix: ['Ask an administrator which environment took its place.'],
      actor: 'portal_admin',
      retry: 'none',
    },
    environment_closed: {
      title: 'The environment is not open to you',
      happened: 'Orgdock refused, not Salesforce.',
      why: 'The environment is for chosen people, or your role reads no records.',
      fix: ['Ask an administrator of this portal.'],
      actor: 'portal_admin',
      retry: 'none',
    },
    environment_disabled: {
      title: 'The environment is disabled for now',
      happened: 'Orgdock refused, not Salesforce. Nothing was revoked.',
      why: 'An administrator of this portal has disabled it: nobody connects, signs in through it or reads there meanwhile.',
      fix: ['Ask an administrator of this portal when it comes back. Connections are kept alive until then.'],
      actor: 'portal_admin',
      retry: 'none',
    },
    outside_reading_hours: {
      title: 'The environment is closed for reading at this hour',
      happened: 'Orgdock refused, not Salesforce. The connection is well.',
      why: 'An administrator of this portal has set the hours in which records of this environment are read.',
      fix: ['Wait until it opens again; the message says when.', 'Or ask an administrator of this portal.'],
      actor: 'nobody',
      retry: 'wait',
    },
    api_reserve: {
      title: 'The rest of the org’s API calls is kept for other jobs',
      happened: 'Orgdock refused, not Salesforce, and spent no call. The connection is well.',
      why: 'An administrator of this portal has set how much of the org’s daily calls reading leaves to others.',
      fix: ['Wait: calls become free again hour by hour.', 'Or ask an administrator of this portal.'],
      actor: 'nobody',
      retry: 'wait',
    },
    filter_too_long: {
      title: 'The filter is longer than Salesforce takes',
      happened: 'Orgdock did not send it: Salesforce takes 4,000 characters of conditions.',
      why: 'Many values, or long texts, are compared at once.',
      fix: ['Take conditions away, or split the filter into two views.'],
      actor: 'nobody',
    },
    disconnected: {
      title: 'The connection was disconnected',
      happened: 'Its grant was revoked, or is being revoked.',
      why: 'You or an administrator did that.',
      fix: ['Reconnect, if you need it again.'],
    },
    revocation_unconfirmed: {
      title: 'Salesforce has not confirmed that it revoked the grant',
      happened: 'The revocation was sent, and no clear answer came.',
      why: 'Salesforce could not be reached, or answered with an error.',
      fix: [
        'Try again on the connection’s page.',
        'Or revoke it in Salesforce: personal settings → Advanced User Details → OAuth Connected Apps.',
      ],
      setup: SETUP.appUsage,
      article: ARTICLES.revoke,
      retry: 'retest',
    },
    outcome_unknown: {
      title: 'The answer to a refresh is missing',
      happened: 'A refresh token was sent, and no answer that can be trusted came back.',
      why: 'Salesforce, a gateway or the network gave up in the middle. Whether the token was used is not known, and a second try could end the grant.',
      fix: [
        'Wait some minutes: Orgdock asks Salesforce what became of the token.',
        'Or reconnect now, as the same Salesforce user.',
      ],
      article: ARTICLES.rotation,
      actor: 'nobody',
      retry: 'wait',
    },
    restored: {
      title: 'The portal’s database was restored from a backup',
      happened: 'Salesforce does not count the stored token as active any more.',
      why: 'Tokens rotate: those of the backup were used up since.',
      fix: ['Reconnect: consent once more as the same Salesforce user.'],
      article: ARTICLES.rotation,
    },
    provider_failed: {
      title: 'The company’s identity provider did not answer as it should',
      happened: 'Signing in through it failed, before Salesforce was asked anything.',
      why: 'It refused, could not be reached, or its answer failed a check.',
      fix: ['Try again.', 'If it stays, ask your administrator to look at the identity provider’s page.'],
      actor: 'portal_admin',
    },
    portal_busy: {
      title: 'Orgdock is busy with this connection',
      happened: 'Another request refreshes it, or the portal is stopping.',
      why: 'One refresh at a time keeps the grant alive.',
      fix: ['Try again in a moment.'],
      actor: 'nobody',
      retry: 'wait',
    },
    portal_fault: {
      title: 'Something went wrong inside Orgdock',
      happened: 'Orgdock could not finish. Salesforce may not have been asked at all.',
      why: 'The log of this time says why.',
      fix: ['Try again.', 'If it happens again, ask your administrator to look at the log of this time.'],
      actor: 'portal_admin',
      retry: 'retest',
    },
    unknown: {
      title: 'Orgdock does not know this one',
      happened: 'Salesforce refused in words that are not in Orgdock’s catalogue. They are shown unchanged.',
      why: 'Salesforce may have added or reworded an error since the catalogue was checked.',
      fix: [
        'Search for Salesforce’s words, or show them to a Salesforce administrator.',
        'Tell the project: the link “Was this helpful?” opens its issues page.',
      ],
      article: ARTICLES.flowErrors,
      retry: 'retest',
    },
  },
);
