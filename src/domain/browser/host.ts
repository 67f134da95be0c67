/** A page of a browser that runs. */
export interface BrowserTab {
  readonly id: string;
  readonly title: string;
  readonly url: string;
}

/** A browser that was started here. */
export interface RunningBrowser {
  readonly pid: number;
  readonly executable: string;
  readonly isAlive: boolean;
  tabs(): Promise<readonly BrowserTab[]>;
  open(url: string): Promise<BrowserTab>;
  focus(tabId: string): Promise<void>;
  close(tabId: string): Promise<void>;
  navigate(tabId: string, url: string): Promise<void>;
  /** A picture of what the page shows, as PNG. */
  screenshot(tabId: string): Promise<Buffer>;
  stop(): Promise<void>;
}

export interface LaunchOptions {
  readonly executable: string;
  readonly port: number;
  readonly userDataDir: string;
  readonly isHeadless: boolean;
  readonly isUnsandboxed: boolean;
  readonly extraArgs: readonly string[];
}

/** What a machine offers of browsers. */
export interface BrowserHost {
  /** The first browser that is installed where browsers usually are. */
  detect(): Promise<{ readonly kind: string; readonly executable: string } | undefined>;
  /** Rejects, saying why, when it does not come up in its time. */
  launch(options: LaunchOptions): Promise<RunningBrowser>;
}
