import { ARTICLES } from '@/lib/doctor/catalogue/articles';
import { defineCauses } from '@/lib/doctor/catalogue/define-causes';
import { SETUP } from '@/lib/doctor/catalogue/setup-places';

const TEST = 'Test again.';

/** Why Salesforce’s data services refuse a session, a user or the org as a whole. */
export const ACCESS_CAUSES = defineCauses(
  { actor: 'salesforce_admin', article: ARTICLES.statusCodes },
  {
    session_expired: {
      title: 'The Salesforce session has ended',
      happened: 'Salesforce answered 401 INVALID_SESSION_ID, also to a new access token.',
      why: 'That sessions end is normal, and Orgdock renews them. A renewed one that is refused at once is locked to another address, or login IP ranges are enforced on every request.',
      fix: [
        'In Session Settings, look at “Lock sessions to the IP address” and “Enforce login IP ranges on every request”.',
        'Allow the portal’s outgoing address.',
        TEST,
      ],
      setup: SETUP.sessions,
      article: ARTICLES.continuousIp,
    },
    session_not_for_api: {
      title: 'This session may not use the REST API',
      happened: 'Salesforce took the session and refused it for this API. Renewing it would change nothing.',
      why: 'The grant was given without the scope “api”, or the session is one of a web page only.',
      fix: [
        'Add the scope “api” in the app and on the environment’s page.',
        'Reconnect: scopes are stored with the grant.',
      ],
      setup: SETUP.appSettings,
      article: ARTICLES.scopes,
      actor: 'portal_admin',
      retry: 'reconnect',
    },
    app_not_attached: {
      title: 'The app is not attached to the agent',
      happened:
        'Salesforce says that the connected app is not attached to an agent. Renewing the session would change nothing.',
      why: 'The request went to an Agentforce API, for which an agent has to name the app.',
      fix: ['Attach the app to the agent in Agentforce Builder, or ask for other data.'],
      setup: SETUP.appPolicies,
    },
    api_disabled: {
      title: 'The API is not open to this Salesforce user',
      happened: 'Salesforce says that the REST API is not enabled.',
      why: 'The user lacks the permission “API Enabled”, or the edition of the org has no API.',
      fix: ['Give the user a permission set with “API Enabled”.', TEST],
      setup: SETUP.permissionSets,
    },
    daily_limit: {
      title: 'The org has used up its API calls of the last 24 hours',
      happened: 'Salesforce refuses every API call until earlier ones are a day old.',
      why: 'All programs of the org share one budget; which one uses how much is on System Overview.',
      fix: ['Find the program that uses most of it.', 'Calls become free again hour by hour.'],
      setup: SETUP.limits,
      article: ARTICLES.limits,
      retry: 'wait',
    },
    concurrent_limit: {
      title: 'Too many long requests are under way at once',
      happened:
        'Salesforce counts requests that run longer than 20 seconds: 25 at a time, 5 in developer orgs.',
      why: 'Some queries run long, of Orgdock or of another program.',
      fix: ['Wait a minute, then test again.', 'Narrow the searches that run long.'],
      article: ARTICLES.limits,
      actor: 'nobody',
      retry: 'wait',
    },
    insufficient_access: {
      title: 'This Salesforce user may not see or do this',
      happened: 'Salesforce knows the record or object and refused this user.',
      why: 'Object permissions, sharing or a related record keep it from the user.',
      fix: [
        'The account lacks the permission: open the same record in Salesforce as this user. If it is refused there too, the profile or sharing decides.',
        'Give read access with a permission set, or share the record.',
        TEST,
      ],
      setup: SETUP.permissionSets,
    },
    object_unknown: {
      title: 'This object does not exist for this Salesforce user',
      happened: 'Salesforce says that the object is not supported.',
      why: 'The user has no read access to the object, its name is spelt differently (a custom one ends with __c), or a package that brings it is missing.',
      fix: [
        'The account lacks the permission: look for the object in the App Launcher as this user.',
        'The server cannot reach the API: press “Test now”; it asks for something else than this object.',
        'The API is down: look at the state of the instance.',
      ],
      setup: SETUP.objects,
    },
    field_unknown: {
      title: 'A field does not exist for this Salesforce user',
      happened: 'Salesforce knows the object and not one of the columns that were asked for.',
      why: 'Field-level security hides it, it was renamed or deleted, or a saved list names a field that is gone.',
      fix: [
        'Open the list without saved columns, search and sort.',
        'Give the user read access to the field.',
      ],
      setup: SETUP.objects,
    },
    not_found: {
      title: 'Salesforce knows no such thing, or this user may not see it',
      happened: 'Salesforce answered that the resource does not exist.',
      why: 'The record was deleted, its id is of another org, or the user has no access to it.',
      fix: ['Open it in Salesforce as this user.', 'Check whether it is in the recycle bin.'],
      actor: 'you',
    },
    record_deleted: {
      title: 'The record was deleted',
      happened: 'Salesforce says that the record is deleted.',
      why: 'Somebody deleted it after the list was read.',
      fix: ['Open the list again.', 'An administrator can bring it back from the recycle bin.'],
      actor: 'you',
    },
    version_retired: {
      title: 'The org no longer serves this API version',
      happened: 'Salesforce answered 410: the version was retired.',
      why: 'Versions 31 to 40 are refused step by step until Summer ’28.',
      fix: ['Choose a newer API version on the environment’s page.', TEST],
      article: ARTICLES.versions,
      actor: 'portal_admin',
    },
    forbidden: {
      title: 'Salesforce refused the request',
      happened: 'Salesforce answered 403 without a code that Orgdock knows.',
      why: 'Salesforce’s own words say what is missing.',
      fix: ['Show Salesforce’s words to a Salesforce administrator.', TEST],
      setup: SETUP.permissionSets,
    },
  },
);

