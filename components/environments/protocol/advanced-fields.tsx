import { CheckField } from '@/components/forms/check-field';
import { Field } from '@/components/forms/field';
import type { FieldsProps } from '../form/form-values';
import { DurationField } from './duration-field';
import { PairsField } from './pairs-field';

const ADVANCED = [
  'authorizeParameters',
  'tokenParameters',
  'tokenHeaders',
  'authorizeUrl',
  'tokenUrl',
  'headerPrefix',
  'authenticationTimeoutSeconds',
  'queryTimeoutSeconds',
  'apiReservePercent',
];

/** What is seldom changed: how Orgdock speaks OAuth here, and how long it waits. Open when one of them is wrong. */
export function AdvancedFields({ values, errors }: FieldsProps) {
  const isWrong = ADVANCED.some((name) => errors[name] !== undefined);
  return (
    <details {...(isWrong ? { open: true } : {})} className="rounded-lg border border-border px-4 py-3">
      <summary className="cursor-pointer text-sm font-semibold">Advanced</summary>
      <div className="mt-4 space-y-5">
        <div className="grid gap-4 sm:grid-cols-2">
          <DurationField
            name="authenticationTimeoutSeconds"
            label="Wait for authentication"
            unit="seconds"
            defaultValue={String(values.authenticationTimeoutSeconds)}
            error={errors.authenticationTimeoutSeconds}
            description="How long people wait. A request that was sent is never broken off: its answer holds the only copy of a token."
          />
          <DurationField
            name="queryTimeoutSeconds"
            label="Wait for records"
            unit="seconds"
            defaultValue={String(values.queryTimeoutSeconds)}
            error={errors.queryTimeoutSeconds}
            description="Salesforce ends a query after 120 s."
          />
          <Field
            name="apiReservePercent"
            label="Leave to other jobs (% of the org’s daily API calls)"
            maxLength={2}
            defaultValue={String(values.apiReservePercent)}
            error={errors.apiReservePercent}
            description="Where fewer are left, nobody reads records through Orgdock until some are free again. 0: no reserve."
          />
        </div>
        <CheckField
          name="sendScopeOnRefresh"
          label="Send the scopes with every refresh"
          description="Salesforce keeps them with the refresh token, so this is rarely useful."
          defaultChecked={values.sendScopeOnRefresh}
        />
        <CheckField
          name="allowRawTokens"
          label="Hand out access tokens to API keys"
          description="Whoever holds one may do all that its Salesforce user may, from anywhere, until it ends: no limit of the key and no log of Orgdock reaches that. Each key needs it in its policy as well, and each token is in the audit log."
          defaultChecked={values.allowRawTokens}
        />
        <PairsField
          name="authorizeParameters"
          label="Parameters of the authorize address"
          what="parameter"
          example={['display', 'touch']}
          defaultValue={values.authorizeParameters}
          error={errors.authorizeParameters}
          description="Added to the address of Salesforce’s consent page, such as display = touch. What OAuth needs there is Orgdock’s to say."
        />
        <PairsField
          name="tokenParameters"
          label="Parameters of token requests"
          what="parameter"
          example={['region', 'eu']}
          defaultValue={values.tokenParameters}
          error={errors.tokenParameters}
          description="Added to the body of every token request. Nothing secret: administrators and auditors see them."
        />
        <PairsField
          name="tokenHeaders"
          label="Headers of token requests"
          what="header"
          example={['X-Gateway-Route', 'salesforce']}
          defaultValue={values.tokenHeaders}
          error={errors.tokenHeaders}
          description="For a gateway in between. Credentials, cookies and what frames the message are Orgdock’s to say."
        />
        <Field
          name="authorizeUrl"
          label="Authorize address"
          defaultValue={values.authorizeUrl ?? ''}
          error={errors.authorizeUrl}
          description="Empty: /services/oauth2/authorize at the address of the org. Only hosts of Salesforce."
        />
        <Field
          name="tokenUrl"
          label="Token address"
          defaultValue={values.tokenUrl ?? ''}
          error={errors.tokenUrl}
          description="Empty: /services/oauth2/token at the address of the org. Must be at the address of the org: the tokens of a grant go to one host only."
        />
        <Field
          name="headerPrefix"
          label="Word before the access token"
          maxLength={64}
          defaultValue={values.headerPrefix}
          error={errors.headerPrefix}
          description="In the Authorization header of data calls: Bearer, or OAuth as older clients write it."
        />
      </div>
    </details>
  );
}
