/* What a word means, shown beside it under a pointer or the keyboard's focus; Escape hides it. The
   words stand hidden in the page already (outputs/terms.py), where a screen reader finds them. */
(() => {
  const shown = document.createElement("div");
  shown.id = "term-shown";
  shown.setAttribute("aria-hidden", "true");
  shown.hidden = true;
  const hide = () => (shown.hidden = true);
  const show = (link) => {
    const means = document.getElementById(link.getAttribute("aria-describedby"));
    if (!means) return;
    shown.textContent = means.textContent;
    shown.hidden = false;
    const at = link.getBoundingClientRect();
    const room = document.documentElement.clientWidth - shown.offsetWidth - 8;
    shown.style.left = `${Math.max(8, Math.min(at.left, room)) + window.scrollX}px`;
    shown.style.top = `${at.bottom + window.scrollY + 4}px`;
  };
  const term = (event) => event.target.closest?.("a.term");
  for (const name of ["pointerover", "focusin"])
    document.addEventListener(name, (event) => term(event) && show(term(event)));
  document.addEventListener("pointerout", (event) => {
    if (term(event) && event.relatedTarget !== shown) hide();
  });
  shown.addEventListener("pointerleave", hide);
  document.addEventListener("focusout", (event) => term(event) && hide());
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("DOMContentLoaded", () => document.body.append(shown));
})();
