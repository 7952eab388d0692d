import { useState } from 'react';
import { CheckField } from '@/components/forms/check-field';
import { ChoiceField } from '@/components/forms/choice-field';
import { Field } from '@/components/forms/field';
import { KINDS } from '../choices';
import type { FieldsProps } from '../form/form-values';
import { ColorField } from './color-field';

interface IdentityFieldsProps extends FieldsProps {
  onName: (name: string) => void;
  isProduction: boolean;
  onProduction: (isProduction: boolean) => void;
  /** A new environment: it is production when its kind says so, until somebody says otherwise. */
  followsKind: boolean;
  /** Set-up asks for name and kind only. */
  short: boolean;
}

/** What an environment is called, what it is, and how it is told from the others. */
export function IdentityFields(props: IdentityFieldsProps) {
  const { values, errors, onName, isProduction, onProduction, short } = props;
  const [follows, setFollows] = useState(props.followsKind);
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
          placeholder="Production Env"
          description="What people call it, such as “Production Env” or “UAT Env”."
        />
        <ChoiceField
          name="kind"
          label="Kind of org"
          options={KINDS}
          defaultValue={values.kind}
          error={errors.kind}
          {...(follows ? { onChange: (kind) => onProduction(kind === 'production') } : {})}
        />
      </div>
      {short ? null : (
        <>
          {/* A box that is not checked sends nothing; this says that the form did ask. */}
          <input type="hidden" name="isProduction" value="false" />
          <CheckField
            name="isProduction"
            label="Production: warn before every change"
            description="Its pages say so, and so does this form before it is saved."
            checked={isProduction}
            onChange={(checked) => {
              setFollows(false);
              onProduction(checked);
            }}
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
              placeholder="crm@acme.com"
              description="Needed to deploy the app: its “Contact Email” in Salesforce, which writes there about the app."
            />
          </div>
        </>
      )}
    </>
  );
}
