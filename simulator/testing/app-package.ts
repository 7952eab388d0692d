import { CALLBACK } from '@/simulator/testing/client';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

type Values = Record<string, string | null>;

const FOLDERS = {
  ExternalClientApplication: ['externalClientApps', 'eca'],
  ExtlClntAppOauthSettings: ['extlClntAppOauthSettings', 'ecaOauth'],
  ExtlClntAppGlobalOauthSettings: ['extlClntAppGlobalOauthSets', 'ecaGlblOauth'],
  ExtlClntAppOauthConfigurablePolicies: ['extlClntAppOauthPolicies', 'ecaOauthPlcy'],
  ExtlClntAppConfigurablePolicies: ['extlClntAppPolicies', 'ecaPlcy'],
} as const;
export type TypeName = keyof typeof FOLDERS;

const APP = { externalClientApplication: 'Portal' };

/** A locked-down app as an administrator would deploy it. */
const USUAL: Record<TypeName, Values> = {
  ExternalClientApplication: {
    contactEmail: 'ada@acme.example',
    distributionState: 'Local',
    isProtected: 'false',
    label: 'The Portal',
  },
  ExtlClntAppOauthSettings: {
    commaSeparatedOauthScopes: 'Api, RefreshToken, OpenID',
    ...APP,
    label: 'OAuth',
  },
  ExtlClntAppGlobalOauthSettings: {
    callbackUrl: CALLBACK,
    consumerKey: '3MVG9Portal0123456789',
    ...APP,
    isConsumerSecretOptional: 'false',
    isPkceRequired: 'true',
    isRefreshTokenRotationEnabled: 'true',
    isSecretRequiredForRefreshToken: 'true',
    label: 'Global',
  },
  ExtlClntAppOauthConfigurablePolicies: {
    ...APP,
    ipRelaxationPolicyType: 'Enforce',
    label: 'Policies',
    permittedUsersPolicyType: 'AllSelfAuthorized',
    refreshTokenPolicyType: 'SpecificInactivity',
    refreshTokenValidityPeriod: '30',
    refreshTokenValidityUnit: 'Days',
    requiredSessionLevel: 'STANDARD',
  },
  ExtlClntAppConfigurablePolicies: {
    ...APP,
    isEnabled: 'true',
    isOauthPluginEnabled: 'true',
    label: 'Plugins',
  },
};

/** The files of that app; changes are laid over its elements by type, and null takes one out. */
export function appPackage(changes: Partial<Record<TypeName, Values>> = {}): Record<string, string> {
  const types = Object.keys(USUAL) as TypeName[];
  const components = types.map((type) => {
    const [folder, suffix] = FOLDERS[type];
    const values = Object.entries({ ...USUAL[type], ...changes[type] });
    const elements = values.flatMap(([name, value]) =>
      value === null ? [] : `  <${name}>${value}</${name}>`,
    );
    const text = [`<${type} xmlns="${NAMESPACE}">`, ...elements, `</${type}>`].join('\n');
    return [`${folder}/Portal.${suffix}`, text] as const;
  });
  const members = types.map((type) => `<types><members>Portal</members><name>${type}</name></types>`);
  const manifest = `<Package xmlns="${NAMESPACE}">${members.join('')}<version>66.0</version></Package>`;
  return { 'package.xml': manifest, ...Object.fromEntries(components) };
}
