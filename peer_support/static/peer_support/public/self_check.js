/* The self-check: reads the answers where they stand, says a kind word, and keeps and sends nothing. */
(function () {
  "use strict";

  function wordFor(section) {
    const groups = section.querySelectorAll("fieldset");
    const answers = [...section.querySelectorAll("input:checked")].map((input) => Number(input.value));
    if (answers.length < groups.length) return "";
    const share = answers.reduce((sum, value) => sum + value, 0) / (2 * answers.length);
    const kind = share >= 0.7 ? "most" : share >= 0.35 ? "some" : "little";
    return section.querySelector(`[data-peer-word="${kind}"]`).textContent;
  }

  function tell(section) {
    const place = section.querySelector("[data-peer-check-word]");
    const word = wordFor(section);
    if (place.textContent === word) return;
    place.replaceChildren();
    if (!word) return;
    const line = document.createElement("p");
    line.textContent = word;
    place.append(line);
  }

  const sections = document.querySelectorAll("[data-peer-check]");
  for (const section of sections) {
    section.querySelector("[data-peer-check-words]").classList.add("peer-print-only");
    section.addEventListener("change", () => tell(section));
  }

  function clear() {
    for (const input of document.querySelectorAll("[data-peer-check] input")) input.checked = false;
    sections.forEach(tell);
  }

  /* A browser may bring a page back with the answers in it. Somebody else may be sitting there by then. */
  window.addEventListener("pageshow", clear);
  window.addEventListener("pagehide", clear);

  for (const [name, act] of [["print", () => window.print()], ["clear", clear]]) {
    const button = document.querySelector(`[data-peer-${name}]`);
    if (!button) continue;
    button.hidden = false;
    button.addEventListener("click", act);
  }
})();
