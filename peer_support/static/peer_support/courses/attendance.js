/* The attendance sheet keeps what was ticked when the net drops: it saves in the background and tries again.
   Nothing about anybody is stored in the browser; without this script the form is sent as any other. */
(function () {
  "use strict";

  const WAIT = [2000, 4000, 8000, 15000];
  let dirty = false;
  let timer = null;
  let tries = 0;
  let busy = false;

  const sheet = () => document.querySelector("[data-sheet]");

  function tell(text, look) {
    const status = document.querySelector("[data-sheet-status]");
    if (!status) return;
    status.textContent = text;
    status.classList.toggle("sheet__status--look", Boolean(look));
  }

  function count(form) {
    const rows = [...form.querySelectorAll(".sheet__row")];
    const done = rows.filter((row) => row.querySelector("input:checked")).length;
    let text = form.dataset.unsaved;
    if (rows.length) {
      text = form.dataset.counted.replace("{done}", done).replace("{all}", rows.length) + " · " + text;
    }
    tell(text, true);
  }

  function changed() {
    dirty = true;
    if (!busy && timer === null) count(sheet());
  }

  /* One more tap on what is chosen takes it away again; the empty value has to be sent too. */
  function watchMarks(form) {
    for (const row of form.querySelectorAll(".sheet__row")) {
      let chosen = row.querySelector("input[type=radio]:checked");
      for (const radio of row.querySelectorAll("input[type=radio]")) {
        radio.addEventListener("click", () => {
          const empty = row.querySelector("input[data-sheet-empty]");
          if (empty) empty.remove();
          if (radio === chosen) {
            radio.checked = false;
            chosen = null;
            const none = document.createElement("input");
            none.type = "hidden";
            none.name = radio.name;
            none.value = "";
            none.dataset.sheetEmpty = "";
            row.append(none);
            changed();
          } else {
            chosen = radio;
          }
        });
      }
    }
  }

  function later() {
    const wait = WAIT[Math.min(tries, WAIT.length - 1)];
    tries += 1;
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  /* What stands on the site now becomes what the next save starts from. */
  function learn(form, html) {
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-sheet]");
    if (!fresh) return;
    for (const old of form.querySelectorAll("input[name^='was-']")) old.remove();
    for (const now of fresh.querySelectorAll("input[name^='was-']")) form.append(now);
  }

  function show(html, address) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.querySelector("[data-sheet-page]");
    const old = document.querySelector("[data-sheet-page]");
    if (!fresh || !old) return false;
    old.replaceWith(fresh);
    if (address) history.replaceState(null, "", address);
    watch();
    const told = document.querySelector("[data-sheet-told]");
    if (told) {
      told.scrollIntoView({ block: "start" });
      told.focus({ preventScroll: true });
    }
    return true;
  }

  async function save() {
    const form = sheet();
    if (!form || busy) return;
    clearTimeout(timer);
    timer = null;
    busy = true;
    tell(form.dataset.saving, true);
    const data = new FormData(form);
    const sent = new URLSearchParams(data).toString();
    let answer;
    let html;
    try {
      answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(data), credentials: "same-origin" });
      html = await answer.text();
    } catch {
      busy = false;
      tell(form.dataset.offline, true);
      later();
      return;
    }
    busy = false;
    tries = 0;
    if (answer.status >= 500) {
      tell(form.dataset.failed, true);
      later();
      return;
    }
    /* Somebody who went on ticking while it was saved keeps that, and it is sent next. */
    if (answer.ok && new URLSearchParams(new FormData(form)).toString() !== sent) {
      learn(form, html);
      save();
      return;
    }
    dirty = !answer.ok;
    if (!show(html, answer.redirected ? answer.url : "")) {
      tell(form.dataset.failed, true);
      dirty = true;
    }
  }

  function watch() {
    const form = sheet();
    if (!form) return;
    watchMarks(form);
    form.addEventListener("input", changed);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      tries = 0;
      save();
    });
  }

  window.addEventListener("online", () => {
    if (timer !== null) save();
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
  watch();
})();
