/** What the gateway shows in the Control UI for links to other places, and by which methods it reads them. */
export interface LinkReader {
  readonly id: string;
  readonly label: string;
  readonly icon: string;
  readonly hosts: readonly string[];
  readonly pathPattern: string;
  readonly detailMethod: string;
  readonly previewMethod?: string;
  readonly imageMethod?: string;
}

/** A kind of widget for boards. */
export interface WidgetKind {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** JSON schema of what a widget of this kind is made with. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Only who holds this scope is told of it. */
  readonly scope: string;
}

/** What a plugin brings into the gateway while it is in force. */
export interface Contributions {
  /** A plugin counts as loaded only while each of these is answered. */
  readonly methods?: readonly string[];
  readonly linkReaders?: readonly LinkReader[];
  readonly widgetKinds?: readonly WidgetKind[];
  /** Pages that clients and nodes reach through a ticket of their own. */
  readonly surfaces?: readonly string[];
}

/** Where a plugin's key stands in the configuration, and what people see of it. */
export interface Credential {
  readonly path: readonly string[];
  readonly label: string;
  readonly envVars: readonly string[];
  readonly placeholder: string;
  readonly signupUrl: string;
}

/** One plugin as it describes itself: facts, and one sentence. */
export interface Manifest {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly packageName?: string;
  readonly category?: string;
  readonly categories?: readonly string[];
  readonly kind?: readonly string[];
  /** Whether it is on while the configuration does not speak of it; absent for what is not installed. */
  readonly isOnByDefault?: boolean;
  readonly featuredOrder?: number;
  readonly channels?: readonly string[];
  readonly providers?: readonly string[];
  readonly tools?: readonly string[];
  /** What else it promises to bring, as `kind: name`. */
  readonly contracts?: readonly string[];
  readonly cliCommands?: readonly string[];
  readonly cliBackends?: readonly string[];
  readonly dangerousConfigFlags?: readonly string[];
  readonly skills?: readonly { readonly name: string; readonly description: string }[];
  readonly activityIconTools?: readonly string[];
  readonly repositoryUrl?: string;
  readonly clawhubPackage?: string;
  readonly catalogId?: string;
  readonly credentials?: readonly Credential[];
  readonly contributes?: Contributions;
}
