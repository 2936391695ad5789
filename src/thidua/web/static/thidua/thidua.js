"use strict";
// Everything here is a convenience: without it the pages do the same.
(function () {
  const root = document.documentElement;

  function isTyping(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  // Lower case, no marks, one space: BAN HÀNH = ban hanh.
  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d")
      .toLowerCase().replace(/\s+/g, " ").trim();
  }

  // ---- keys: Ctrl K finds, Ctrl Enter saves, j k walk the rows, ? opens the guide
  function walk(step) {
    const direct = document.querySelector(step > 0 ? "[data-next]" : "[data-previous]");
    if (direct) { direct.click(); return; }
    const links = [...document.querySelectorAll("[data-row]")].map(function (row) { return row.querySelector("a[href]"); }).filter(Boolean);
    if (!links.length) { return; }
    const here = links.indexOf(document.activeElement);
    const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, here + step));
    links[next].focus();
  }
  document.addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      const find = document.querySelector("[data-find]");
      if (find) { event.preventDefault(); if (find.matches("input")) { find.focus(); } else { find.click(); } }
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      const form = event.target.closest && event.target.closest("form");
      const button = form && form.querySelector("button[type=submit]:not([disabled])");
      if (button && !button.classList.contains("btn-seal")) { event.preventDefault(); form.requestSubmit(button); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || root.dataset.keys === "off") { return; }
    if (event.key === "j") { walk(1); } else if (event.key === "k") { walk(-1); }
    else if (event.key === "?") { const guide = document.querySelector("[data-guide]"); if (guide) { guide.click(); } }
  });

  // ---- a menu closes on Escape and on a click elsewhere
  document.querySelectorAll("details.td-menu").forEach(function (menu) {
    menu.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && menu.open) { menu.open = false; menu.querySelector("summary").focus(); }
    });
    document.addEventListener("click", function (event) { if (menu.open && !menu.contains(event.target)) { menu.open = false; } });
  });

  // ---- a form that was sent says so, and is not sent again by a second click
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    const button = event.submitter;
    window.setTimeout(function () {
      if (button && button.classList.contains("btn")) {
        const busy = document.createElement("span");
        busy.className = "td-busy td-busy-on";
        busy.setAttribute("aria-hidden", "true");
        button.append(busy);
      }
    }, 300);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
    document.querySelectorAll(".td-busy-on").forEach(function (busy) { busy.remove(); });
  });

  // ---- the seal button waits for its word
  document.querySelectorAll("[data-confirm]").forEach(function (box) {
    const input = box.querySelector("input[name$=word]");
    const button = box.querySelector(".btn-seal");
    if (!input || !button) { return; }
    const check = function () { button.disabled = plain(input.value) !== plain(box.dataset.confirm); };
    input.addEventListener("input", check);
    check();
  });

  // ---- what can be undone stays for eight seconds, longer while somebody is on it
  document.querySelectorAll("[data-toast]").forEach(function (toast) {
    let left = 8;
    const timer = window.setInterval(function () {
      if (toast.matches(":hover, :focus-within")) { left = 8; return; }
      left -= 1;
      if (left <= 0) { window.clearInterval(timer); toast.remove(); }
    }, 1000);
  });

  // ---- the summary of what is wrong is read first
  const wrong = document.querySelector(".td-errors");
  if (wrong) { wrong.focus(); }

  // ---- filters apply at once where a choice is made
  document.querySelectorAll("form[data-filters] select").forEach(function (choice) {
    choice.addEventListener("change", function () { choice.form.requestSubmit(); });
  });

  // ---- on a phone the filters fold behind the search, unless one is at work
  document.querySelectorAll("form[data-filters]").forEach(function (form) {
    const button = form.querySelector("[data-unfold]");
    if (!button || form.querySelectorAll(".td-field").length < 2 || "narrowed" in form.dataset) { return; }
    button.hidden = false;
    form.dataset.folded = "";
    button.addEventListener("click", function () {
      const folded = "folded" in form.dataset;
      if (folded) { delete form.dataset.folded; } else { form.dataset.folded = ""; }
      button.setAttribute("aria-expanded", String(folded));
    });
  });

  // ---- print and tick everything
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  document.querySelectorAll("input[data-tick-all]").forEach(function (all) {
    all.hidden = false;
    all.addEventListener("change", function () {
      document.querySelectorAll("input[name='" + all.dataset.tickAll + "']").forEach(function (one) { one.checked = all.checked; });
    });
  });
}());
