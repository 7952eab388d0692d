import type { ApprovalCase } from '../../types';

/** In the order in which they are tried: "not installed" may stand in a description, "blocked" in either. */
const CASES: ReadonlyArray<[RegExp, ApprovalCase]> = [
  // OAUTH_APP_BLOCKED, app_blocked, fail_close_app_blocked.
  [/app_?blocked|blocked by admin/, 'blocked'],
  [
    /^(?:app_not_found|oauth_ec_app_not_found|ecapp_policy_not_found|oauth_approval_error_generic) |must be installed|not installed in this org/,
    'not_installed',
  ],
  [
    /^(?:oauth_app_access_denied|invalid_app_access) |admin approved|hasn.t approved this consumer/,
    'not_approved',
  ],
];

/**
 * What a Salesforce administrator has to do about an OAuth error before the person can go on; null: it is none that
 * they could mend by letting the app in. Pure. Sources: the catalogue of OauthErrorCode.
 */
export function approvalCaseOf(error: string, description: string | null): ApprovalCase | null {
  const words = `${error} ${description ?? ''}`.toLowerCase();
  return CASES.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}

/** Whether an OAuth error means that a Salesforce administrator must let the app in, or the user. Pure. */
export function needsApproval(error: string, description: string | null): boolean {
  return approvalCaseOf(error, description) !== null;
}
