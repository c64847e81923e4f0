/* The board works without this file. With it: no double sends, a plan that recalculates while one tries weights,
   a comparison that counts its ticks, keys for those who like them, and a question before typed text is lost. */
(() => {
  "use strict";

  const board = document.querySelector("[data-board]");
  if (!board) return;

  /* A form that changes something is sent once. Coming back with the browser's arrow opens it again. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (!form.matches("[data-board-once]")) {
      form.removeAttribute("data-board-dirty");
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    form.removeAttribute("data-board-dirty");
    const buttons = [...document.querySelectorAll("button[type=submit]")].filter((button) => button.form === form);
    // After the browser has read which button was pressed.
    setTimeout(() => buttons.forEach((button) => { button.disabled = true; }), 0);
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.querySelectorAll("[data-board-once]").forEach((form) => {
      delete form.dataset.sent;
      [...document.querySelectorAll("button[type=submit]")]
        .filter((button) => button.form === form)
        .forEach((button) => { button.disabled = false; });
    });
  });

  /* A link to a folded form unfolds it. */
  const unfoldTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    const fold = target && target.closest("details");
    if (!fold) return;
    fold.open = true;
    target.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  };
  window.addEventListener("hashchange", unfoldTarget);
  unfoldTarget();

  /* Leaving with something typed asks first. */
  document.addEventListener("input", (event) => {
    event.target.closest("[data-board-unsaved]")?.setAttribute("data-board-dirty", "");
  });
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("[data-board-dirty]:not([data-sent])") && !document.querySelector("[data-sent]")) {
      event.preventDefault();
    }
  });

  /* Two ticks make a comparison. */
  const compare = document.querySelector("[data-board-compare]");
  const ticks = () => [...document.querySelectorAll("[data-board-tick]")];
  const countTicks = () => {
    const chosen = ticks().filter((tick) => tick.checked).length;
    if (compare) {
      compare.classList.add("board-compare--counting");
      compare.classList.toggle("board-compare--ready", chosen === 2);
      ticks().forEach((tick) => { tick.disabled = chosen >= 2 && !tick.checked; });
    }
    document.querySelectorAll("[data-board-needs-tick]").forEach((button) => {
      button.disabled = chosen === 0;
    });
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-board-tick]")) countTicks();
  });

  /* The plan recalculates while weights are tried. */
  const planForm = document.querySelector("[data-board-plan]");
  const results = document.querySelector("[data-board-plan-results]");
  const said = document.querySelector("[data-board-plan-status]");
  let asked = 0;
  let timer = 0;

  const ready = () => {
    document.querySelectorAll("[data-board-without-script]").forEach((element) => { element.hidden = true; });
    countTicks();
  };

  const recalculate = async () => {
    const mine = ++asked;
    const query = new URLSearchParams(new FormData(planForm)).toString();
    const focused = document.activeElement?.id;
    results.classList.add("board-busy");
    results.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(`${planForm.action}?${query}`, {
        headers: { "X-Board-Results": "1" },
        credentials: "same-origin",
      });
      if (!response.ok || response.redirected) throw new Error(String(response.status));
      const html = await response.text();
      if (mine !== asked) return;
      results.innerHTML = html;
      history.replaceState(null, "", `?${query}`);
      said.textContent = results.querySelector("[data-announce]")?.dataset.announce ?? "";
      if (focused) document.getElementById(focused)?.focus();
      ready();
    } catch {
      if (mine === asked) said.textContent = said.dataset.fault;
    } finally {
      if (mine === asked) {
        results.classList.remove("board-busy");
        results.removeAttribute("aria-busy");
      }
    }
  };

  if (planForm && results) {
    const later = (event) => {
      if (event.target.form !== planForm || !planForm.checkValidity()) return;
      clearTimeout(timer);
      timer = setTimeout(recalculate, event.type === "change" ? 0 : 350);
    };
    document.addEventListener("input", later);
    document.addEventListener("change", (event) => { if (event.target.type === "radio") later(event); });
    planForm.addEventListener("submit", (event) => {
      event.preventDefault();
      recalculate();
    });
    // A slider beside each number, for the mouse and the thumb; the number stays the field.
    planForm.querySelectorAll("input[type=number][max]").forEach((number) => {
      const slider = document.createElement("input");
      Object.assign(slider, { type: "range", min: number.min || 0, max: number.max, step: number.step || 1, tabIndex: -1 });
      slider.value = number.value;
      slider.className = "board-slider";
      slider.setAttribute("aria-hidden", "true");
      slider.addEventListener("input", () => {
        number.value = slider.value;
        number.dispatchEvent(new Event("input", { bubbles: true }));
      });
      number.addEventListener("input", () => { slider.value = number.value; });
      number.after(slider);
    });
  }
  ready();

  /* Keys. Wagtail's own ( ? / [ ] and those with Ctrl) are left alone, and so is everybody who has turned keys off. */
  const config = JSON.parse(document.getElementById("wagtail-config")?.textContent || "{}");
  const keysWanted = config.KEYBOARD_SHORTCUTS_ENABLED !== false;
  const cards = () => [...document.querySelectorAll("[data-board-card]")];
  const current = () => document.activeElement?.closest?.("[data-board-card]");
  const move = (by) => {
    const all = cards();
    if (!all.length) return;
    const at = all.indexOf(current());
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    all[next].focus();
    all[next].scrollIntoView({ block: "nearest" });
  };
  const openFilter = () => {
    const fold = document.querySelector("[data-board-filter]");
    if (!fold) return;
    fold.open = true;
    fold.querySelector("select, input")?.focus();
  };
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    p: () => current()?.querySelector("[data-board-main]")?.focus(),
    w: () => {
      const why = current()?.querySelector("[data-board-why]");
      if (why) why.open = !why.open;
    },
    x: () => current()?.querySelector("[data-board-tick]:not(:disabled)")?.click(),
    f: openFilter,
  };
  document.addEventListener("keydown", (event) => {
    if (!keysWanted || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], [role=dialog], .w-dialog")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  /* Our keys stand in Wagtail's own dialog, once it is on the page. */
  const rows = document.querySelector("[data-board-shortcuts]");
  const addRows = () => {
    const table = document.querySelector("#keyboard-shortcuts-dialog table");
    if (!table || table.querySelector("[data-board-keys]")) return Boolean(table);
    const group = document.createElement("tbody");
    group.className = "w-w-full";
    group.dataset.boardKeys = "";
    group.append(rows.content.cloneNode(true));
    table.querySelector("tbody").before(group);
    return true;
  };
  if (rows && !addRows()) {
    const watch = new MutationObserver(() => { if (addRows()) watch.disconnect(); });
    watch.observe(document.body, { childList: true, subtree: true });
  }
})();
