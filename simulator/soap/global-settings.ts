import { element } from '@/simulator/soap/envelope';
import type { SimApp } from '@/simulator/types';

export const GLOBAL_SETTINGS = 'ExtlClntAppGlobalOauthSettings';

/** The global OAuth settings of an app as `readMetadata` answers them: consumer key and secret are among them. */
export function globalSettingsRecord(app: SimApp): string {
  return [
    `<records xsi:type="${GLOBAL_SETTINGS}">`,
    element('fullName', app.globalSettingsName),
    element('callbackUrl', app.callbackUrls.join('\n')),
    ...(app.certificate ? [element('certificate', app.certificate)] : []),
    element('consumerKey', app.clientId),
    element('consumerSecret', app.clientSecret),
    element('externalClientApplication', app.developerName),
    element('isClientCredentialsFlowEnabled', app.clientCredentialsUser !== null),
    element('isConsumerSecretOptional', !app.secretRequiredForCode),
    element('isIntrospectAllTokens', false),
    element('isPkceRequired', app.pkceRequired),
    element('isRefreshTokenRotationEnabled', app.rotation),
    element('isSecretRequiredForRefreshToken', app.secretRequiredForRefresh),
    element('label', app.globalSettingsName),
    element('shouldRotateConsumerKey', false),
    element('shouldRotateConsumerSecret', false),
    '</records>',
  ].join('');
}

/** An entry of `listMetadata`. */
export function globalSettingsEntry({ globalSettingsName }: SimApp): string {
  return [
    '<result>',
    element('fileName', `extlClntAppGlobalOauthSets/${globalSettingsName}.ecaGlblOauth`),
    element('fullName', globalSettingsName),
    element('type', GLOBAL_SETTINGS),
    '</result>',
  ].join('');
}
