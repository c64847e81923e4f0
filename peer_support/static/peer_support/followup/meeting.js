/* The page works without this. With it, a number that is typed chooses its own line, and one press is enough. */
(() => {
  const form = document.querySelector("[data-log]");
  if (!form) return;
  const choose = (name) => {
    const box = form.querySelector(`[name="${name}"][value="other"]`);
    if (box) box.checked = true;
  };
  form.elements.minutes_other.addEventListener("input", () => choose("minutes"));
  form.elements.on.addEventListener("input", () => choose("day"));
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  // Back from the page after: the form can be sent again.
  window.addEventListener("pageshow", () => delete form.dataset.sent);
})();
