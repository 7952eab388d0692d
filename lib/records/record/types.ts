import type { GridColumn, MissingColumn, ReadCost } from '@/lib/records/types';

/** A field of a record with its value; an empty one is null. */
export interface RecordField {
  column: GridColumn;
  value: unknown;
}

export interface RecordSection {
  title: string;
  fields: RecordField[];
}

/** Child records of a record, which are read when somebody asks for them. */
export interface RelatedList {
  /** Such as `Contacts`. */
  relationship: string;
  label: string;
  /** API name of the children. */
  sobject: string;
  /** Their field that points to the record. */
  field: string;
}

/** A record as one reader sees it. JSON-safe. */
export interface RecordView extends ReadCost {
  connectionId: string;
  /** 18 characters. */
  id: string;
  sobject: string;
  /** Of the object. */
  label: string;
  /** What the record is called; its id when it has no name. */
  title: string;
  sections: RecordSection[];
  missing: MissingColumn[];
  related: RelatedList[];
  /** As Salesforce answered. */
  raw: Record<string, unknown>;
  /** Origin of the org. */
  instanceUrl: string;
  /** The record in Salesforce's own interface, for who is signed in there. */
  salesforceUrl: string;
  /** Whether Orgdock can open it so that nobody has to sign in there. */
  opensSignedIn: boolean;
  locale: string;
  timeZone: string;
  /** ISO 4217 code of its amounts; null: unknown. */
  currency: string | null;
}
