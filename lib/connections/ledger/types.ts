/** Salesforce's own number: "Each connected app allows five unique approvals per user" (Help, article 000205876). */
export const GRANTS_PER_USER_AND_APP = 5;

/** A consent that would make Salesforce end an older grant of the same user and app. */
export interface EvictionWarning {
  environmentId: string;
  /** The Salesforce user as people know them, such as `Ada Lovelace`. */
  userName: string;
  username: string;
  orgName: string;
  /** How many Orgdock knows of; there may be others that it does not. */
  liveGrants: number;
  /** The one that ends. */
  oldest: {
    /** In words for who reads them, such as `you` or `another person of this portal`. */
    holder: string;
    environmentName: string;
    /** ISO instant of its consent. */
    since: string;
  };
}
