import { z } from 'zod';
import { apiVersion, clientId, consumerSecret, orEmpty, origin, scopes } from '@/lib/environments/fields/app';
import {
  checkbox,
  checkboxOrNothing,
  color,
  contactEmail,
  limitDays,
  name,
  runAsUsername,
  wholeNumber,
  yesOrNo,
} from '@/lib/environments/fields/basics';
import {
  authorizeParameters,
  endpointUrl,
  headerPrefix,
  isAtOrigin,
  TOKEN_URL_ELSEWHERE,
  tokenHeaders,
  tokenParameters,
} from '@/lib/environments/fields/protocol';
import { readingHours } from '@/lib/environments/fields/reading-hours';
import { AppError } from '@/lib/errors';
import { parseForm } from '@/lib/form';

/** What Salesforce asks of apps that are used in many orgs since 2026; the safe guess for others. */
const DEFAULT_IDLE_LIMIT_DAYS = 30;

const TWO = 'Choose one of the two.';
const SECONDS = 'Use a whole number of seconds from 1 to 600.';
const seconds = (whenEmpty: number) => wholeNumber({ least: 1, most: 600, whenEmpty, message: SECONDS });

const environmentFormSchema = z.strictObject({
  /** A draft needs a name and a kind; what else it says has to be valid, too. */
  saveAs: z.enum(['active', 'draft'], TWO).default('active'),
  name,
  kind: z.enum(['production', 'uat', 'sandbox', 'developer', 'scratch'], 'Choose what kind of org this is.'),
  /** A form that does not ask: production is. */
  isProduction: checkboxOrNothing,
  color,
  rank: wholeNumber({
    least: -999,
    most: 999,
    whenEmpty: 0,
    message: 'Use a whole number from -999 to 999.',
  }),
  contactEmail,
  runAsUsername,
  origin,
  appType: z.enum(['external_client_app', 'connected_app'], TWO).default('external_client_app'),
  clientId,
  consumerSecret,
  /** Deletes the stored secret. */
  removeSecret: checkbox,
  clientType: z.enum(['confidential', 'public'], TWO).default('confidential'),
  clientAuthentication: z
    .enum(['client_secret_post', 'client_secret_basic'], TWO)
    .default('client_secret_post'),
  apiVersion,
  scopes,
  sendScopeOnRefresh: checkbox,
  authorizeParameters,
  tokenParameters,
  tokenHeaders,
  authorizeUrl: endpointUrl,
  tokenUrl: endpointUrl,
  headerPrefix,
  authenticationTimeoutSeconds: seconds(10),
  queryTimeoutSeconds: seconds(120),
  /** Reads stop where fewer of the org's daily API calls are left. */
  apiReservePercent: wholeNumber({
    least: 0,
    most: 90,
    whenEmpty: 0,
    message: 'Use a whole number of per cent from 0 to 90.',
  }),
  /** Whether API keys whose policy says so may be handed access tokens. */
  allowRawTokens: checkbox,
  allowSignIn: checkbox,
  membership: z.enum(['known_people', 'everyone_of_org']).default('known_people'),
  /** Who may connect and read there. */
  access: z.enum(['everyone', 'chosen', 'admins'], 'Choose who may use it.').default('everyone'),
  /** The app's refresh token policy in Salesforce. */
  idleLimitDays: limitDays(DEFAULT_IDLE_LIMIT_DAYS),
  absoluteLimitDays: limitDays(null),
  introspection: yesOrNo.default(true),
  uncertainPolicy: z.enum(['reconnect', 'one_try'], TWO).default('reconnect'),
  readingHours,
  outsideHours: z.enum(['alert', 'refuse'], TWO).default('alert'),
});

const draftFormSchema = environmentFormSchema.extend({
  origin: orEmpty(origin),
  clientId: orEmpty(clientId),
});

type Parsed = z.output<typeof environmentFormSchema>;

export type EnvironmentForm = Omit<Parsed, 'isProduction'> & { isProduction: boolean };

/**
 * Checks what the form of an environment, or a file with the same fields, says. Unknown fields are refused. Throws
 * INVALID_INPUT whose `details` hold one message per field.
 */
export function parseEnvironmentForm(input: unknown): EnvironmentForm {
  const form = parseForm(schemaFor(input), input, 'The environment was not saved');
  if (!isAtOrigin(form.tokenUrl, form.origin)) throw invalid('tokenUrl', TOKEN_URL_ELSEWHERE);
  return { ...form, isProduction: form.isProduction ?? form.kind === 'production' };
}

/** What a new environment begins with, for an empty form. */
export function newEnvironmentForm(): EnvironmentForm {
  return parseEnvironmentForm({ saveAs: 'draft', name: 'Production', kind: 'production' });
}

function schemaFor(input: unknown): z.ZodType<Parsed> {
  const isDraft =
    typeof input === 'object' && input !== null && 'saveAs' in input && input.saveAs === 'draft';
  return isDraft ? draftFormSchema : environmentFormSchema;
}

function invalid(field: keyof EnvironmentForm, message: string): AppError {
  return new AppError('INVALID_INPUT', 'The environment was not saved: some fields need another look.', {
    details: { [field]: message },
    nextStep: 'Correct the marked fields and try again.',
  });
}
