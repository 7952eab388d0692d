'use client';

import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { ChoiceField } from '@/components/forms/choice-field';

interface PreferencesFormProps {
  /** BCP 47; null: as in Salesforce. */
  locale: string | null;
  /** IANA; null: as in Salesforce. */
  timeZone: string | null;
  /** Every zone that the server knows. */
  timeZones: string[];
  action: (form: FormData) => Promise<ActionResult>;
}

const AS_IN_SALESFORCE = { value: '', label: 'As in Salesforce' };

const LOCALES = [
  { value: 'en-US', label: 'English (United States)' },
  { value: 'en-GB', label: 'English (United Kingdom)' },
  { value: 'de-DE', label: 'Deutsch (Deutschland)' },
  { value: 'de-AT', label: 'Deutsch (Österreich)' },
  { value: 'de-CH', label: 'Deutsch (Schweiz)' },
  { value: 'fr-FR', label: 'Français (France)' },
  { value: 'es-ES', label: 'Español (España)' },
  { value: 'it-IT', label: 'Italiano (Italia)' },
  { value: 'nl-NL', label: 'Nederlands (Nederland)' },
  { value: 'pt-BR', label: 'Português (Brasil)' },
  { value: 'sv-SE', label: 'Svenska (Sverige)' },
  { value: 'pl-PL', label: 'Polski (Polska)' },
  { value: 'ja-JP', label: '日本語 (日本)' },
];

/** How numbers, dates and times are written for me. */
export function PreferencesForm({ locale, timeZone, timeZones, action }: PreferencesFormProps) {
  return (
    <ActionForm label="Language and time" action={action} submitLabel="Save" doneMessage="Saved.">
      {(errors) => (
        <div className="grid gap-4 sm:grid-cols-2">
          <ChoiceField
            name="locale"
            label="Numbers and dates"
            options={[AS_IN_SALESFORCE, ...withStored(LOCALES, locale)]}
            defaultValue={locale ?? ''}
            error={errors.locale}
          />
          <ChoiceField
            name="timeZone"
            label="Time zone"
            options={[
              AS_IN_SALESFORCE,
              ...withStored(
                timeZones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
                timeZone,
              ),
            ]}
            defaultValue={timeZone ?? ''}
            error={errors.timeZone}
          />
        </div>
      )}
    </ActionForm>
  );
}

/** A stored choice stays choosable even if the list does not have it. */
function withStored(options: Array<{ value: string; label: string }>, stored: string | null) {
  if (stored === null || options.some(({ value }) => value === stored)) return options;
  return [{ value: stored, label: stored }, ...options];
}
