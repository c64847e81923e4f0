/* Cards that can be dragged to the next column. Without this file every step stands on the card and on its page. */
(() => {
  "use strict";

  const board = document.querySelector("[data-course-board]");
  if (!board || !window.matchMedia("(pointer: fine)").matches) return;
  const columns = [...board.querySelectorAll("[data-action]")];
  let dragged = null;

  document.querySelectorAll("[data-course-drag-help]").forEach((help) => { help.hidden = false; });
  const takes = (column) =>
    dragged && column.dataset.action && !column.contains(dragged) &&
    dragged.dataset.allowed.split(" ").includes(column.dataset.action);
  const tidy = () => columns.forEach((column) => column.classList.remove("course-column--over", "course-column--possible"));

  board.querySelectorAll("[data-course-card]").forEach((card) => {
    if (!card.dataset.allowed) return;
    card.draggable = true;
    card.addEventListener("dragstart", (event) => {
      dragged = card;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      card.classList.add("person-card--dragged");
      columns.forEach((column) => column.classList.toggle("course-column--possible", takes(column)));
    });
    card.addEventListener("dragend", () => {
      card.classList.remove("person-card--dragged");
      dragged = null;
      tidy();
    });
  });

  columns.forEach((column) => {
    column.addEventListener("dragover", (event) => {
      if (!takes(column)) return;
      event.preventDefault();
      column.classList.add("course-column--over");
    });
    column.addEventListener("dragleave", () => column.classList.remove("course-column--over"));
    column.addEventListener("drop", (event) => {
      if (!takes(column)) return;
      event.preventDefault();
      /* The step's own page says what happens, and asks for what is needed. Nothing is changed by a slip of the hand. */
      window.location.assign(`${dragged.dataset.url}${column.dataset.action}/`);
    });
  });
})();
