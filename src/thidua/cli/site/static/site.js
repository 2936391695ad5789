"use strict";
// Everything here is a convenience: without it the pages say the same.
(function () {
  // Plain text for comparing: no diacritics, no case, one space.
  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d")
      .toLowerCase().replace(/sy(?=\b)/g, "si").replace(/[^a-z0-9]+/g, " ").trim();
  }

  const find = document.querySelector("[data-find]");
  if (find) {
    const input = find.querySelector("input");
    const told = find.querySelector("[role=status]");
    const rows = [...document.querySelectorAll("[data-award]")].map(function (row) {
      return { row: row, text: plain(row.dataset.award), group: row.closest("[data-group]") };
    });
    const nothing = document.querySelector("[data-nothing]");
    const filter = function () {
      const words = plain(input.value).split(" ").filter(Boolean);
      const shown = new Map();
      let count = 0;
      rows.forEach(function (one) {
        const hit = words.every(function (word) { return one.text.includes(word); });
        one.row.hidden = !hit;
        count += hit ? 1 : 0;
        shown.set(one.group, (shown.get(one.group) || 0) + (hit ? 1 : 0));
      });
      shown.forEach(function (number, group) { group.hidden = number === 0; });
      nothing.hidden = count > 0;
      told.textContent = words.length ? count + " trên " + rows.length + " mục" : "";
    };
    input.addEventListener("input", filter);
    find.hidden = false;
    filter();
  }

  // A link to a place inside something folded opens it.
  function unfold() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    for (let one = target; one; one = one.parentElement) {
      if (one.tagName === "DETAILS") { one.open = true; }
    }
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", unfold);
  unfold();
  if (location.hash && document.fonts) { document.fonts.ready.then(unfold); }

  // Paper cannot be clicked: print everything open, then fold back.
  let folded = [];
  window.addEventListener("beforeprint", function () {
    folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach(function (one) { one.open = true; });
  });
  window.addEventListener("afterprint", function () {
    folded.forEach(function (one) { one.open = false; });
  });
  document.querySelectorAll("[data-fold]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      const open = button.getAttribute("aria-pressed") !== "true";
      document.querySelectorAll("main details").forEach(function (one) { one.open = open; });
      button.setAttribute("aria-pressed", String(open));
    });
  });
}());
