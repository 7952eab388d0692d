/** What becomes of one environment of a file. `needs_secret`: it is left out until its secret is entered. */
export type PlanKind = 'create' | 'change' | 'unchanged' | 'needs_secret' | 'refused';

/** One field as it is and as it would be, in words for people; null: there is nothing. */
export interface PlannedChange {
  field: string;
  before: string | null;
  after: string | null;
}

export interface PlanItem {
  slug: string;
  name: string;
  kind: PlanKind;
  isProduction: boolean;
  changes: PlannedChange[];
  /** A consumer secret can be entered with it: never what it is. */
  asksSecret: boolean;
  /** Whole sentences: why it is refused, what to be careful about, what else to know. */
  reasons: string[];
  warnings: string[];
  notes: string[];
}

export interface ImportPlan {
  items: PlanItem[];
  /** Stands for the file and for what it was compared with; to be handed back with the confirmation. */
  seen: string;
}

/** What an import has done, by slug. */
export interface ImportResult {
  created: string[];
  changed: string[];
  unchanged: string[];
  leftOut: string[];
}

/** Consumer secrets by slug, as they were entered or read from variables. */
export type OfferedSecrets = Readonly<Record<string, string>>;
