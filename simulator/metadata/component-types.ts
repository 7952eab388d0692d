/** What an element may hold. `enum` names the values, `reference` the developer name of an app. */
export type ElementRule =
  | { readonly kind: 'string'; readonly required?: true }
  | { readonly kind: 'boolean' }
  /** A switch for something that the simulator does not do: only `false` is known. */
  | { readonly kind: 'off' }
  | { readonly kind: 'int' }
  | { readonly kind: 'reference' }
  | { readonly kind: 'enum'; readonly values: readonly string[]; readonly required?: true };

export interface ComponentType {
  readonly name: string;
  readonly folder: string;
  readonly suffix: string;
  readonly elements: Readonly<Record<string, ElementRule>>;
}

const text = { kind: 'string' } as const;
const required = { kind: 'string', required: true } as const;
const flag = { kind: 'boolean' } as const;
const off = { kind: 'off' } as const;
const reference = { kind: 'reference' } as const;
const oneOf = (...values: string[]) => ({ kind: 'enum', values }) as const;

/** The five types of an app with OAuth (Metadata API Developer Guide), as far as the simulator knows their elements. */
export const COMPONENT_TYPES = [
  {
    name: 'ExternalClientApplication',
    folder: 'externalClientApps',
    suffix: 'eca',
    elements: {
      contactEmail: required,
      contactPhone: text,
      description: text,
      distributionState: { kind: 'enum', values: ['Local'], required: true },
      iconUrl: text,
      infoUrl: text,
      isProtected: flag,
      label: required,
      logoUrl: text,
      orgScopedExternalApp: text,
    },
  },
  {
    name: 'ExtlClntAppOauthSettings',
    folder: 'extlClntAppOauthSettings',
    suffix: 'ecaOauth',
    elements: {
      commaSeparatedOauthScopes: text,
      externalClientApplication: reference,
      label: required,
      oauthLink: text,
      singleLogoutUrl: text,
    },
  },
  {
    name: 'ExtlClntAppGlobalOauthSettings',
    folder: 'extlClntAppGlobalOauthSets',
    suffix: 'ecaGlblOauth',
    elements: {
      callbackUrl: required,
      certificate: text,
      consumerKey: text,
      consumerSecret: text,
      externalClientApplication: reference,
      isClientCredentialsFlowEnabled: flag,
      isCodeCredFlowEnabled: off,
      isConsumerSecretOptional: flag,
      isDPopEnabled: off,
      isDeviceFlowEnabled: off,
      isEnforceRefreshTokenTTL: off,
      isIntrospectAllTokens: off,
      isNamedUserJwtEnabled: off,
      isPkceRequired: flag,
      isRefreshTokenRotationEnabled: flag,
      isSecretRequiredForRefreshToken: flag,
      isSecretRequiredForTokenExchange: flag,
      isTokenExchangeEnabled: off,
      label: required,
      shouldRotateConsumerKey: off,
      shouldRotateConsumerSecret: off,
    },
  },
  {
    name: 'ExtlClntAppOauthConfigurablePolicies',
    folder: 'extlClntAppOauthPolicies',
    suffix: 'ecaOauthPlcy',
    elements: {
      clientCredentialsFlowUser: text,
      commaSeparatedPermissionSet: text,
      commaSeparatedProfile: text,
      externalClientApplication: reference,
      ipRelaxationPolicyType: oneOf('Enforce', 'Bypass', 'Bypass_2factor', 'Enforce_RelaxRefresh'),
      isClientCredentialsFlowEnabled: flag,
      isGuestCodeCredFlowEnabled: off,
      isTokenExchangeFlowEnabled: off,
      label: required,
      permittedUsersPolicyType: oneOf('AllSelfAuthorized', 'AdminApprovedPreAuthorized'),
      policyAction: oneOf('Block', 'RaiseSessionLevel'),
      refreshTokenPolicyType: oneOf('Infinite', 'Zero', 'SpecificLifetime', 'SpecificInactivity'),
      refreshTokenValidityPeriod: { kind: 'int' },
      refreshTokenValidityUnit: oneOf('Hours', 'Days', 'Months'),
      requiredSessionLevel: oneOf('LOW', 'STANDARD', 'HIGH_ASSURANCE'),
    },
  },
  {
    name: 'ExtlClntAppConfigurablePolicies',
    folder: 'extlClntAppPolicies',
    suffix: 'ecaPlcy',
    elements: {
      externalClientApplication: reference,
      isEnabled: flag,
      isOauthPluginEnabled: flag,
      label: required,
      startPage: oneOf('None', 'Oauth', 'Custom'),
      startUrl: text,
    },
  },
] as const satisfies readonly ComponentType[];

export type ComponentTypeName = (typeof COMPONENT_TYPES)[number]['name'];
