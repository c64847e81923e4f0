/* Number keys while answers are typed in: a number chooses that answer, a minus none, and the next question is there.
   Without this file one chooses with Tab and the arrows, or writes all the numbers in a row. */
(() => {
  const form = document.querySelector("[data-ask-entry]");
  if (!form) return;
  const items = [...form.querySelectorAll("[data-ask-item]")];
  const go = (item) => {
    const radios = [...item.querySelectorAll("input")];
    (radios.find((radio) => radio.checked) || radios[0]).focus();
  };
  form.addEventListener("keydown", (event) => {
    const item = event.target.closest("[data-ask-item]");
    if (!item || event.ctrlKey || event.altKey || event.metaKey) return;
    const value = event.key === "-" ? "skip" : event.key;
    const radio = [...item.querySelectorAll("input")].find((one) => one.value === value);
    if (!radio) return;
    event.preventDefault();
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    const next = items[items.indexOf(item) + 1];
    if (next) go(next);
    else form.querySelector('button[value="finish"]').focus();
  });
})();
