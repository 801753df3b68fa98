// Copies what data-copy holds, or the text of the element data-copy-from names, and says so in the button for a moment.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copy-from]");
  if (!button || !navigator.clipboard) return;
  const source = button.dataset.copyFrom && document.querySelector(button.dataset.copyFrom);
  await navigator.clipboard.writeText(source ? (source.value ?? source.textContent).trim() : button.dataset.copy);
  const before = button.textContent;
  button.textContent = button.dataset.copied || "✓";
  setTimeout(() => { button.textContent = before; }, 1600);
});
