import { ERROR_PAGE_TEXTS, type Seen } from '@/lib/salesforce/oauth/refusals/error-page';

const OTHERS: ReadonlyArray<{ value: Seen; label: string }> = [
  { value: 'closed', label: 'No error: I closed the page, or stopped at the login' },
  { value: 'login_refused', label: 'Salesforce refused my login' },
  { value: 'other', label: 'Another error' },
];

/** What a person may have seen at Salesforce, in its own words, to choose from. */
export const SEEN_CHOICES: ReadonlyArray<{ value: Seen; label: string }> = [
  ...ERROR_PAGE_TEXTS.map(({ id, error, description }) => ({ value: id, label: `${error}: ${description}` })),
  ...OTHERS,
];
