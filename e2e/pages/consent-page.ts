import type { Page } from '@playwright/test';

/** Salesforce's own pages, as the simulator shows them. */
export class ConsentPage {
  constructor(
    private readonly page: Page,
    /** Where the pages lead back to. */
    private readonly portal: string,
  ) {}

  /** Logs in, allows if asked, and comes back to the portal. */
  async logInAndAllow(username: string, password: string): Promise<void> {
    const login = this.page.getByLabel('Username');
    const allow = this.page.getByRole('button', { name: 'Allow' });
    await login.or(allow).waitFor();
    if (await login.isVisible()) {
      await this.logIn(username, password);
      // An approval that Salesforce remembers leads straight back.
      await Promise.race([allow.waitFor(), this.untilBack()]);
    }
    if (!this.isBack()) await allow.click();
    await this.untilBack();
  }

  async logIn(username: string, password: string): Promise<void> {
    await this.page.getByLabel('Username').fill(username);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Log In' }).click();
  }

  async deny(): Promise<void> {
    await this.page.getByRole('button', { name: 'Deny' }).click();
    await this.untilBack();
  }

  private isBack(): boolean {
    return new URL(this.page.url()).origin === this.portal;
  }

  private untilBack(): Promise<void> {
    return this.page.waitForURL((url) => url.origin === this.portal);
  }
}
