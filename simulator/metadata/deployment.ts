import type { ComponentTypeName } from '@/simulator/metadata/component-types';

/** A component as the archive has it: its elements' text, and the line of each. */
export interface Component {
  readonly type: ComponentTypeName;
  readonly name: string;
  readonly fileName: string;
  readonly values: Readonly<Record<string, string>>;
  readonly lines: Readonly<Record<string, number>>;
}

/** What is wrong with a component, in Salesforce's words. */
export interface ComponentFailure {
  readonly type: string;
  readonly name: string;
  readonly fileName: string;
  readonly line: number | null;
  readonly problem: string;
}

/** What an archive holds, and what is wrong with it. */
export interface PackageContent {
  readonly components: readonly Component[];
  readonly failures: readonly ComponentFailure[];
}

export type DeployStatus = 'Pending' | 'InProgress' | 'Succeeded' | 'Failed' | 'Canceling' | 'Canceled';

/** One deployRequest of an org. */
export interface Deployment extends PackageContent {
  /** 18-character id, prefix 0Af. */
  readonly id: string;
  readonly checkOnly: boolean;
  readonly ignoreWarnings: boolean;
  readonly createdById: string;
  /** Simulated time, milliseconds since the epoch. */
  readonly createdAt: number;
  status: DeployStatus;
  completedAt: number | null;
  /** Developer names of the apps that it made new. */
  created: readonly string[];
}

/** Something that Salesforce may well do and the simulator does not: answered with 501. */
export class BeyondSimulator extends Error {}
