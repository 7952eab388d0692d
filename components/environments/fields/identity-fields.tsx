import { CheckField } from '@/components/forms/check-field';
import { ChoiceField } from '@/components/forms/choice-field';
import { Field } from '@/components/forms/field';
import { KINDS } from '../choices';
import type { FieldsProps } from '../form/form-values';
import { ColorField } from './color-field';

interface IdentityFieldsProps extends FieldsProps {
  onName: (name: string) => void;
  /** Set-up asks for name and kind only. */
  short: boolean;
}

/** What an environment is called, what it is, and how it is told from the others. */
export function IdentityFields({ values, errors, onName, short }: IdentityFieldsProps) {
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          name="name"
          label="Name"
          required
          maxLength={80}
          defaultValue={values.name}
          error={errors.name}
          onChange={onName}
        />
        <ChoiceField
          name="kind"
          label="Kind of org"
          options={KINDS}
          defaultValue={values.kind}
          error={errors.kind}
        />
      </div>
      {short ? null : (
        <>
          {/* A box that is not checked sends nothing; this says that the form did ask. */}
          <input type="hidden" name="isProduction" value="false" />
          <CheckField
            name="isProduction"
            label="Warn before every change here"
            description="For production: its pages say so, and so does this form before it is saved."
            defaultChecked={values.isProduction}
          />
          <ColorField defaultValue={values.color} error={errors.color} />
          <div className="grid gap-4 sm:grid-cols-2">
            <Field
              name="rank"
              label="Place in lists"
              maxLength={4}
              defaultValue={String(values.rank)}
              error={errors.rank}
              description="A number: lower comes first. The same number goes by name."
            />
            <Field
              name="contactEmail"
              label="Contact e-mail"
              maxLength={254}
              defaultValue={values.contactEmail ?? ''}
              error={errors.contactEmail}
              description="Salesforce contacts this address about the app: the app’s “Contact Email” there."
            />
          </div>
        </>
      )}
    </>
  );
}
