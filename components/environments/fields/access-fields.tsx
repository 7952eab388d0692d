import { CheckField } from '@/components/forms/check-field';
import { ChoiceField } from '@/components/forms/choice-field';
import { ACCESSES, MEMBERSHIPS } from '../choices';
import type { FieldsProps } from '../form/form-values';
import { Group } from '../group';

/** Who may sign in through the org of an environment, and who may use it. */
export function AccessFields({ values, errors }: FieldsProps) {
  return (
    <Group title="4. Who may come in">
      <CheckField
        name="allowSignIn"
        label="People may sign in to Orgdock through this org"
        defaultChecked={values.allowSignIn}
      />
      <ChoiceField
        name="membership"
        label="Who becomes a member"
        options={MEMBERSHIPS}
        defaultValue={values.membership}
        error={errors.membership}
      />
      <ChoiceField
        name="access"
        label="Who may connect and read here"
        options={ACCESSES}
        defaultValue={values.access}
        error={errors.access}
        description="The people are chosen on its overview, once it is saved, or on a person’s page. Connections that others hold stay in custody; nothing is read through them."
      />
    </Group>
  );
}
