// Keys declared by the page: any element with data-key="a" (or "/", "?", "1"…) is clicked, or focused when it is a field.
// Physical keys (event.code) are compared, so the same keys work on an Arabic keyboard. Ignored while typing.
(() => {
  const NAMED = { "/": "Slash", ",": "Comma", ".": "Period", "[": "BracketLeft", "]": "BracketRight", Enter: "Enter", Escape: "Escape" };
  const codes = (key) => {
    if (/^[a-z]$/i.test(key)) return ["Key" + key.toUpperCase()];
    if (/^[0-9]$/.test(key)) return ["Digit" + key, "Numpad" + key];
    return [NAMED[key] || key];
  };
  const typing = (node) => node.isContentEditable || (/^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName) && !/^(checkbox|radio|button|submit)$/.test(node.type));
  // Enter belongs to the link or button one stands on, before any other on the page.
  const answersEnter = (node) => Boolean(node.closest?.("a[href], button, summary, input, select"));
  const visible = (node) => node.checkVisibility ? node.checkVisibility() : node.offsetParent !== null;
  const scope = () => document.querySelector("dialog[open]") || document;

  const words = (node) => {
    const copy = node.cloneNode(true);
    copy.querySelectorAll("kbd").forEach((key) => key.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  const fill = (list) => {
    list.replaceChildren();
    const seen = new Set();
    for (const node of document.querySelectorAll("[data-key]")) {
      const key = node.dataset.key;
      if (seen.has(key) || !visible(node)) continue;
      seen.add(key);
      const term = document.createElement("dt");
      term.append(Object.assign(document.createElement("kbd"), { textContent: (node.dataset.keyShift !== undefined ? "Shift " : "") + key.toUpperCase() }));
      const text = document.createElement("dd");
      text.textContent = node.dataset.keyLabel || node.getAttribute("aria-label") || words(node);
      list.append(term, text);
    }
  };
  const help = () => {
    const dialog = document.querySelector("dialog[data-keys-help]");
    if (!dialog || dialog.open) return;
    fill(dialog.querySelector("[data-keys-list]"));
    dialog.showModal();
  };
  const act = (node) => {
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName) && !/^(submit|button|checkbox|radio)$/.test(node.type)) { node.focus(); node.select?.(); }
    else { node.click(); node.control?.focus(); }
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (event.key === "Enter" && answersEnter(event.target)) return;
    if (event.key === "?" || event.key === "؟" || (event.code === "Slash" && event.shiftKey)) { event.preventDefault(); help(); return; }
    for (const node of scope().querySelectorAll("[data-key]")) {
      if (!codes(node.dataset.key).includes(event.code) || (node.dataset.keyShift !== undefined) !== event.shiftKey) continue;
      if (!visible(node) || node.disabled) continue;
      event.preventDefault();
      act(node);
      return;
    }
  });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-keys-open]")) help(); });
})();
