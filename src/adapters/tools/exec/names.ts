const FIRST =
  "amber brisk calm clear cool crisp dawn delta ember fast fresh gentle glow good keen kind lucky mellow mild neat nimble nova plain quick quiet rapid sharp swift tidal tide warm young";
const SECOND =
  "atlas bay bison breeze brook canyon cedar claw cloud comet coral cove crest dune ember falcon fjord glade harbor kelp lagoon meadow nexus ocean orbit otter pine prairie reef ridge river shoal";

/** What a command in the background is called: two words that a model can repeat without a mistake. */
export function processName(random: string): string {
  const number = Buffer.from(random).reduce((sum, byte) => (sum * 31 + byte) % 1_048_573, 7);
  const [first, second] = [FIRST.split(" "), SECOND.split(" ")];
  const one = first[number % first.length] ?? "plain";
  const other = second[Math.floor(number / first.length) % second.length] ?? "reef";
  return `${one}-${other}`;
}
