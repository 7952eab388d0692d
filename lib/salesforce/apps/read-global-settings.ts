import { callMetadata } from '../metadata/call-metadata';
import { insidesOf, textOf, xmlText } from '../metadata/xml-text';
import type { SalesforceClient } from '../types';
import type { GlobalOAuthSettings } from './types';

const TYPE = 'ExtlClntAppGlobalOauthSettings';
/** "readMetadata()": at most ten at once. */
const AT_ONCE = 10;

/**
 * The global OAuth settings of an app, which only the Metadata API tells; null when the org lists none for it. Two API
 * calls, one more for each further ten apps. What the answer says of key and secret is dropped here.
 */
export async function readGlobalSettings(
  client: SalesforceClient,
  developerName: string,
): Promise<GlobalOAuthSettings | null> {
  const list = `<listMetadata><queries><type>${TYPE}</type></queries><asOfVersion>${client.apiVersion}</asOfVersion></listMetadata>`;
  const names = insidesOf(await callMetadata(client, list), 'result').flatMap(
    (entry) => textOf(entry, 'fullName') ?? [],
  );
  const wanted = developerName.toLowerCase();
  // Most are named after their app: those first.
  const likely = (name: string) => Number(name.toLowerCase().startsWith(wanted));
  names.sort((left, right) => likely(right) - likely(left));
  for (let at = 0; at < names.length; at += AT_ONCE) {
    const fullNames = names
      .slice(at, at + AT_ONCE)
      .map((name) => `<fullNames>${xmlText(name)}</fullNames>`)
      .join('');
    const read = `<readMetadata><type>${TYPE}</type>${fullNames}</readMetadata>`;
    const records = insidesOf(await callMetadata(client, read), 'records');
    const own = records.find(
      (record) => textOf(record, 'externalClientApplication')?.toLowerCase() === wanted,
    );
    if (own !== undefined) return settingsOf(own);
  }
  return null;
}

function settingsOf(record: string): GlobalOAuthSettings {
  const flag = (name: string): boolean | null => {
    const text = textOf(record, name);
    return text === 'true' ? true : text === 'false' ? false : null;
  };
  const optional = flag('isConsumerSecretOptional');
  return {
    callbackUrls:
      textOf(record, 'callbackUrl')
        ?.split(/\r?\n/)
        .map((line) => line.trim())
        .filter(Boolean) ?? null,
    pkceRequired: flag('isPkceRequired'),
    rotation: flag('isRefreshTokenRotationEnabled'),
    secretRequiredForCode: optional === null ? null : !optional,
    secretRequiredForRefresh: flag('isSecretRequiredForRefreshToken'),
  };
}
