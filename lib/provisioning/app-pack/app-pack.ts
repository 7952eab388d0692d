import { metadataScopesOf } from '@/lib/provisioning/app-pack/scope-names';
import type { AppPack, RefreshTokenPolicy, WantedApp } from '@/lib/provisioning/app-pack/types';
import { type Elements, metadataXml } from '@/lib/provisioning/app-pack/xml';

/** Of the template below. A changed template gets a new version and its day. */
const VERSION = '1.0';
const DATE = '2026-11-26';

/** Since this version of the Metadata API, External Client Apps have everything that is set here. */
const OLDEST_API_VERSION = 62;

/**
 * The package that creates or updates an app: five metadata types and package.xml. The same app gives the same text.
 * A deployment is declarative: what is left out here is reset in the org.
 */
export function appPackOf(wanted: WantedApp, apiVersion: string): AppPack {
  const { developerName } = wanted;
  const components = componentsOf(wanted);
  const files = Object.fromEntries(
    components.map(({ folder, member, suffix, type, elements }) => [
      `${folder}/${member}.${suffix}`,
      metadataXml(type, elements),
    ]),
  );
  const types = components.map(({ type, member }): Elements[number] => [
    'types',
    [
      ['members', member],
      ['name', type],
    ],
  ]);
  const version = deployApiVersionOf(apiVersion);
  return {
    files: { 'package.xml': metadataXml('Package', [...types, ['version', version]]), ...files },
    developerName,
    label: wanted.label,
    version: VERSION,
    date: DATE,
  };
}

/** The version that apps are deployed and read with: that of the environment, unless it is too old for them. */
export function deployApiVersionOf(apiVersion: string): string {
  return `${Math.max(OLDEST_API_VERSION, Number.parseInt(apiVersion, 10) || 0)}.0`;
}

interface Component {
  type: string;
  folder: string;
  suffix: string;
  member: string;
  elements: Elements;
}

/** Folders and suffixes: Salesforce's metadata registry (@salesforce/source-deploy-retrieve). */
function componentsOf(wanted: WantedApp): Component[] {
  const { developerName, label, secretRequired } = wanted;
  const app = ['externalClientApplication', developerName] as const;
  return [
    {
      type: 'ExternalClientApplication',
      folder: 'externalClientApps',
      suffix: 'eca',
      member: developerName,
      elements: [
        ['contactEmail', wanted.contactEmail],
        ['description', wanted.description],
        ['distributionState', 'Local'],
        ['isProtected', false],
        ['label', label],
      ],
    },
    {
      type: 'ExtlClntAppOauthSettings',
      folder: 'extlClntAppOauthSettings',
      suffix: 'ecaOauth',
      member: `${developerName}_oauth`,
      elements: [
        ['commaSeparatedOauthScopes', metadataScopesOf(wanted.scopes).names.join(', ')],
        app,
        ['label', `${developerName}_oauth`],
      ],
    },
    {
      type: 'ExtlClntAppGlobalOauthSettings',
      folder: 'extlClntAppGlobalOauthSets',
      suffix: 'ecaGlblOauth',
      member: `${developerName}_glbloauth`,
      elements: [
        ['callbackUrl', wanted.callbackUrl],
        app,
        ['isConsumerSecretOptional', !secretRequired],
        ['isIntrospectAllTokens', false],
        ['isPkceRequired', true],
        ['isRefreshTokenRotationEnabled', true],
        ['isSecretRequiredForRefreshToken', secretRequired],
        ['label', `${developerName}_glbloauth`],
        ['shouldRotateConsumerKey', false],
        ['shouldRotateConsumerSecret', false],
      ],
    },
    {
      type: 'ExtlClntAppOauthConfigurablePolicies',
      folder: 'extlClntAppOauthPolicies',
      suffix: 'ecaOauthPlcy',
      member: `${developerName}_oauth_defaultPolicy`,
      elements: [
        ...permissionSetOf(wanted),
        app,
        ['ipRelaxationPolicyType', 'Enforce'],
        ['label', `${developerName}_oauth_defaultPolicy`],
        ['permittedUsersPolicyType', wanted.permittedUsers ?? 'AllSelfAuthorized'],
        ...refreshElementsOf(wanted.refreshToken),
        ['requiredSessionLevel', 'STANDARD'],
      ],
    },
    {
      type: 'ExtlClntAppConfigurablePolicies',
      folder: 'extlClntAppPolicies',
      suffix: 'ecaPlcy',
      member: `${developerName}_defaultPolicy`,
      elements: [
        app,
        ['isEnabled', true],
        ['isOauthPluginEnabled', true],
        ['label', `${developerName}_defaultPolicy`],
      ],
    },
  ];
}

function permissionSetOf({ permissionSet }: WantedApp): Elements {
  return permissionSet === null ? [] : [['commaSeparatedPermissionSet', permissionSet]];
}

function refreshElementsOf(policy: RefreshTokenPolicy): Elements {
  if (policy.type === 'Infinite') return [['refreshTokenPolicyType', 'Infinite']];
  return [
    ['refreshTokenPolicyType', policy.type],
    ['refreshTokenValidityPeriod', policy.days],
    ['refreshTokenValidityUnit', 'Days'],
  ];
}
