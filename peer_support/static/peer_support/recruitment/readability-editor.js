/* Readability while writing: a quiet line under each text, and one for the whole form. It advises and stops nothing. */
(function () {
  "use strict";

  const script = document.currentScript;
  if (!script || !globalThis.peerReadability) return;
  const rules = JSON.parse(script.dataset.peerRules);
  const say = JSON.parse(script.dataset.peerSentences);
  const { measure, hints } = globalThis.peerReadability;

  const FORM = "form[data-edit-form], #page-edit-form, form[data-controller~='w-unsaved']";
  const FIELDS = "textarea, input[type='text'], .public-DraftEditor-content[contenteditable='true']";
  const NOT_PROSE = "[name='slug'], [name$='-slug'], [name='tags'], [data-contentpath='tags'] input";
  const GONE = "[aria-hidden='true'], .deleted, template, [data-peer-readability], .comment, .modal";
  const WAIT = 400;
  const MOST_IN_LINE = 4;
  const FEW_WORDS = 3;

  /* A rich text is read block by block: a folded panel has no layout, and its lines would run together. */
  const richText = (field) => [...field.querySelectorAll("[data-block='true']")].map((b) => b.textContent).join("\n");
  const textOf = (field) => (field.isContentEditable && field.tagName === "DIV" ? richText(field) : field.value) || "";

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  const sentenceOf = (hint) =>
    say[hint.kind].replace("{found}", hint.found).replace("{instead}", hint.instead);

  function figure(result) {
    if (result.lix === null) return say.short;
    return `LIX ${result.lix} · ${say[result.band]}`;
  }

  /* The figure of the whole form, so that Wagtail's panel does not say another one. */
  let latest = null;

  const isHeavy = (result) => result.lix !== null && result.lix >= 35;

  function unique(list) {
    const seen = new Set();
    return list.filter((hint) => {
      const key = `${hint.kind} ${hint.found.toLowerCase()}`;
      return !seen.has(key) && seen.add(key);
    });
  }

  function lineFor(field) {
    const home = field.closest(".w-field") || field.parentElement;
    let line = home.querySelector(":scope > [data-peer-readability]");
    if (!line) {
      line = make("div", "peer-readability");
      line.dataset.peerReadability = "";
      home.append(line);
    }
    return line;
  }

  function drawLine(field, result, found) {
    const line = lineFor(field);
    line.replaceChildren();
    line.hidden = result.lix === null && !found.length;
    if (line.hidden) return;
    const heavy = isHeavy(result);
    line.classList.toggle("peer-readability--heavy", heavy);
    if (result.lix !== null) {
      line.append(make("p", "", heavy ? `${figure(result)}. ${say.advice}` : figure(result)));
    }
    if (found.length) {
      const list = make("ul");
      for (const hint of unique(found).slice(0, MOST_IN_LINE)) list.append(make("li", "", sentenceOf(hint)));
      line.append(list);
    }
  }

  function drawWhole(panel, texts, found) {
    const result = measure(texts.join("\n"));
    latest = result.lix === null ? null : result;
    const summary = panel.querySelector("summary");
    const body = panel.querySelector("div");
    const count = found.length ? ` · ${found.length} ${say.look}` : "";
    summary.textContent = `${say.title} ${figure(result)}${count}`;
    panel.classList.toggle("peer-readability--heavy", isHeavy(result));
    body.replaceChildren();
    if (found.length) {
      const list = make("ul");
      for (const { field, hint } of found) {
        const item = make("li", "", `${sentenceOf(hint)} `);
        const go = make("button", "button button-small button-secondary", say.go);
        go.type = "button";
        go.addEventListener("click", () => {
          field.scrollIntoView({ block: "center" });
          field.focus();
        });
        item.append(go);
        list.append(item);
      }
      body.append(list);
    } else {
      body.append(make("p", "", say.nothing));
    }
    body.append(make("p", "", `${say.scale} ${say.free}`));
  }

  function panelIn(form) {
    const panel = make("details", "peer-readability peer-readability--whole w-form-width");
    panel.dataset.peerReadability = "";
    panel.append(make("summary"), make("div"));
    const tab = form.querySelector("[role='tabpanel']") || form;
    tab.prepend(panel);
    return panel;
  }

  function start(form) {
    const panel = panelIn(form);
    const known = new WeakMap();
    let timer = null;

    function look() {
      const texts = [], all = [];
      for (const field of form.querySelectorAll(FIELDS)) {
        if (field.matches(NOT_PROSE) || field.closest(GONE)) continue;
        const text = textOf(field).trim();
        const result = measure(text);
        if (result.words >= FEW_WORDS) texts.push(text);
        let entry = known.get(field);
        if (!entry || entry.text !== text) {
          entry = { text, found: result.words >= FEW_WORDS ? hints(text, rules) : [] };
          if (known.has(field) || text) drawLine(field, result, entry.found);
          known.set(field, entry);
        }
        for (const hint of unique(entry.found)) all.push({ field, hint });
      }
      drawWhole(panel, texts, all);
    }

    function soon() {
      clearTimeout(timer);
      timer = setTimeout(look, WAIT);
    }

    for (const event of ["input", "keyup", "focusin", "focusout", "click"]) form.addEventListener(event, soon);
    look();
    soon();
  }

  /* Wagtail's own check of the preview says "good" or "complex"; beside it stands the Danish band. */
  document.addEventListener("w-preview:content", (event) => {
    const { content } = event.detail || {};
    if (!content || !(content.lang || "").startsWith("da")) return;
    const result = latest || measure(content.innerText || "");
    setTimeout(() => {
      const score = document.querySelector("[data-content-readability-score]");
      if (score && result.lix !== null) score.textContent = figure(result);
    });
  });

  function begin() {
    const form = document.querySelector(FORM);
    if (form) start(form);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
