// A source picker: what was found stands under the field; a click or Enter takes it, arrow keys move, Escape closes.
(() => {
  const parts = (node) => {
    const picker = node.closest("[data-picker]");
    return picker && { picker, input: picker.querySelector("input[type=text]"), id: picker.querySelector("input[type=hidden]"), found: picker.querySelector("[data-found]") };
  };
  const take = (button) => {
    const { input, id, found } = parts(button);
    input.value = button.dataset.name;
    id.value = button.dataset.pick;
    found.replaceChildren();
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pick]");
    if (button) take(button);
  });
  document.addEventListener("keydown", (event) => {
    const here = event.target.closest?.("[data-picker]") && parts(event.target);
    if (!here) return;
    const buttons = [...here.found.querySelectorAll("[data-pick]")];
    if (!buttons.length) return;
    if (event.key === "Escape") { event.stopPropagation(); here.found.replaceChildren(); here.input.focus(); return; }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = buttons.indexOf(document.activeElement) + step;
    if (at < 0) here.input.focus(); else buttons[Math.min(at, buttons.length - 1)].focus();
  });
})();
