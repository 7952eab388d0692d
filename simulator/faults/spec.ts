import { z } from 'zod';

/** Where a fault strikes. `token` covers every grant type, `service_grant` those without a person; `data` covers everything under /services/data. */
export const endpointName = z.enum([
  'any',
  'authorize',
  'token',
  'code_exchange',
  'refresh',
  'service_grant',
  'revoke',
  'introspect',
  'userinfo',
  'identity',
  'data',
  'query',
  'locator',
  'describe',
  'composite',
  'search',
  'single_access',
  'page',
]);
export type EndpointName = z.infer<typeof endpointName>;

const target = {
  endpoint: endpointName,
  /** Name of the org; every org when left out. */
  org: z.string().optional(),
  /** How many requests it strikes; null: every one until it is removed. */
  count: z.number().int().positive().nullable().default(1),
  /** How many matching requests pass unharmed first. */
  skip: z.number().int().nonnegative().default(0),
  /** How long the work takes, in real milliseconds; Salesforce holds the token meanwhile. */
  delayMs: z.number().int().nonnegative().default(0),
};

/** A fault as the control API takes it. Each name is one way in which the wire or Salesforce fails. */
export const faultSpec = z.discriminatedUnion('fault', [
  /** `origin`: Salesforce itself is slow and holds the token meanwhile. `edge`: it waits before Salesforce. */
  z.strictObject({
    ...target,
    fault: z.literal('slow'),
    ms: z.number().int().positive(),
    at: z.enum(['origin', 'edge']).default('origin'),
  }),
  z.strictObject({
    ...target,
    fault: z.literal('server_error'),
    status: z.number().int().min(400).max(599).default(503),
    /** True: the work was done before the error was answered. */
    processed: z.boolean().default(false),
    body: z.enum(['json', 'html', 'empty']).default('html'),
  }),
  z.strictObject({ ...target, fault: z.literal('drop_before') }),
  z.strictObject({ ...target, fault: z.literal('drop_after') }),
  z.strictObject({ ...target, fault: z.literal('gateway_timeout_after') }),
  z.strictObject({
    ...target,
    fault: z.literal('truncated_json'),
    /** `body`: a complete answer with half the JSON. `connection`: the connection breaks inside the body. */
    cut: z.enum(['body', 'connection']).default('body'),
  }),
  z.strictObject({ ...target, fault: z.literal('html_answer'), processed: z.boolean().default(false) }),
  /** The caller's connection is gone; the request is processed this much (simulated) time later. */
  z.strictObject({ ...target, fault: z.literal('processed_late'), afterMs: z.number().int().positive() }),
  z.strictObject({ ...target, fault: z.literal('wrong_secret') }),
  z.strictObject({ ...target, fault: z.literal('ip_restricted') }),
  z.strictObject({
    ...target,
    fault: z.literal('oauth_error'),
    error: z.string(),
    description: z.string(),
    status: z.number().int().min(400).max(599).default(400),
  }),
  /**
   * A refusal of the authorize endpoint, the way Salesforce delivers it: to the callback with the state, on its own
   * error page, or as a bare body without a type.
   */
  z.strictObject({
    ...target,
    endpoint: z.literal('authorize'),
    fault: z.literal('authorize_error'),
    error: z.string(),
    description: z.string(),
    delivery: z.enum(['callback', 'page', 'bare']).default('callback'),
  }),
  /** One plain word: the identity services refuse so, and the token endpoint of an org that is gone. */
  z.strictObject({
    ...target,
    fault: z.literal('text_answer'),
    text: z.string().min(1),
    status: z.number().int().min(200).max(599).default(403),
  }),
  /** The edge sends the caller to another host: the org moved, or My Domain was renamed. */
  z.strictObject({ ...target, fault: z.literal('redirect_answer'), location: z.url() }),
  /** A query that ran for more than 120 seconds. */
  z.strictObject({ ...target, fault: z.literal('query_timeout') }),
  /** Too many requests of 20 seconds or more at once. */
  z.strictObject({ ...target, fault: z.literal('concurrent_limit') }),
  z.strictObject({
    ...target,
    fault: z.literal('rest_error'),
    errorCode: z.string(),
    message: z.string(),
    status: z.number().int().min(400).max(599),
  }),
]);
export type FaultSpec = z.infer<typeof faultSpec>;
/** A fault as a caller writes it, defaults left out. */
export type FaultInput = z.input<typeof faultSpec>;
