// Opens and closes dialogs, menus and folds. A link with data-dialog="id" opens that dialog; without a script it is just a link.
(() => {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener && !event.ctrlKey && !event.metaKey) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (dialog) { event.preventDefault(); dialog.showModal(); }
    }
    const closer = event.target.closest("[data-close]");
    if (closer) { event.preventDefault(); closer.closest("dialog")?.close(); }
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("mousedown", (event) => {
    const dialog = event.target.closest?.("dialog[open]");
    if (!dialog || event.target !== dialog || dialog.querySelector("textarea, input[type=text]")) return;
    const box = dialog.getBoundingClientRect();
    if (event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom) dialog.close();
  });
  // A choice unfolds what it asks for; what was unfolded stays, so that nothing typed goes out of sight.
  document.addEventListener("change", (event) => {
    const fold = event.target.form?.querySelector(`details[data-asked-by="${CSS.escape(event.target.value)}"]`);
    if (fold && event.target.type === "radio") fold.open = true;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details.menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });
})();
