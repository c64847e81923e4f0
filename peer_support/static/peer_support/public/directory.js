// The list follows the filters without a new page. Without this file the button does the same.
(() => {
  const form = document.querySelector("[data-peer-directory]");
  if (!form || !window.fetch || !window.DOMParser) return;
  const status = document.querySelector("[data-peer-status]");
  const filters = form.querySelector("[data-peer-filters]");
  if (filters && matchMedia("(min-width: 56rem)").matches) filters.open = true;
  let asked = 0;

  const address = () => {
    const pairs = [...new FormData(form)].filter(([, value]) => value.trim());
    const query = new URLSearchParams(pairs).toString();
    return form.getAttribute("action") + (query ? `?${query}` : "");
  };

  const show = (text, url) => {
    const next = new DOMParser().parseFromString(text, "text/html");
    const focused = document.activeElement && document.activeElement.id;
    const open = new Set([...form.querySelectorAll(".peer-facet[open]")].map((facet) => facet.id));
    const scrolled = new Map([...form.querySelectorAll(".peer-facet ul")].map((list) => [list.closest(".peer-facet").id, list.scrollTop]));
    document.querySelectorAll("[data-peer-live]").forEach((old) => {
      const fresh = next.querySelector(`[data-peer-live="${old.dataset.peerLive}"]`);
      if (fresh) old.replaceWith(fresh);
    });
    form.querySelectorAll(".peer-facet").forEach((facet) => {
      if (open.has(facet.id)) facet.open = true;
      const list = facet.querySelector("ul");
      if (list && scrolled.has(facet.id)) list.scrollTop = scrolled.get(facet.id);
    });
    if (focused && document.getElementById(focused)) document.getElementById(focused).focus({ preventScroll: true });
    if (status) status.textContent = document.getElementById("found").textContent;
    history.replaceState(null, "", url);
  };

  form.addEventListener("change", async (event) => {
    if (event.target.type !== "checkbox" && event.target.tagName !== "SELECT") return;
    const url = address();
    const mine = ++asked;
    try {
      const answer = await fetch(url, { headers: { Accept: "text/html" } });
      const text = await answer.text();
      // A later choice is on its way: its answer counts.
      if (mine === asked && answer.ok) show(text, url);
      else if (!answer.ok) form.submit();
    } catch {
      form.submit();
    }
  });

  // "The same as a list": the link opens the filters it points into.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href="#facet-municipality"]');
    const facet = link && document.getElementById("facet-municipality");
    if (facet) {
      if (filters) filters.open = true;
      facet.open = true;
    }
  });
})();
