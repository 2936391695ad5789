"use strict";
// Runs before the page is drawn: without a choice of their own, people get the ground of their system.
(function () {
  const root = document.documentElement;
  if (root.dataset.bsTheme) { return; }
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = function () { root.dataset.bsTheme = dark.matches ? "dark" : "light"; };
  dark.addEventListener("change", follow);
  follow();
}());
