// Own rules: only the fields that count for what was chosen are shown. Without scripts all are.
(() => {
  const form = document.querySelector("[data-overlay]");
  if (!form) return;
  const show = (element, shown) => { element.hidden = !shown; };
  const effects = () => {
    const chosen = form.querySelector("[name=effect]:checked");
    for (const part of form.querySelectorAll("[data-effects]")) {
      show(part, !chosen || part.dataset.effects.split(" ").includes(chosen.value));
    }
    const subject = form.querySelector("[name=subject]");
    show(subject.closest(".td-field"), !chosen || chosen.value !== "limits");
  };
  const row = (part) => {
    const kind = part.querySelector("[name$=-kind]").value;
    for (const control of part.querySelectorAll("[data-kinds]")) {
      show(control.closest(".td-field"), control.dataset.kinds.split(" ").includes(kind));
    }
  };
  form.addEventListener("change", (event) => {
    if (event.target.name === "effect") effects();
    const part = event.target.closest("[data-row]");
    if (part) row(part);
  });
  effects();
  form.querySelectorAll("[data-row]").forEach(row);
})();
