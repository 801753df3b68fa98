// Nothing typed is lost: warn before leaving a form marked data-keep that has unsent text, keep the place after a
// refused save (409, 422), and say so when the network failed. Text stays in the page; nothing is stored.
(() => {
  const dirty = new WeakSet();
  const forms = () => [...document.querySelectorAll("form[data-keep]")];
  const say = (kind) => {
    const toast = document.querySelector("[data-toast]");
    if (!toast) return;
    toast.textContent = toast.dataset[kind] || "";
    toast.classList.add("error");
  };
  document.addEventListener("input", (event) => { const form = event.target.form; if (form?.matches("[data-keep]")) dirty.add(form); });
  document.addEventListener("submit", (event) => { if (!event.defaultPrevented) dirty.delete(event.target); });
  addEventListener("beforeunload", (event) => { if (forms().some((form) => dirty.has(form))) event.preventDefault(); });

  const stand = () => {
    const first = document.querySelector("[data-conflict], [aria-invalid=true], [role=alert][tabindex]");
    first?.scrollIntoView({ block: "nearest" });
    first?.focus({ preventScroll: true });
  };
  document.addEventListener("DOMContentLoaded", () => {
    forms().forEach((form) => { if (form.querySelector("[aria-invalid=true], [data-conflict]")) dirty.add(form); });
    stand();
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) { const toast = document.querySelector("[data-toast]"); if (toast) toast.textContent = ""; dirty.delete(event.detail.elt); }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const status = event.detail.xhr?.status;
    if (status !== 409 && status !== 422) return;
    const refused = document.querySelector("form[data-keep]");
    if (refused) dirty.add(refused);
    stand();
  });
  document.addEventListener("htmx:sendError", () => say("offline"));
  document.addEventListener("htmx:timeout", () => say("offline"));
  document.addEventListener("htmx:responseError", (event) => { if (![409, 422].includes(event.detail.xhr.status)) say(event.detail.xhr.status === 403 ? "refused" : "failed"); });
})();
