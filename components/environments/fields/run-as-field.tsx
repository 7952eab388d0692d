import { Field } from '@/components/forms/field';
import type { FieldsProps } from '../form/form-values';

/** The Salesforce user of the environment's service connections. */
export function RunAsField({ values, errors }: FieldsProps) {
  return (
    <Field
      name="runAsUsername"
      label="Run-as user"
      maxLength={80}
      defaultValue={values.runAsUsername ?? ''}
      error={errors.runAsUsername}
      placeholder="integration@acme.com.uat"
      description="All requests of service connections act as this Salesforce user, and can do what it may. Enter its username: it looks like an e-mail address but need not be one. If you do not know it, search your inbox for “Welcome to Salesforce: Verify your account” or “Finish resetting your Salesforce”. New service connections begin with it, and client credentials that run as another user are refused. Empty: any user."
    />
  );
}
