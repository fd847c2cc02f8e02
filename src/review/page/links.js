// What belongs together, in the article and beside it: the source and the speaker, words of a party and its stance.

// Lights up together what has a key of `data-link` in common.
export function lightLinks() {
  for (const [kind, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(kind, (event) => {
      const keys = event.target.closest?.("[data-link]")?.dataset.link.split(" ") ?? [];
      for (const other of document.querySelectorAll("[data-link]")) {
        if (other.dataset.link.split(" ").some((key) => keys.includes(key))) other.classList.toggle("lit", on);
      }
    });
  }
}

// Links lead from the article to a choice (`#speaker`, `#party-…`), and from a choice to its words (`data-go`).
export function followLinks(article) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a");
    if (!link) return;
    event.preventDefault();
    const goal = link.dataset.go ? article.pieceAt(Number(link.dataset.go)) : choiceOf(link.getAttribute("href").slice(1));
    goal?.scrollIntoView({ block: "center" });
    (goal?.matches("a") ? goal : goal?.querySelector("input:checked, input"))?.focus({ preventScroll: true });
  });
}

function choiceOf(key) {
  if (!key.startsWith("party-")) return document.getElementById(key);
  return document.querySelector(`[data-party="${CSS.escape(key.slice("party-".length))}"]`);
}
