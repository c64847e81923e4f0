/* The way out, by keyboard: Shift three times within five seconds. The page is replaced, so that Back does not return. */
(function () {
  const link = document.querySelector("[data-peer-leave]");
  if (!link) return;
  function leave() {
    document.body.hidden = true;
    document.title = "";
    window.location.replace(link.href);
  }
  link.addEventListener("click", (event) => { event.preventDefault(); leave(); });
  let pressed = [];
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") { pressed = []; return; }
    const now = Date.now();
    pressed = [...pressed.filter((at) => now - at < 5000), now];
    if (pressed.length >= 3) leave();
  });
})();
