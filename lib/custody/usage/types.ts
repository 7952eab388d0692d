import type { EnvironmentSummary, ReadingHours } from '@/lib/environments/types';

/** What an alert was raised for, as it was then. Instants are ISO. */
export type AlertFacts =
  | {
      kind: 'unusual_reading';
      /** Of the hour, up to when it was raised. */
      rows: number;
      /** Of the hours of the 30 days before in which rows were read; 0: none was. */
      median: number;
      /** The beginning of the hour. */
      hour: string;
    }
  | { kind: 'outside_hours'; rows: number; at: string; hours: ReadingHours };

/** Reading that was out of the ordinary, and whether an administrator has seen to it. */
export interface Alert {
  id: string;
  connectionId: string;
  environment: EnvironmentSummary;
  /** The person, or the name of the service connection. */
  holder: string;
  username: string;
  /** Name of who was reading; null: the portal itself, or nobody knows any more. */
  reader: string | null;
  facts: AlertFacts;
  /** ISO instant. */
  raisedAt: string;
  settled: { at: string; by: string | null; note: string } | null;
}

/** Rows that were read on one day. */
export interface UsageDay {
  /** `2026-03-29`, in the viewer's time zone. */
  day: string;
  rows: number;
}
