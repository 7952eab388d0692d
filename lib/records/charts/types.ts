import type { FilterCondition, ReadCost } from '@/lib/records/types';

/** How a chart is drawn: bars beside names, columns along time, or a line along time. */
export type ChartShape = 'bars' | 'columns' | 'line';

/** A chart that an object offers. */
export interface ChartChoice {
  id: string;
  title: string;
  /** Why it cannot be drawn for this reader, as a sentence; null: it can. */
  why: string | null;
}

export interface ChartMeasure {
  name: string;
  label: string;
  /** `percent`: 75 is 75 %. */
  kind: 'number' | 'currency' | 'percent';
  scale: number;
}

/** Measures that are drawn upon each other in one picture. */
export interface ChartPicture {
  label: string;
  measures: string[];
}

export interface ChartGroup {
  label: string;
  /** In the order of the chart's measures; null: nothing to measure. */
  values: Array<number | null>;
  /** What the grid's filter needs to show just these rows; null: no filter can say it. */
  conditions: FilterCondition[] | null;
}

/** A chart with what Salesforce counted. Everything that is drawn is in `groups`, which is its table, too. */
export interface Chart extends ReadCost {
  id: string;
  title: string;
  shape: ChartShape;
  /** What a group is, such as `Stage`. */
  groupLabel: string;
  measures: ChartMeasure[];
  /** The first is drawn first; the reader can change to another. */
  pictures: ChartPicture[];
  groups: ChartGroup[];
  /** ISO 4217 code of the amounts; null: not known. */
  currency: string | null;
  /** Salesforce converted amounts of several currencies into the corporate one. */
  converted: boolean;
  notices: string[];
  /** The statement as sent to Salesforce. */
  soql: string;
}

export interface ChartChoices extends ReadCost {
  charts: ChartChoice[];
}
