import { type FieldDefinition, field, lookup } from '@/simulator/data/schema';

/** Created and modified, as every object has them. */
export const AUDIT_FIELDS: readonly FieldDefinition[] = [
  field('CreatedDate', 'Created Date', 'datetime', 0, 'afsd'),
  lookup('CreatedById', 'Created By ID', 'User', 'CreatedBy', 'afsgd'),
  field('LastModifiedDate', 'Last Modified Date', 'datetime', 0, 'afsd'),
  lookup('LastModifiedById', 'Last Modified By ID', 'User', 'LastModifiedBy', 'afsgd'),
  field('SystemModstamp', 'System Modstamp', 'datetime', 0, 'afsd'),
];

export const LAST_ACTIVITY = field('LastActivityDate', 'Last Activity', 'date', 0, 'afsng');

export const LAST_SEEN: readonly FieldDefinition[] = [
  field('LastViewedDate', 'Last Viewed Date', 'datetime', 0, 'afsn'),
  field('LastReferencedDate', 'Last Referenced Date', 'datetime', 0, 'afsn'),
];

export const OWNER = lookup('OwnerId', 'Owner ID', 'User', 'Owner', 'afscugd');
export const IS_DELETED = field('IsDeleted', 'Deleted', 'boolean', 0, 'fsgd');

const GEOCODE_ACCURACY = [
  'Address',
  'NearAddress',
  'Block',
  'Street',
  'ExtendedZip',
  'Zip',
  'Neighborhood',
  'City',
  'County',
  'State',
  'Unknown',
] as const;

/** The nine fields of an address and the compound over them (`BillingAddress`). */
export function addressFields(prefix: string): FieldDefinition[] {
  const compound = `${prefix}Address`;
  const text = (part: string, label: string, length: number) =>
    field(`${prefix}${part}`, `${prefix} ${label}`, 'string', length, 'afscungp', { compound });
  const degrees = (part: string) =>
    field(`${prefix}${part}`, `${prefix} ${part}`, 'double', [18, 15], 'afscunp', { compound });
  return [
    field(`${prefix}Street`, `${prefix} Street`, 'textarea', 255, 'afscungp', { compound }),
    text('City', 'City', 40),
    text('State', 'State/Province', 80),
    text('PostalCode', 'Zip/Postal Code', 20),
    text('Country', 'Country', 80),
    degrees('Latitude'),
    degrees('Longitude'),
    field(`${prefix}GeocodeAccuracy`, `${prefix} Geocode Accuracy`, 'picklist', 40, 'afscungpr', {
      picklist: GEOCODE_ACCURACY,
      compound,
    }),
    field(compound, `${prefix} Address`, 'address', 0, 'npq'),
  ];
}

/** `CurrencyIsoCode`: only orgs with multiple currencies have it. */
export function currencyField(
  label: string,
  currencies: readonly string[],
  corporate: string,
): FieldDefinition {
  return field('CurrencyIsoCode', label, 'picklist', 3, 'afscungrd', {
    picklist: currencies.map((code) => [code, CURRENCY_LABELS[code] ?? code] as const),
    defaultPick: corporate,
  });
}

const CURRENCY_LABELS: Readonly<Record<string, string>> = {
  USD: 'U.S. Dollar',
  EUR: 'Euro',
  GBP: 'British Pound',
  CHF: 'Swiss Franc',
  JPY: 'Japanese Yen',
};

export const CLEAN_STATUS = field('CleanStatus', 'Clean Status', 'picklist', 40, 'afscungpr', {
  picklist: [
    ['Matched', 'In Sync'],
    'Different',
    ['Acknowledged', 'Reviewed'],
    ['NotFound', 'Not Found'],
    'Inactive',
    ['Pending', 'Not Compared'],
    ['SelectMatch', 'Select Match'],
    'Skipped',
  ],
});

export const LEAD_SOURCES = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'] as const;
