import type { NamedQuery } from '@/lib/broker/types';

/** A named query as it is called: ready-made, or as administrators wrote it. */
export interface CallableQuery
  extends Pick<NamedQuery, 'name' | 'description' | 'soql' | 'parameters' | 'enabled'> {
  /**
   * `ready_made`: as Orgdock brings it; `changed`: a ready-made one in administrators' own version; `own`: theirs alone.
   */
  origin: 'ready_made' | 'changed' | 'own';
  /** Null of a ready-made one. */
  updatedAt: string | null;
  updatedBy: string | null;
}

/** What a form says of a query. */
export type QueryForm = Pick<NamedQuery, 'name' | 'description' | 'soql' | 'parameters'>;

/** Something wrong in a SOQL text, and where: the character's place in it, from 0. */
export interface SoqlFault {
  at: number;
  message: string;
}

/** What is known of a SOQL text while it is written. */
export interface SoqlInspection {
  /** Null: it can be run. */
  fault: SoqlFault | null;
  /** Names behind a colon, in their order. */
  parameters: string[];
  /** What it reads, with every condition in brackets; fields of parents as they are written. */
  reads: { sobject: string; fields: string[] }[];
}

/** Names that are said of each call, so no parameter may have them. */
export const RESERVED_PARAMETERS = ['connection', 'environment', 'format', 'defuse'] as const;
