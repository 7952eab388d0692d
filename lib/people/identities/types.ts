/** One of the ways in which a person can show who they are. */
export interface OwnIdentity {
  id: string;
  /** `salesforce:<org id>`, or the issuer of an identity provider. */
  issuer: string;
  username: string;
  /** ISO instant. */
  createdAt: string;
}
