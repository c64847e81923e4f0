/* The way out, by keyboard: Shift three times within five seconds. The page is replaced, so that Back does not return.
   Each press is said aloud to a screen reader and shown as a dot in the button. */
(function () {
  const link = document.querySelector("[data-peer-leave]");
  if (!link) return;
  const dots = link.querySelector(".peer-leave__count");
  const voice = document.createElement("div");
  voice.className = "peer-unseen";
  voice.setAttribute("role", "status");
  document.body.append(voice);
  let pressed = [];
  let forget;

  function leave() {
    voice.textContent = link.dataset.peerGone || "";
    document.documentElement.style.visibility = "hidden";
    document.title = "\u200b";
    window.location.replace(link.href);
  }

  function show() {
    if (dots) {
      dots.hidden = pressed.length === 0;
      [...dots.children].forEach((dot, index) => dot.classList.toggle("is-on", index < pressed.length));
    }
    voice.textContent = (pressed.length === 1 && link.dataset.peerTwo) || (pressed.length === 2 && link.dataset.peerOne) || "";
  }

  function start() { pressed = []; show(); }

  link.addEventListener("click", (event) => { event.preventDefault(); leave(); });
  // A Shift that was held for a letter is none: it counts only where nothing else was pressed meanwhile.
  let alone = false;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Shift") { if (!event.repeat) alone = !event.ctrlKey && !event.altKey && !event.metaKey; return; }
    alone = false;
    if (pressed.length) start();
  });
  document.addEventListener("pointerdown", () => { alone = false; });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    const now = Date.now();
    pressed = [...pressed.filter((at) => now - at < 5000), now];
    if (pressed.length >= 3) { leave(); return; }
    clearTimeout(forget);
    forget = setTimeout(start, 5000);
    show();
  });
})();
