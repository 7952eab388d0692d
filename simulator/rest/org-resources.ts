import { json } from '@/simulator/http/respond';
import type { Resource } from '@/simulator/rest/service';

/** Daily or hourly allocations besides the API's own: name and maximum of an Enterprise Edition org. */
const ALLOCATIONS: Readonly<Record<string, number>> = {
  ConcurrentAsyncGetReportInstances: 200,
  ConcurrentSyncReportRuns: 20,
  DailyAsyncApexExecutions: 250_000,
  DailyBulkApiBatches: 15_000,
  DailyBulkV2QueryFileStorageMB: 976_562,
  DailyBulkV2QueryJobs: 10_000,
  DailyGenericStreamingApiEvents: 10_000,
  DailyStreamingApiEvents: 200_000,
  DailyWorkflowEmails: 100_000,
  DataStorageMB: 10_240,
  FileStorageMB: 10_240,
  HourlyAsyncReportRuns: 1_200,
  HourlyTimeBasedWorkflow: 1_000,
  MassEmail: 5_000,
  SingleEmail: 5_000,
};

/** `/limits`: the API budget is live, the other allocations are untouched. */
export const limits: Resource = (_request, _session, { org }) => {
  const { used, max } = org.api;
  const full = Object.entries(ALLOCATIONS).map(([name, size]) => [name, { Max: size, Remaining: size }]);
  return json(200, {
    DailyApiRequests: { Max: max, Remaining: Math.max(0, max - used) },
    ...Object.fromEntries(full),
  });
};

/** `/limits/recordCount?sObjects=Account,Contact`: names that are no object are left out. */
export const recordCount: Resource = (request, { user }, { data }) => {
  const asked = request.query.get('sObjects');
  const tables =
    asked === null ? data.tablesOf(user) : asked.split(',').map((name) => data.table(name.trim(), user));
  const sObjects = tables.flatMap((table) =>
    table ? [{ count: table.size, name: table.definition.name }] : [],
  );
  return json(200, { sObjects });
};

/** Minutes between UTC and the zone at this instant, in hours as Connect gives them. */
function gmtOffset(instant: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) + Number(match[3]) / 60);
}

/** `/connect/organization` (Connect REST API Developer Guide, "Organization"): features and the user's settings. */
export const organization: Resource = (_request, { user }, { org }) => {
  const isAdmin = user.profileName === 'System Administrator';
  return json(200, {
    accessTimeout: org.sessionTimeoutMs / 60_000,
    features: {
      activityReminderNotificationsEnabled: true,
      chatter: true,
      chatterActivity: true,
      chatterGlobalInfluence: true,
      chatterGroupRecords: true,
      chatterGroupRecordSharing: true,
      chatterMessages: true,
      chatterTopics: true,
      communitiesEnabled: false,
      dashboardComponentSnapshots: true,
      // Only single-currency orgs name their currency here.
      defaultCurrencyIsoCode: org.multiCurrency ? null : org.defaultCurrency,
      feedPolling: true,
      feedStreamEnabled: false,
      files: true,
      filesOnComments: true,
      forecastingEnabled: true,
      groupsCanFollow: false,
      ideas: false,
      liveAgentHostName: null,
      mobileNotificationsEnabled: true,
      multiCurrency: org.multiCurrency,
      offlineEditEnabled: false,
      publisherActions: true,
      storeDataOnDevicesEnabled: true,
      thanksAllowed: true,
      trendingTopics: true,
      viralInvitesAllowed: true,
      wave: false,
    },
    maintenanceInfo: [],
    name: org.companyName,
    orgId: org.orgId,
    userSettings: {
      approvalPosts: true,
      canAccessPersonalStreams: true,
      canFollow: true,
      canModifyAllData: isAdmin,
      canOwnGroups: true,
      canViewAllData: isAdmin,
      canViewAllGroups: isAdmin,
      canViewAllUsers: true,
      canViewCommunitySwitcher: false,
      canViewFullUserProfile: true,
      canViewPublicFiles: true,
      currencySymbol: currencySymbol(org.defaultCurrency),
      externalUser: false,
      hasAccessToInternalOrg: true,
      hasChatter: true,
      hasRestDataApiAccess: user.apiEnabled,
      timeZone: { gmtOffset: gmtOffset(org.clock.now(), user.timeZone), name: user.timeZone },
      userDefaultCurrencyIsoCode: org.multiCurrency ? org.defaultCurrency : null,
      userId: user.id,
      userLocale: user.locale,
    },
  });
};

function currencySymbol(currency: string): string {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  return format.formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency;
}
