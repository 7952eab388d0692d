import type { EnvironmentDetail } from '@/lib/environments/types';

/** What the form of an environment shows: its settings, without what it is given by Orgdock. */
export type EnvironmentFormValues = Omit<
  EnvironmentDetail,
  | 'id'
  | 'slug'
  | 'deleted'
  | 'status'
  | 'hasSecret'
  | 'secretUpdatedAt'
  | 'redirectUri'
  | 'expectedOrg'
  | 'proposedOrg'
>;

/** One message per field. */
export type FieldErrors = Record<string, string | undefined>;

export interface FieldsProps {
  values: EnvironmentFormValues;
  errors: FieldErrors;
}
