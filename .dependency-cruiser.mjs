/**
 * Who may import whom. Each rule is one arrow of ARCHITECTURE.md turned round: what is not allowed, and why.
 * Imports of types count as imports: a type that crosses a border is a coupling too.
 */

import { createRequire } from "node:module";

// swc parses `using` declarations, but its visitor does not know them yet; without this a file that uses one
// (every test does) ends the run.
const swcVisitor = createRequire(import.meta.url)("@swc/core/Visitor.js");
const { prototype: visitor } = swcVisitor.Visitor ?? swcVisitor.default;
const { visitStatement } = visitor;
visitor.visitStatement = function (statement) {
  if (statement.type !== "UsingDeclaration") return visitStatement.call(this, statement);
  return { ...statement, decls: this.visitVariableDeclarators(statement.decls) };
};

const TESTS = "[.](test|property[.]test|bench)[.]ts$";
const SUITES = "-suite[.]ts$";
/** Product code: everything in `from` that is neither a test nor a contract suite nor the test kit. */
const product = (from) => ({ path: from, pathNot: [TESTS, SUITES, "^src/testing/"] });

/** Files of a folder of `src` may import these places (and their own folder); everything else of ours is refused. */
const layer = (name, from, allowed, why) => ({
  name,
  severity: "error",
  comment: why,
  from: product(from),
  to: { path: "^(src|schemas|harness|bench|corpus|scorecard|tools)/", pathNot: allowed },
});

/** A package that exactly one place may know. */
const only = (name, packages, where, why) => ({
  name,
  severity: "error",
  comment: why,
  from: { path: "^(src|schemas)/", pathNot: [TESTS, SUITES, "^src/testing/", ...where] },
  to: { path: `(^|/)node_modules/(@types/)?(${packages})(/|$)` },
});

