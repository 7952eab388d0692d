import { ChoiceField } from '@/components/forms/choice-field';
import { INTROSPECTION, UNCERTAIN_POLICIES } from '../choices';
import type { FieldsProps } from '../form/form-values';
import { Group } from '../group';
import { DurationField } from '../protocol/duration-field';

/** What the app says in Salesforce of its refresh tokens, and how to go on when the fate of one is unknown. */
export function RefreshTokenFields({ values, errors }: FieldsProps) {
  return (
    <Group title="7. Refresh token policy">
      <p className="text-muted">
        As in Salesforce: External Client App Manager → the app → Policies → Refresh Token Policy (of a
        Connected App: App Manager → the app’s row → Manage → Edit Policies). Orgdock keeps connections alive,
        and warns before they end, by these numbers; they change nothing in Salesforce.
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        <DurationField
          name="idleLimitDays"
          label="Ends when not used for"
          unit="days"
          defaultValue={String(values.idleLimitDays ?? '')}
          error={errors.idleLimitDays}
          description="Refreshed after two thirds of it. Empty: no such limit, and keep-alive has nothing to do."
        />
        <DurationField
          name="absoluteLimitDays"
          label="Ends after"
          unit="days"
          defaultValue={String(values.absoluteLimitDays ?? '')}
          error={errors.absoluteLimitDays}
          description="Counted from the consent, whatever the use. Empty: no such limit."
        />
      </div>
      <ChoiceField
        name="introspection"
        label="When the answer to a refresh was lost"
        options={INTROSPECTION}
        defaultValue={String(values.introspection)}
        error={errors.introspection}
        description="Two minutes later, Salesforce can say whether the refresh token is still unused. It does not document whether asking counts as use."
      />
      <ChoiceField
        name="uncertainPolicy"
        label="When Salesforce cannot say"
        options={UNCERTAIN_POLICIES}
        defaultValue={values.uncertainPolicy}
        error={errors.uncertainPolicy}
        description="If the lost refresh did reach Salesforce, a second try ends the grant: the owner must reconnect then as well."
      />
    </Group>
  );
}
