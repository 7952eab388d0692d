import type { SimOrg, SimUser } from '@/simulator/types';

/** `https://<host>/id/<org>/<user>`: who a token belongs to. */
export function identityUrlOf(org: SimOrg, user: SimUser): string {
  return `${org.origin}/id/${org.orgId}/${user.id}`;
}

/** The service URLs of a user, with `{version}` left literal unless one is asked for. */
export function serviceUrlsOf(org: SimOrg, user: SimUser, version: string | null): Record<string, string> {
  const base = org.instanceUrl;
  const v = version ?? '{version}';
  const rest = `${base}/services/data/v${v}/`;
  return {
    enterprise: `${base}/services/Soap/c/${v}/${org.orgId}`,
    metadata: `${base}/services/Soap/m/${v}/${org.orgId}`,
    partner: `${base}/services/Soap/u/${v}/${org.orgId}`,
    rest,
    sobjects: `${rest}sobjects/`,
    search: `${rest}search/`,
    query: `${rest}query/`,
    recent: `${rest}recent/`,
    tooling_soap: `${base}/services/Soap/T/${v}/${org.orgId}`,
    tooling_rest: `${rest}tooling/`,
    profile: `${base}/${user.id}`,
    feeds: `${rest}chatter/feeds`,
    groups: `${rest}chatter/groups`,
    users: `${rest}chatter/users`,
    feed_items: `${rest}chatter/feed-items`,
    feed_elements: `${rest}chatter/feed-elements`,
    custom_domain: base,
  };
}

/** The answer of `/services/oauth2/userinfo` ("User Info Endpoint"; `updated_at` has no milliseconds). */
export function userInfoOf(org: SimOrg, user: SimUser) {
  const picture = `${org.instanceUrl}/profilephoto/005/F`;
  return {
    sub: identityUrlOf(org, user),
    user_id: user.id,
    organization_id: org.orgId,
    preferred_username: user.username,
    nickname: user.nickname,
    name: fullNameOf(user),
    email: user.email,
    email_verified: true,
    given_name: user.firstName,
    family_name: user.lastName,
    zoneinfo: user.timeZone,
    photos: { picture, thumbnail: `${org.instanceUrl}/profilephoto/005/T` },
    profile: `${org.instanceUrl}/${user.id}`,
    picture,
    address: { country: org.country },
    is_salesforce_integration_user: false,
    urls: serviceUrlsOf(org, user, null),
    active: user.isActive,
    user_type: 'STANDARD',
    language: user.language,
    locale: user.locale,
    utcOffset: standardOffset(user.timeZone),
    updated_at: withoutMilliseconds(user.modifiedAt),
  };
}

/** The answer of the identity URL ("Using Identity URLs"). */
export function identityOf(org: SimOrg, user: SimUser, version: string | null) {
  return {
    id: identityUrlOf(org, user),
    asserted_user: true,
    user_id: user.id,
    organization_id: org.orgId,
    username: user.username,
    nick_name: user.nickname,
    display_name: fullNameOf(user),
    email: user.email,
    email_verified: true,
    first_name: user.firstName,
    last_name: user.lastName,
    timezone: user.timeZone,
    photos: {
      picture: `${org.instanceUrl}/profilephoto/005/F`,
      thumbnail: `${org.instanceUrl}/profilephoto/005/T`,
    },
    addr_street: null,
    addr_city: null,
    addr_state: null,
    addr_country: org.country,
    addr_zip: null,
    mobile_phone: null,
    mobile_phone_verified: false,
    is_lightning_login_user: false,
    status: { created_date: null, body: null },
    urls: serviceUrlsOf(org, user, version),
    active: user.isActive,
    user_type: 'STANDARD',
    language: user.language,
    locale: user.locale,
    utcOffset: standardOffset(user.timeZone),
    last_modified_date: withoutMilliseconds(user.modifiedAt),
  };
}

export function fullNameOf(user: SimUser): string {
  return `${user.firstName} ${user.lastName}`;
}

function withoutMilliseconds(instant: string): string {
  return instant.replace(/\.\d{3}Z$/, 'Z');
}

/** The zone's offset outside daylight saving time, in milliseconds. */
function standardOffset(timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const offsets = ['2026-01-01T00:00:00Z', '2026-07-01T00:00:00Z'].map((instant) => {
    const name = format.formatToParts(new Date(instant)).find((part) => part.type === 'timeZoneName')?.value;
    const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/.exec(name ?? '') ?? [];
    return Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  });
  return Math.min(...offsets);
}