export default {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      comment:
        "Two files that need each other are one file, or lack a third. (A circle of types alone is erased.)",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-unresolved",
      severity: "error",
      comment: "An import that resolves to nothing starts no gateway.",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "contract-is-a-leaf",
      severity: "error",
      comment:
        "schemas/ is shared by player and referee: it may import TypeBox and itself, nothing else of ours.",
      from: { path: "^schemas/", pathNot: TESTS },
      to: { pathNot: ["^schemas/", "node_modules/@sinclair/typebox"] },
    },
    {
      name: "referee-never-player",
      severity: "error",
      comment: "A score means something only because the referee shares no code with what it scores.",
      // bench/parts.ts measures single parts of the player, and says nothing about the reference.
      from: { path: "^(harness|bench|corpus|scorecard)/", pathNot: "^bench/parts[.]ts$" },
      to: { path: "^src/" },
    },
    {
      name: "player-never-referee",
      severity: "error",
      comment: "The player must not know how it is judged.",
      from: { path: "^src/" },
      to: { path: "^(harness|bench|corpus|scorecard|tools)/" },
    },
    {
      name: "product-never-testing",
      severity: "error",
      comment: "src/testing is for tests and port suites; what ships may not depend on a fake.",
      from: product("^(src|schemas|harness)/"),
      to: { path: "^src/testing/" },
    },
    {
      name: "no-test-imports",
      severity: "error",
      comment:
        "A test is a leaf: what two tests share belongs in src/testing or beside them under its own name.",
      from: {},
      to: { path: TESTS },
    },
    {
      name: "only-composition-imports-main",
      severity: "error",
      comment: "main.ts knows everything, so whoever imports it does as well: the CLI and the test kit only.",
      from: { path: "^src/", pathNot: ["^src/cli/", "^src/front/", "^src/testing/", TESTS] },
      to: { path: "^src/(main[.]ts$|cli/)" },
    },

    layer(
      "platform-is-a-leaf",
      "^src/platform/",
      ["^src/platform/", "^src/errors/", "^schemas/errors[.]ts$", "^schemas/policy[.]ts$"],
      "The clock, ids, log and files know nothing of the gateway, so that everything may stand on them.",
    ),
    layer(
      "errors-are-a-leaf",
      "^src/errors/",
      ["^src/errors/", "^schemas/errors[.]ts$"],
      "ProtocolError and assert are used everywhere, so they may use nothing.",
    ),
    layer(
      "frames-know-the-contract-only",
      "^src/frames/",
      ["^src/frames/", "^schemas/"],
      "Decoding is total functions without I/O: text in, tagged union out.",
    ),
    layer(
      "transport-and-connection",
      "^src/(transport|connection)/",
      [
        "^src/(transport|connection|frames|auth|dispatch|events|errors|platform)/",
        "^src/methods/(method|deps)[.]ts$",
        "^schemas/",
      ],
      "Sockets carry frames; what a method or a noun does is none of their business.",
    ),
    layer(
      "http-api-asks-the-domain",
      "^src/http-api/",
      [
        "^src/http-api/",
        "^src/transport/exchange[.]ts$",
        "^src/(auth|errors|platform)/",
        "^src/domain/[^/]+/index[.]ts$",
        "^schemas/",
      ],
      "A request of the HTTP API is an exchange; how its bytes travel is the transport's business.",
    ),
    layer(
      "auth-knows-devices-through-its-port",
      "^src/auth/",
      [
        "^src/auth/",
        "^src/(errors|platform)/",
        "^src/domain/[^/]+/index[.]ts$",
        "^src/domain/events[.]ts$",
        "^schemas/",
      ],
      "Whether a peer may enter depends on nouns (devices, nodes, config), never on sockets or SQL.",
    ),
    layer(
      "dispatch-is-handed-its-methods",
      "^src/dispatch/",
      [
        "^src/dispatch/",
        "^src/(auth|errors|platform)/",
        "^src/methods/(method|deps)[.]ts$",
        "^src/domain/[^/]+/index[.]ts$",
        "^schemas/",
      ],
      "main.ts hands it the registry, so that no method is loaded before it is called.",
    ),
    layer(
      "events-fan-out",
      "^src/events/",
      ["^src/events/", "^src/(frames|auth|errors|platform)/", "^src/domain/events[.]ts$", "^schemas/"],
      "The bus knows audiences and frames; what happened is the domain's word.",
    ),
    layer(
      "handlers-know-no-wire-and-no-sql",
      "^src/methods/",
      ["^src/methods/", "^src/(domain|errors)/", "^src/platform/", "^schemas/"],
      "Checked params in, checked result out: a handler that sees a socket or a row cannot be moved.",
    ),
    {
      name: "handlers-do-not-call-each-other",
      severity: "error",
      comment: "What two topics share is domain work; calling a sibling handler skips its scope check.",
      from: product("^src/methods/([^/]+)/"),
      to: {
        path: "^src/methods/",
        // Beside the families stands what every handler may use: the shape of a method, and what params have in common.
        pathNot: ["^src/methods/$1/", "^src/methods/(method|deps|target|ignored)[.]ts$"],
      },
    },
    {
      name: "only-main-loads-the-registry",
      severity: "error",
      comment: "The registry is the one list of every topic: for main.ts and the files it is composed of.",
      from: { path: "^(src|schemas)/", pathNot: ["^src/[^/]+[.]ts$", "^src/testing/", TESTS] },
      to: { path: "^src/methods/registry[.]gen[.]ts$" },
    },
    layer(
      "domain-knows-no-technology",
      "^src/domain/",
      ["^src/domain/", "^src/(errors|platform)/", "^schemas/"],
      "Ports are declared here and implemented in store and adapters, never the other way round.",
    ),
    {
      name: "nouns-meet-at-their-index",
      severity: "error",
      comment: "Another noun only through its index.ts: its inside may change without asking.",
      from: product("^src/domain/([^/]+)/"),
      to: { path: "^src/domain/[^/]+/", pathNot: ["^src/domain/$1/", "^src/domain/[^/]+/index[.]ts$"] },
    },
    layer(
      "store-implements-ports",
      "^src/store/",
      ["^src/store/", "^src/(domain|errors|platform)/", "^schemas/"],
      "One repository per noun, behind the noun's own port.",
    ),
    layer(
      "adapters-implement-ports",
      "^src/adapters/",
      ["^src/adapters/", "^src/(domain|errors|platform)/", "^schemas/"],
      "An adapter knows its SDK and its port; nothing in the gateway is its business.",
    ),
    {
      name: "adapters-never-siblings",
      severity: "error",
      comment: "Each network, vendor and tool can be removed by deleting its folder.",
      from: product("^src/adapters/([^/]+)/([^/]+)/"),
      to: { path: "^src/adapters/[^/]+/[^/]+/", pathNot: "^src/adapters/$1/$2/" },
    },

    only(
      "sockets-in-transport",
      "ws|fastify|@fastify/[^/]+",
      ["^src/transport/", "^src/cli/", "^src/front/"],
      "The rest of the gateway speaks of connections and frames. The CLI and the front are clients themselves.",
    ),
    only("sql-in-store", "better-sqlite3", ["^src/store/"], "SQL stands behind one port per noun."),
    only(
      "sdk-in-its-adapter",
      "openai|grammy|@grammyjs/[^/]+|discord[.]js|@discordjs/[^/]+",
      ["^src/adapters/"],
      "SDK types stop at the adapter's border, so that a vendor's release breaks one folder.",
    ),
    only(
      "human-typed-schemas",
      "zod|json5|yaml",
      ["^src/domain/config/", "^src/adapters/", "^src/cli/", "^src/front/"],
      "zod is for what people type; the wire is TypeBox, and two schema languages on one border drift.",
    ),
    only("arguments-in-cli", "commander", ["^src/cli/"], "Only a command line has arguments."),
    {
      name: "test-tools-in-tests",
      severity: "error",
      comment: "A test library in product code ships with the package.",
      from: product("^(src|schemas|harness)/"),
      to: { path: "node_modules/(vitest|fast-check)(/|$)" },
    },
    {
      name: "no-dev-dependency-in-the-player",
      severity: "error",
      comment:
        "What ships must run with `dependencies` alone; types are gone by then. (The referee is bundled.)",
      from: product("^(src|schemas)/"),
      to: {
        dependencyTypes: ["npm-dev"],
        dependencyTypesNot: ["npm", "type-only"],
        pathNot: "node_modules/@types/",
      },
    },
    {
      name: "no-undeclared-package",
      severity: "error",
      comment: "A package that is only there because another one brought it disappears without notice.",
      from: { path: "^(src|schemas|harness|bench|tools)/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "undetermined"] },
    },
  ],
  required: [
    {
      name: "handler-imports-its-contract",
      comment: "src/methods/<family>/<topic>.ts answers schemas/methods/<family>/<topic>.ts and says so.",
      module: { path: "^src/methods/([^/]+)/([^/]+)[.]ts$", pathNot: [TESTS, "[.]gen[.]ts$"] },
      to: { path: "^schemas/methods/$1/$2[.]ts$" },
    },
  ],
  options: {
    // TypeScript 7 has no JavaScript API, so the files are parsed by swc, which keeps type-only imports.
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|coverage|[.]cache)/" },
    builtInModules: { add: ["node:sqlite", "node:test", "node:sea"] },
    enhancedResolveOptions: {
      extensions: [".ts", ".mjs", ".js", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
