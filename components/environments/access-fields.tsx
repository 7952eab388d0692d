import { CheckField } from '@/components/forms/check-field';
import { ChoiceField } from '@/components/forms/choice-field';
import { MEMBERSHIPS } from './choices';
import { Group } from './group';

interface AccessFieldsProps {
  values: { allowSignIn: boolean; membership: string };
  errors: Record<string, string | undefined>;
}

/** Who may sign in through the org of an environment. */
export function AccessFields({ values, errors }: AccessFieldsProps) {
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
    </Group>
  );
}