/** Why Salesforce refuses one request although session and user are fine. */
export const REQUEST_CAUSES = defineCauses(
  { actor: 'you', retry: 'retest', article: ARTICLES.statusCodes },
  {
    query_malformed: {
      title: 'Salesforce could not read the query',
      happened: 'The SOQL has a mistake at the place that Salesforce names.',
      why: 'A filter or search holds something that this API version does not know.',
      fix: ['Open the list without search, sort and filters.', 'Add them one by one.'],
      article: ARTICLES.soql,
    },
    query_timeout: {
      title: 'The query ran too long in Salesforce',
      happened: 'Salesforce stopped the query after two minutes.',
      why: 'It reads many rows without an index: a search for a short text, or a sort of a big object.',
      fix: ['Search for a longer text, or sort by another column.'],
      article: ARTICLES.soql,
    },
    locator_expired: {
      title: 'Salesforce has let go of this list',
      happened: 'The place in a long list that Orgdock held is not known any more.',
      why: 'Salesforce keeps it for two days, for the user who opened it.',
      fix: ['Open the list again.'],
      article: ARTICLES.locators,
    },
    search_malformed: {
      title: 'Salesforce could not read the search',
      happened: 'The search term is missing or not enclosed.',
      why: 'The text that was searched for is empty or too short once special characters are taken out.',
      fix: ['Search for at least two letters or digits.'],
    },
    request_too_long: {
      title: 'The request is too long for Salesforce',
      happened: 'Address and headers are longer than 16,384 bytes together.',
      why: 'Many columns, or a long search text.',
      fix: ['Use fewer columns or a shorter search text.'],
    },
    request_refused: {
      title: 'Salesforce does not take the request in this form',
      happened: 'Salesforce answered with a status about the form of the request.',
      why: 'The method, the media type or a condition of the request does not fit what is there now.',
      fix: ['Open the page again and repeat what you did.'],
    },
    several_records: {
      title: 'More than one record fits',
      happened: 'Salesforce found several records for one external id (HTTP 300).',
      why: 'The field is not unique.',
      fix: ['Remove the duplicates in Salesforce, or choose another field.'],
    },
    body_unreadable: {
      title: 'Salesforce could not read the values',
      happened: 'The JSON of the request was refused.',
      why: 'A value has a form that the field does not take.',
      fix: ['Look at the value that Salesforce names, and write it anew.'],
    },
    external_id_unknown: {
      title: 'The external id field does not exist for this user',
      happened: 'Salesforce knows the object and not the external id field.',
      why: 'It is not marked as an external id, or field-level security hides it.',
      fix: ['Check the field’s settings and its visibility.'],
      setup: SETUP.objects,
      actor: 'salesforce_admin',
    },
    required_field_missing: {
      title: 'A required field is empty',
      happened: 'Salesforce did not save the record.',
      why: 'The field that it names must have a value, by its definition or by a page layout.',
      fix: ['Fill the field that Salesforce names, then save again.'],
      setup: SETUP.objects,
      article: ARTICLES.objectErrors,
    },
    email_invalid: {
      title: 'An e-mail address is not one',
      happened: 'Salesforce did not save the record.',
      why: 'The value is not of the form name@host.',
      fix: ['Correct the address that Salesforce names, then save again.'],
      article: ARTICLES.objectErrors,
    },
    validation_rule: {
      title: 'A validation rule of the org refused the values',
      happened: 'Salesforce did not save the record. The text is the rule’s own.',
      why: 'An administrator of the org wrote a rule that these values break.',
      fix: ['Do what the rule’s text says, then save again.'],
      setup: SETUP.objects,
      article: ARTICLES.objectErrors,
    },
    duplicates_detected: {
      title: 'A duplicate rule of the org found a record like this',
      happened: 'Salesforce did not save the record.',
      why: 'A duplicate rule is set to block.',
      fix: ['Use the record that is there, or make the new one different.'],
      article: ARTICLES.objectErrors,
    },
    row_locked: {
      title: 'Somebody else is changing the same record',
      happened: 'Salesforce could not get the record for itself in time.',
      why: 'Another program or an automation holds it, or its parent.',
      fix: ['Try again in a moment.'],
      article: ARTICLES.objectErrors,
      actor: 'nobody',
      retry: 'wait',
    },
    reference_invalid: {
      title: 'A reference leads to nothing that fits',
      happened: 'An id in the values is of no record of the right object that this user can see.',
      why: 'The record was deleted, is of another org, or is hidden from this user.',
      fix: ['Choose the related record again.'],
      article: ARTICLES.objectErrors,
    },
    salesforce_broke: {
      title: 'Something broke inside Salesforce',
      happened: 'Salesforce answered with an unexpected error and an ErrorId.',
      why: 'It is on Salesforce’s side. Support finds it by the ErrorId.',
      fix: ['Try again.', 'If it happens again, give the ErrorId to Salesforce Support.'],
      actor: 'nobody',
      retry: 'wait',
    },
    answer_not_understood: {
      title: 'Salesforce’s answer was not understood',
      happened: 'The answer is neither the documented one nor an error that Orgdock can read.',
      why: 'A proxy between the portal and Salesforce may have answered instead, or the org has moved.',
      fix: ['Test again.', 'If it stays, look at what stands between the portal and Salesforce.'],
      setup: SETUP.myDomain,
      actor: 'portal_admin',
    },
  },
);
