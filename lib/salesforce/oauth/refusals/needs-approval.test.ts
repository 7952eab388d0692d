import { describe, expect, it } from 'vitest';
import { approvalCaseOf, needsApproval } from '@/lib/salesforce/oauth/refusals/needs-approval';

describe('approvalCaseOf', () => {
  it.each([
    ['OAUTH_APP_BLOCKED', 'this app is blocked by admin', 'blocked'],
    ['app_blocked', null, 'blocked'],
    ['fail_close_app_blocked', null, 'blocked'],
    ['OAUTH_EC_APP_NOT_FOUND', 'External client app is not installed in this org', 'not_installed'],
    ['app_not_found', null, 'not_installed'],
    ['ecapp_policy_not_found', null, 'not_installed'],
    ['invalid_client', 'app must be installed into org', 'not_installed'],
    ['OAUTH_APP_ACCESS_DENIED', 'user is not admin approved to access this app', 'not_approved'],
    ['invalid_app_access', 'user is not admin approved to access this app', 'not_approved'],
    ['invalid_grant', 'user hasn’t approved this consumer', 'not_approved'],
    ['invalid_grant', "user hasn't approved this consumer", 'not_approved'],
  ])('reads %s (%s) as %s', (error, description, wanted) => {
    expect(approvalCaseOf(error, description)).toBe(wanted);
    expect(needsApproval(error, description)).toBe(true);
  });

  it.each([
    ['access_denied', 'end-user denied authorization'],
    ['invalid_client', 'invalid client credentials'],
    ['invalid_grant', 'expired access/refresh token'],
    ['redirect_uri_mismatch', 'redirect_uri must match configuration'],
    ['oauth_flow_disabled', 'The external client app or the OAuth plugin is disabled.'],
    ['', null],
  ])('sees nothing to approve in %s (%s)', (error, description) => {
    expect(needsApproval(error, description)).toBe(false);
  });
});
