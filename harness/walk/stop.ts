import type { Page } from "playwright-core";
import { until } from "../launch/bounded.ts";
import type { Gateway } from "../launch/gateway.ts";
import { settle } from "./look.ts";
import type { Witness } from "./witness.ts";

/** A place or a deed of the walk, after which the page is looked at. */
export interface Stop {
  readonly name: string;
  /** Throws when the page does not let one do it. */
  reach(tour: Tour): Promise<void>;
}

/** Something one does, after which the page is let settle. */
export const deed = (name: string, reach: (tour: Tour) => Promise<void>): Stop => ({
  name,
  async reach(tour) {
    await reach(tour);
    await tour.settled();
  },
});

const PATIENCE_MS = 30_000;
const POLL_MS = 100;

/** Somebody at a browser, walking through the Control UI of one gateway. */
export class Tour {
  readonly page: Page;
  readonly gateway: Gateway;
  readonly #witness: Witness;

  constructor(page: Page, gateway: Gateway, witness: Witness) {
    this.page = page;
    this.gateway = gateway;
    this.#witness = witness;
    page.setDefaultTimeout(PATIENCE_MS);
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`${this.gateway.httpUrl}${path}`);
    await this.settled();
  }

  /** The first visit brings the secret along, as the link that a gateway prints does. */
  async enter(): Promise<void> {
    await this.page.goto(`${this.gateway.httpUrl}/#token=${encodeURIComponent(this.gateway.token)}`);
    await this.composer().waitFor();
    await this.settled();
  }

  settled(): Promise<void> {
    return settle(this.page, this.#witness);
  }

  composer(): ReturnType<Page["locator"]> {
    return this.page.locator("textarea:visible").last();
  }

  async say(message: string): Promise<void> {
    await this.composer().fill(message);
    await this.composer().press("Enter");
  }

  async sees(text: string): Promise<void> {
    await this.page.getByText(text, { exact: true }).first().waitFor();
  }

  /** The dialog that asks whether one means it is the last thing that was put on the page. */
  async confirm(name: string): Promise<void> {
    await this.page.getByRole("button", { name, exact: true }).last().click();
  }

  /** Some pages save by themselves, a while after a change. */
  async answered(method: RegExp): Promise<void> {
    const isAnswered = await until(() => this.#witness.hasAnswered(method), PATIENCE_MS, POLL_MS);
    if (!isAnswered) throw new Error(`the page did not ask for ${method.source}`);
  }

  async click(role: "button" | "menuitem" | "link" | "tab" | "switch", name: string | RegExp): Promise<void> {
    await this.page.getByRole(role, { name }).first().click();
  }
}
