import { z } from 'zod';

const org = z.string();
/** A username; everybody when left out. */
const username = z.string().optional();
/** Developer name or client id of an app; every app of the org when left out. */
const app = z.string().optional();

/** The settings of an app that an act may change. */
export const appPolicy = z
  .strictObject({
    pkceRequired: z.boolean(),
    secretRequiredForCode: z.boolean(),
    secretRequiredForRefresh: z.boolean(),
    rotation: z.boolean(),
    installed: z.boolean(),
    blocked: z.boolean(),
    oauthEnabled: z.boolean(),
    enabled: z.boolean(),
    callbackUrls: z.array(z.string()),
    scopes: z.array(z.string()),
    ipRelaxation: z.enum(['Enforce', 'Bypass', 'Bypass_2factor', 'Enforce_RelaxRefresh']),
    clientSecret: z.string().min(1),
    preApproved: z.array(z.string()).nullable(),
    refreshIdleMs: z.number().positive().nullable(),
    /** PEM; null: the JWT bearer flow is off. */
    certificate: z.string().nullable(),
    /** A username; null: the client credentials flow is off. */
    clientCredentialsUser: z.string().nullable(),
    refreshLifetimeMs: z.number().positive().nullable(),
  })
  .partial();
export type AppPolicy = z.infer<typeof appPolicy>;

/** Something that happens in an org at once: an administrator's act, or one of Salesforce itself. */
export const simulatorAct = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('expire_access_tokens'), org, username }),
  z.strictObject({ act: z.literal('revoke_grants'), org, username }),
  z.strictObject({ act: z.literal('end_login_sessions'), org }),
  z.strictObject({ act: z.literal('forget_approvals'), org }),
  z.strictObject({ act: z.literal('block_app'), org, app, blocked: z.boolean().default(true) }),
  z.strictObject({ act: z.literal('uninstall_app'), org, app, uninstalled: z.boolean().default(true) }),
  z.strictObject({ act: z.literal('rotation'), org, app, on: z.boolean() }),
  z.strictObject({
    act: z.literal('change_secret'),
    org,
    app,
    clientSecret: z.string().min(1),
    /** True: as `secret_rotation` has it. Left out: the old secret dies and the tokens live. */
    follows_policy: z.boolean().default(false),
  }),
  /** "Allow access to External Client App consumer secrets via REST API" of the org. */
  z.strictObject({ act: z.literal('secrets_by_rest'), org, on: z.boolean() }),
  /** What a rotation of a consumer secret does to the old secret and to the tokens of the app. */
  z.strictObject({
    act: z.literal('secret_rotation'),
    org,
    behaviour: z.enum(['keeps_old', 'revokes_all']),
    /** True: a staged pair has a new key, too. */
    new_key: z.boolean().default(false),
  }),
  /** How long a newly deployed app stays unknown to the OAuth endpoints, in simulated minutes. */
  z.strictObject({ act: z.literal('new_app_delay'), org, minutes: z.number().nonnegative() }),
  z.strictObject({ act: z.literal('change_app'), org, app, changes: appPolicy }),
  z.strictObject({ act: z.literal('change_instance_url'), org, instanceUrl: z.string().min(1) }),
  /** The address from which this org sees the portal from now on, such as behind another NAT gateway. */
  z.strictObject({ act: z.literal('egress_address'), org, address: z.ipv4() }),
  z.strictObject({ act: z.literal('change_org_id'), org, orgId: z.string().length(18) }),
  z.strictObject({
    act: z.literal('deactivate_user'),
    org,
    username: z.string(),
    inactive: z.boolean().default(true),
  }),
  z.strictObject({
    act: z.literal('freeze_user'),
    org,
    username: z.string(),
    frozen: z.boolean().default(true),
  }),
  /** A password that somebody changed: sessions and grants that came from the old one end. */
  z.strictObject({
    act: z.literal('change_password'),
    org,
    username: z.string(),
    password: z.string().min(8),
  }),
  /** "Allow OAuth Username-Password Flows" of the org. */
  z.strictObject({ act: z.literal('password_flow'), org, on: z.boolean() }),
  z.strictObject({ act: z.literal('use_api_calls'), org, used: z.number().int().nonnegative() }),
  /** Every row of an object holds this text, such as a picklist value that somebody's integration wrote. */
  z.strictObject({
    act: z.literal('fill_field'),
    org,
    field: z.string().regex(/^\w+\.\w+$/),
    value: z.string(),
  }),
  /** Field-level security of a standing field, such as `Account.Industry`; false shows what the seed hides. */
  z.strictObject({
    act: z.literal('hide_field'),
    org,
    field: z.string().regex(/^\w+\.\w+$/),
    username,
    hidden: z.boolean().default(true),
  }),
  /** Whether a user has any access to an object. */
  z.strictObject({
    act: z.literal('hide_object'),
    org,
    sobject: z.string(),
    username,
    hidden: z.boolean().default(true),
  }),
  /** Every open query locator is unknown from now on. */
  z.strictObject({ act: z.literal('expire_locators'), org }),
  /** Whether introspecting a consumed refresh token revokes its grant. */
  z.strictObject({ act: z.literal('introspection_revokes'), org, on: z.boolean() }),
  /** Whether a missing or blocked app is told to the callback or on Salesforce's own error page. */
  z.strictObject({ act: z.literal('app_errors'), org, delivery: z.enum(['callback', 'page']) }),
]);
export type SimulatorAct = z.infer<typeof simulatorAct>;
/** An act as a caller writes it, defaults left out. */
export type SimulatorActInput = z.input<typeof simulatorAct>;
