// Light, dark or the system's choice. Runs before the first paint; remembers only the word "light" or "dark".
(() => {
  const root = document.documentElement;
  const read = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const keep = (value) => { try { value ? localStorage.setItem("theme", value) : localStorage.removeItem("theme"); } catch { /* private window */ } };
  const show = (value) => { value ? (root.dataset.theme = value) : delete root.dataset.theme; };
  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const label = () => document.querySelectorAll("[data-theme-toggle]").forEach((button) => {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(dark()));
  });
  const kept = read();
  if (kept === "light" || kept === "dark") show(kept);
  document.addEventListener("DOMContentLoaded", label);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    const wanted = dark() ? "light" : "dark";
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    show(wanted);
    keep(wanted === system ? null : wanted);
    if (wanted === system) show(null);
    label();
  });
})();
