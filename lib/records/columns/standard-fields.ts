/** Fields that every org has, by object: who does not see one may not. Object Reference for the Salesforce Platform. */
const STANDARD: Readonly<Record<string, ReadonlySet<string>>> = {
  Account: new Set(
    `Name Type ParentId BillingStreet BillingCity BillingState BillingPostalCode BillingCountry BillingAddress
     ShippingStreet ShippingCity ShippingState ShippingPostalCode ShippingCountry ShippingAddress Phone Fax
     AccountNumber Website PhotoUrl Sic Industry AnnualRevenue NumberOfEmployees Ownership TickerSymbol Description
     Rating Site OwnerId CreatedDate CreatedById LastModifiedDate LastModifiedById SystemModstamp LastActivityDate
     LastViewedDate LastReferencedDate Jigsaw AccountSource SicDesc`.split(/\s+/),
  ),
  Opportunity: new Set(
    `AccountId IsPrivate Name Description StageName Amount Probability ExpectedRevenue TotalOpportunityQuantity
     CloseDate Type NextStep LeadSource IsClosed IsWon ForecastCategory ForecastCategoryName CampaignId
     HasOpportunityLineItem Pricebook2Id OwnerId CreatedDate CreatedById LastModifiedDate LastModifiedById
     SystemModstamp LastActivityDate FiscalQuarter FiscalYear Fiscal LastViewedDate LastReferencedDate
     HasOpenActivity HasOverdueTask`.split(/\s+/),
  ),
};

/** The API version with which a standard field came, where that is not long ago. */
const SINCE: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  Opportunity: {
    LastAmountChangedHistoryId: 50,
    LastCloseDateChangedHistoryId: 50,
    LastStageChangeDate: 52,
    PushCount: 53,
  },
};

/** Whether every org has this field. */
export function isStandardField(sobject: string, field: string): boolean {
  return STANDARD[sobject]?.has(field) ?? false;
}

/** The version that a standard field needs, such as `53.0`, when the given one is older; else null. */
export function newerVersionOf(sobject: string, field: string, apiVersion: string): string | null {
  const since = SINCE[sobject]?.[field];
  return since !== undefined && Number(apiVersion) < since ? `${since}.0` : null;
}

/** Whether a standard field is known to exist in the given version. */
export function isInVersion(sobject: string, field: string, apiVersion: string): boolean {
  const since = SINCE[sobject]?.[field];
  return since !== undefined && Number(apiVersion) >= since;
}
