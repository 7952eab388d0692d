import { expect, type Locator, type Page } from '@playwright/test';
import type { Stack } from '../stack';

/** Where a grid is: below which connection, of which object. */
export interface GridPlace {
  /** Id of the connection. */
  id: string;
  /** `accounts`, `opportunities` or `objects/<API name>`. */
  path: string;
  /** The object's plural, as the grid is called. */
  name: string;
  org: 'production' | 'uat';
}

/** A grid as its reader meets it. Rows count from 1, as the reader counts them. */
export class GridPage {
  readonly table: Locator;
  readonly cost: Locator;

  constructor(
    readonly page: Page,
    private readonly stack: Stack,
    private readonly place: GridPlace,
  ) {
    this.table = page.getByRole('grid', { name: place.name });
    this.cost = page.getByText(/^[\d,]+ API calls? · /);
  }

  /** The grid of accounts in Production, unless told otherwise. */
  static of(page: Page, stack: Stack, id: string, more: Partial<GridPlace> = {}): GridPage {
    return new GridPage(page, stack, {
      ...{ id, path: 'accounts', name: 'Accounts', org: 'production' },
      ...more,
    });
  }

  /** `query`: a grid's state as its URL holds it. */
  async open(query: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.page.goto(`/connections/${this.place.id}/${this.place.path}?${new URLSearchParams(query)}`);
    await expect(this.table).toBeVisible();
  }

  row(number: number): Locator {
    return this.table.locator(`[role="row"][aria-rowindex="${number + 1}"]`);
  }

  /** A row's name, which leads to its record. */
  name(number: number): Locator {
    return this.row(number).getByRole('rowheader');
  }

  header(label: string): Locator {
    const words = this.page.getByText(label, { exact: true });
    return this.table.getByRole('columnheader').filter({ has: words });
  }

  /** The cell of a row under a header that is in view. */
  async cell(number: number, label: string): Promise<Locator> {
    const column = await this.header(label).getAttribute('aria-colindex');
    return this.row(number).locator(`[aria-colindex="${column}"]`);
  }

  /** Labels of the columns in view, from left to right. */
  async labels(): Promise<string[]> {
    const headers = await this.table.getByRole('columnheader').all();
    const found = headers.map(async (header) => ({
      place: Number(await header.getAttribute('aria-colindex')),
      label: String(await header.locator('.truncate').first().textContent()),
    }));
    return (await Promise.all(found)).sort((a, b) => a.place - b.place).map(({ label }) => label);
  }

  /** A row is here with its values, not only its place. */
  async expectRow(number: number): Promise<void> {
    await expect(this.row(number)).toBeVisible();
    await expect(this.row(number)).not.toHaveAttribute('aria-busy', 'true');
  }

  async expectTotal(words: string): Promise<void> {
    await expect(this.page.getByText(words, { exact: true })).toBeVisible();
  }

  /** Presses keys with the focus on the grid. */
  async press(...keys: string[]): Promise<void> {
    await this.table.focus();
    // The first move of all only sets the cursor.
    if (!(await this.table.getAttribute('aria-activedescendant'))) await this.page.keyboard.press('Home');
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Goes to a row by typing its number. */
  async goTo(number: string): Promise<void> {
    await this.page.keyboard.press('Control+g');
    await this.page.getByLabel(/^Row, of/).fill(number);
    await this.page.keyboard.press('Enter');
    await expect(this.page.getByRole('dialog', { name: 'Go to' })).toHaveCount(0);
  }

  /** Chooses from a column's menu, which opens by keyboard or by its button. */
  async fromMenu(label: string, item: string): Promise<void> {
    await this.header(label).hover();
    await this.header(label).getByTitle(`Menu of ${label}`).click();
    await this.page.getByRole('menuitem', { name: item, exact: true }).click();
  }

  control(name: string | RegExp): Locator {
    return this.page.getByRole('toolbar', { name: 'Grid' }).getByRole('button', { name });
  }

  /** What Salesforce was asked since the ledger was cleared, as paths. */
  async calls(): Promise<string[]> {
    const requests = await this.stack.control.listRequests({ org: this.place.org });
    return requests.map(({ path }) => path).filter((path) => path.startsWith('/services/data'));
  }

  /** The statement behind the grid, as its reader copies it; needs the right to read the clipboard. */
  async copySoql(): Promise<string> {
    await this.control('SOQL').click();
    const dialog = this.page.getByRole('dialog', { name: 'SOQL' });
    await dialog.getByRole('button', { name: 'Copy SOQL' }).click();
    const text = await this.clipboard();
    await this.page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    return text;
  }

  async clipboard(): Promise<string> {
    return await this.page.evaluate(() => navigator.clipboard.readText());
  }
}

/** A condition as the URL holds it. */
export function filterOf(...conditions: unknown[]): string {
  return JSON.stringify(['all', ...conditions]);
}
