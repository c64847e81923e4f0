/* Saves the conversation as one goes. Without this file every group has a Save button that does the same. */
(() => {
  const form = document.querySelector("[data-peer-autosave]");
  if (!form) return;

  const PAUSE = 2500; // after the last key
  const LONGEST = 10000; // even when somebody never stops typing
  const RETRY = 15000;
  const text = form.dataset;
  const line = form.querySelector("[data-peer-saved]");
  let changed = false; // something was typed since the last request was sent
  let open = "peerUnsaved" in text; // answers that did not get through
  let running = null;
  let timer = null;
  let firstChange = 0;
  let leaving = false;
  let signedOut = false;

  const say = (words, state = "") => {
    line.textContent = words;
    line.dataset.state = state;
  };

  const field = (name) => form.querySelector(`[data-peer-field="${CSS.escape(name)}"]`);

  function plan(delay) {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  }

  function touched() {
    if (!changed) firstChange = Date.now();
    changed = true;
    say(text.textTyping);
    plan(Math.max(0, Math.min(PAUSE, firstChange + LONGEST - Date.now())));
  }

  function showErrors(errors) {
    form.querySelectorAll("[data-peer-field]").forEach((box) => {
      const sentences = errors[box.dataset.peerField] || [];
      const place = box.querySelector("[data-field-errors]");
      if (!place) return;
      place.replaceChildren();
      box.querySelector("[data-field]")?.classList.toggle("w-field--error", sentences.length > 0);
      box.querySelectorAll("input, select, textarea").forEach((control) => {
        if (sentences.length) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
      });
      if (!sentences.length) return;
      const words = document.createElement("p");
      words.className = "error-message";
      words.textContent = sentences.join(" ");
      place.append(words);
    });
  }

  function choice(name, value, words, quote) {
    const label = document.createElement("label");
    label.className = "peer-checks__item";
    const radio = document.createElement("input");
    radio.type = "radio";
    radio.name = `choice-${name}`;
    radio.value = value;
    const span = document.createElement("span");
    span.textContent = `${words} `;
    if (quote !== undefined) {
      const q = document.createElement("q");
      q.textContent = quote;
      span.append(q);
    }
    label.append(radio, span);
    return label;
  }

  function showConflicts(conflicts, errors) {
    const names = new Set(conflicts.map((conflict) => conflict.name));
    form.querySelectorAll(".peer-choice").forEach((old) => {
      const name = old.closest("[data-peer-field]").dataset.peerField;
      const kept = old.querySelector("input:checked")?.value === "theirs";
      if (!names.has(name) && !errors[name] && !kept) old.remove();
    });
    conflicts.forEach((conflict) => {
      const box = field(conflict.name);
      if (!box || box.querySelector(".peer-choice")) return;
      const set = document.createElement("fieldset");
      set.className = "peer-note peer-choice";
      const legend = document.createElement("legend");
      legend.className = "peer-note__heading";
      legend.textContent = text.textChoose;
      set.append(
        legend,
        choice(conflict.name, "theirs", text.textTheirs, conflict.theirs),
        choice(conflict.name, "mine", text.textMine),
      );
      box.append(set);
    });
  }

  function showFinish(finish) {
    const button = form.querySelector("[data-peer-finish]");
    if (!button || !finish) return;
    form.querySelector("[data-peer-finish-line]").textContent = finish.reason;
    if (finish.allowed) button.removeAttribute("aria-disabled");
    else button.setAttribute("aria-disabled", "true");
  }

  function show(answer) {
    form.elements.base.value = answer.base;
    form.elements.talk.value = answer.talk;
    showErrors(answer.errors);
    showConflicts(answer.conflicts, answer.errors);
    showFinish(answer.finish);
    form.querySelector("[data-peer-status]").textContent = answer.status;
    open = !answer.complete;
    if (!changed) say([answer.message, answer.elsewhere].filter(Boolean).join(" "), open ? "problem" : "");
  }

  // Who signs in again gets a new token; a fresh copy of this page carries it.
  async function renewToken() {
    const page = await fetch(form.action, { credentials: "same-origin" });
    if (!page.ok || page.redirected) return;
    const copy = new DOMParser().parseFromString(await page.text(), "text/html");
    const token = copy.querySelector("[data-peer-autosave] [name=csrfmiddlewaretoken]");
    if (token) form.elements.csrfmiddlewaretoken.value = token.value;
  }

  async function send() {
    changed = false;
    say(text.textSaving);
    let response;
    try {
      if (signedOut) await renewToken();
      response = await fetch(text.peerAutosave, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
        credentials: "same-origin",
      });
    } catch {
      changed = true;
      say(text.textFailed, "problem");
      plan(RETRY);
      return;
    }
    const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
    signedOut = response.redirected || response.status === 403;
    if (response.ok && isJson && !response.redirected) {
      show(await response.json());
      return;
    }
    changed = true;
    if (signedOut) say(text.textSignedOut, "problem");
    else say(response.status >= 500 ? text.textFailed : text.textRefused, "problem");
    if (signedOut || response.status >= 500) plan(RETRY);
  }

  function save() {
    clearTimeout(timer);
    if (running) return running.then(() => (changed ? save() : undefined));
    running = send().finally(() => {
      running = null;
    });
    return running;
  }

  if (!open) say(text.textReady);
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  form.addEventListener("submit", (event) => {
    if (!running) {
      leaving = true;
      return;
    }
    // The answer on its way carries what the server needs to know that this page is up to date.
    event.preventDefault();
    const button = event.submitter;
    running.then(() => form.requestSubmit(button));
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && changed) save();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && (changed || running || open)) event.preventDefault();
  });
  // A page that is shown again from the browser's memory would carry old fingerprints.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
})();
