/**
 * All the page does by itself: narrow down by a word and a verdict. Everything is in the document already, so
 * without scripts it can still be read, searched by the browser, and walked by keyboard.
 */
export const PAGE_SCRIPT = `
const form = document.querySelector("form");
const rows = [...document.querySelectorAll("[data-text]")];
const shown = document.querySelector("#shown");
function narrow() {
  const words = form.word.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const verdict = form.verdict.value;
  let count = 0;
  for (const row of rows) {
    const fits = words.every((word) => row.dataset.text.includes(word)) && (!verdict || row.dataset.verdict === verdict);
    row.hidden = !fits;
    if (fits) count += 1;
  }
  shown.textContent = count + " of " + rows.length + " rows";
}
form.addEventListener("input", narrow);
form.addEventListener("submit", (event) => event.preventDefault());
narrow();
`;
