import { expect, type Locator, type Page } from '@playwright/test';

type Scope = { environment: string } | { person: string } | 'everything';

/** The breach button, from the list of all connections to the signed report. */
export class BreachPage {
  constructor(private readonly page: Page) {}

  /** Goes to what would happen. */
  async choose(scope: Scope): Promise<void> {
    await this.page.goto('/admin/connections');
    await this.page.getByRole('link', { name: 'Tokens may have leaked' }).click();
    await expect(this.page.getByRole('heading', { name: 'Breach', exact: true })).toBeVisible();
    if (scope === 'everything') await this.submit('Everything');
    else if ('environment' in scope) {
      await this.page.getByLabel('Environment', { exact: true }).selectOption({ label: scope.environment });
      await this.submit('One environment');
    } else {
      await this.page.getByLabel('Person', { exact: true }).fill(scope.person);
      await this.submit('One person');
    }
  }

  get preview(): Locator {
    return this.page.locator('section').filter({ hasText: 'What will happen' });
  }

  get grants(): Locator {
    return this.page.getByRole('table', { name: 'Grants of this breach' }).locator('tbody tr');
  }

  async fill(values: { reason: string; backupDays?: string; confirmation: string }): Promise<void> {
    await this.page.getByLabel('What happened').fill(values.reason);
    await this.page.getByLabel(/^Days that backups/).fill(values.backupDays ?? '');
    await this.page.getByLabel(/to confirm$/).fill(values.confirmation);
  }

  async press(): Promise<void> {
    await this.page.getByRole('button', { name: 'Revoke at every org' }).click();
  }

  /** The file that the browser gets. */
  async export(): Promise<string> {
    const download = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: 'Export signed report' }).click();
    return await (await download).path();
  }

  private async submit(name: string): Promise<void> {
    const form = this.page.getByRole('form', { name, exact: true });
    await form.getByRole('button', { name: /^See what will happen/ }).click();
  }
}
