import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IdNumbers, marker, numberIds, sortKeys, sortText, unnumber } from "./normalise.ts";
import { FACTS } from "./testing-facts.ts";

const normalise = (value: unknown): unknown => sortKeys(numberIds(marker(FACTS)(value), new IdNumbers()));
const NOW = FACTS.startedAtMs;

describe("normalise", () => {
  test.for([
    ["/tmp/referee-0badf00d/home/.openclaw/x", "<home>/.openclaw/x"],
    ["-tmp-referee-0badf00d-home", "<home-dashed>"],
    [encodeURIComponent("/tmp/referee-0badf00d/home"), "<home-encoded>"],
    ["ws://127.0.0.1:21000", "ws://127.0.0.1:<port>"],
    ["http://127.0.0.1:21011/x", "http://127.0.0.1:<port+11>/x"],
    ["http://127.0.0.1:21020/v1", "http://127.0.0.1:<provider-port>/v1"],
    [21_000, "<port>"],
    [21_001, "<port+1>"],
    [21_020, "<provider-port>"],
    [21_002, 21_002],
    [NOW, "<epoch-ms>"],
    [NOW + 0.25, "<epoch-ms-fraction>"],
    [Math.floor(NOW / 1000), "<epoch-s>"],
    [Date.UTC(2040, 0, 1), Date.UTC(2040, 0, 1)],
    ["2026-11-20T12:00:05.123Z", "<iso>"],
    ["[Fri 2026-11-20 12:00 UTC] hello", "[<iso>] hello"],
    ["2040-01-01T00:00:00Z", "2040-01-01T00:00:00Z"],
    ["November 20, 2026", "<today>"],
    ["2026-10-22", "<today-29>"],
    ["from 2026-11-19 on", "from <today-1> on"],
    ["2026-01-31", "2026-01-31"],
    ["at 12:00:07 it was", "at <clock> it was"],
    ["at 12:01 PM", "at <clock>"],
    ["03:00 every day", "03:00 every day"],
    ["at 12:01 AM", "at 12:01 AM"],
    ["2026-13-45T99:99", "2026-13-45T99:99"],
    ["t=2000000000001", "t=2000000000001"],
    ["6f9619ff-8b86-d011-b42d-00c04fc964ff", "<uuid:1>"],
    ["pairing required (requestId: 6f9619ff-8b86-d011-b4", "pairing required (requestId: <cut>"],
    ["sha256:0123456789abcdef0123", "<sha256:1>"],
    ["0123456789abcdef", "<hex:1>"],
    ["1234567890123456", "1234567890123456"],
    ["ClBkRdHL3sKjC3niiRbEUgdD6_gZHYFTBSGRMshToWg", "<opaque:1>"],
    ["ClBkRdHLksKjCsniiRbEUgdDzSgZHYFTBSGRMshToWgQ", "<opaque:1>"],
    ["controlUiSessionPullRequestsChecksOfTheBranch", "controlUiSessionPullRequestsChecksOfTheBranch"],
    [`t=${NOW}`, "t=<epoch-ms>"],
    [FACTS.devices["device:alice"], "<device:alice>"],
    ["referee-shared-token-0123456789", "<token>"],
  ] as const)("%j becomes %j", ([value, wanted]) => {
    expect(normalise(value)).toEqual(wanted);
  });

  test("the same id has one name, wherever it stands, and keys are sorted", () => {
    const id = "6f9619ff-8b86-d011-b42d-00c04fc964ff";
    const other = "7f9619ff-8b86-d011-b42d-00c04fc964ff";
    const normal = normalise({ z: other, a: id, m: [`run ${id.toUpperCase()}`], [id]: 1 });
    expect(JSON.stringify(normal)).toBe('{"<uuid:1>":1,"a":"<uuid:1>","m":["run <uuid:1>"],"z":"<uuid:2>"}');
  });

  test("a HOME right below the root has no folder of its own to hide", () => {
    expect(marker({ ...FACTS, home: "/home" })("/home/someone and /other")).toBe("<home>/someone and /other");
  });

  test("without a HOME, nothing is taken for it", () => {
    expect(marker({ ...FACTS, home: undefined })("/tmp/referee-0badf00d/home")).toBe(
      "/tmp/referee-0badf00d/home",
    );
  });

  test("doing it twice changes nothing more", () => {
    const word = fc.constantFrom(
      "6f9619ff-8b86-d011-b42d-00c04fc964ff",
      "0123456789abcdef01",
      "2026-11-20T12:00:01Z",
      "12:00:03",
      FACTS.home ?? "",
      "plain",
    );
    const text = fc.array(fc.oneof(word, fc.string()), { maxLength: 4 }).map((parts) => parts.join(" "));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: "small" },
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("tree")),
        fc.dictionary(fc.string(), tie("tree")),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const once = normalise(value);
        expect(normalise(once)).toEqual(once);
      }),
    );
  });

  test("sorting does not look at ids, numbered or not", () => {
    expect(sortText("<uuid:2>")).toBe(sortText(unnumber("<uuid:9>")));
    expect(numberIds(unnumber(["<uuid:7>", "<uuid:3>", "<uuid:7>"]), new IdNumbers())).toEqual([
      "<uuid:1>",
      "<uuid:2>",
      "<uuid:1>",
    ]);
  });
});
