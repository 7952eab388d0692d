/** The part of oidc-provider that the tests use; its own types are a package of many others. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface ProviderContext {
    body: unknown;
    oidc: {
      route?: string;
      params?: Record<string, unknown>;
      client: { clientId: string };
      session: { accountId: string; grantIdFor: (clientId: string) => string | undefined };
      provider: Provider;
    };
  }

  interface Grant {
    addOIDCScope: (scope: string) => void;
    save: () => Promise<string>;
  }

  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    Grant: {
      new (facts: { clientId: string; accountId: string }): Grant;
      find: (id: string) => Promise<Grant | undefined>;
    };
    use: (middleware: (ctx: ProviderContext, next: () => Promise<void>) => Promise<void>) => void;
    callback: () => (request: IncomingMessage, response: ServerResponse) => void;
    interactionFinished: (
      request: IncomingMessage,
      response: ServerResponse,
      result: Record<string, unknown>,
      options?: { mergeWithLastSubmission?: boolean },
    ) => Promise<void>;
  }
}
