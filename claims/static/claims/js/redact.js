// Draws the areas of a redaction over the small picture. The numbers are the form: without a script they are typed.
(() => {
  const form = document.querySelector("form[data-redact]");
  const stage = form?.querySelector("[data-redact-stage]");
  if (!stage) return;
  const picks = [...form.querySelectorAll("[data-redact-pick]")];
  const sides = ["left", "top", "width", "height"];
  const field = (area, side) => form.elements[`${area}-${side}`];
  const chosen = () => picks.find((pick) => pick.checked)?.value || "crop";
  const layer = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  layer.setAttribute("viewBox", "0 0 100 100");
  layer.setAttribute("preserveAspectRatio", "none");
  stage.append(layer);
  picks.forEach((pick) => { pick.hidden = false; });
  form.querySelector("[data-redact-how]").hidden = false;

  const draw = () => {
    layer.replaceChildren(...picks.flatMap((pick) => {
      const box = sides.map((side) => parseFloat(field(pick.value, side).value));
      if (box.some(Number.isNaN)) return [];
      const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      ["x", "y", "width", "height"].forEach((name, i) => rect.setAttribute(name, box[i]));
      rect.setAttribute("class", pick.value === "crop" ? "crop" : "blur");
      return [rect];
    }));
  };
  const at = (event) => {
    const box = layer.getBoundingClientRect();
    const within = (value) => Math.min(100, Math.max(0, value));
    return [within((100 * (event.clientX - box.left)) / box.width), within((100 * (event.clientY - box.top)) / box.height)];
  };
  let from = null;
  layer.addEventListener("pointerdown", (event) => { from = at(event); layer.setPointerCapture(event.pointerId); event.preventDefault(); });
  layer.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = at(event);
    const box = [Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])];
    sides.forEach((side, i) => { field(chosen(), side).value = box[i].toFixed(1); });
    draw();
  });
  layer.addEventListener("pointerup", () => { from = null; });
  form.addEventListener("input", draw);
  draw();
})();
