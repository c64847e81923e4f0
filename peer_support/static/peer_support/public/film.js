/* A film of another site is fetched only after the reader has pressed play. Without this file the link leads there. */
(function () {
  "use strict";
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-peer-film]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    var frame = document.createElement("iframe");
    var address = new URL(link.dataset.peerFilm);
    address.searchParams.set("autoplay", "1");
    frame.src = address.href;
    frame.title = link.dataset.peerFilmTitle;
    frame.className = "peer-film__screen";
    frame.allow = "autoplay; fullscreen; picture-in-picture";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin";
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation allow-popups");
    link.replaceWith(frame);
    frame.focus();
  });
})();
