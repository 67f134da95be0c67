const FIRST =
  "blue bright copper early even green light low merry mossy new old round silver slow wide".split(" ");
const SECOND =
  "acorn anvil barn bell bridge chair door field gate kettle lamp mill oak pear rope table".split(" ");

/** What a command in the background is called: two words that a model can repeat without a mistake. */
export function processName(random: string): string {
  const number = Buffer.from(random).reduce((sum, byte) => (sum * 31 + byte) % 1_048_573, 7);
  const one = FIRST[number % FIRST.length] ?? "plain";
  const other = SECOND[Math.floor(number / FIRST.length) % SECOND.length] ?? "stone";
  return `${one}-${other}`;
}
