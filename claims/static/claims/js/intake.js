// The triage screen: which card one stands on, keys for it, highlights that follow, selections that become proposals.
// Everything here is behaviour on top of plain forms; without it the page works by mouse and Tab.
(() => {
  const RANK = { proposed: 0, accepted: 1, rejected: 2 };
  const cards = () => [...document.querySelectorAll("[data-proposal]")];
  const current = () => document.querySelector(".proposal.current");
  const waits = (card) => card.dataset.state === "proposed";
  const marks = (id) => document.querySelectorAll(`[data-p~="${id}"]`);

  // Keys belong to the card one stands on: keys.js finds them by data-key.
  const stand = (card, { focus = true, scroll = true } = {}) => {
    const before = current();
    if (before && before !== card) {
      before.classList.remove("current");
      before.removeAttribute("aria-current");
      before.querySelectorAll("[data-act]").forEach((node) => node.removeAttribute("data-key"));
    }
    document.querySelectorAll("mark.current").forEach((node) => node.classList.remove("current"));
    if (!card) return;
    card.classList.add("current");
    card.setAttribute("aria-current", "true");
    card.querySelectorAll("[data-act]").forEach((node) => { node.dataset.key = node.dataset.act; });
    const own = marks(card.dataset.proposal);
    own.forEach((node) => node.classList.add("current"));
    if (focus) card.focus({ preventScroll: true });
    if (scroll) { card.scrollIntoView({ block: "nearest" }); own[0]?.scrollIntoView({ block: "nearest" }); }
  };
  const enter = (card) => {
    stand(card);
    const asked = hop !== null && card.querySelector(`[name$="-hop-${hop}-name"]`);
    hop = null;
    // Refused because a source is unknown: stand in its field.
    const nameless = card.querySelector(".errors") && [...card.querySelectorAll("form[data-keep] [data-picker]")]
      .map((one) => [one.querySelector("input[type=text]"), one.querySelector("input[type=hidden]"), one.parentElement.querySelector("select")])
      .find(([name, id, kind]) => name.value && !id.value && !kind.value)?.[0];
    const first = asked || nameless || card.querySelector("[role=alert], [aria-invalid=true]") || card.querySelector("[data-cuts] .likely") || card.querySelector("[data-cuts] .cut") || card.querySelector("form[data-keep] textarea");
    first?.focus({ preventScroll: true });
  };
  const go = (step) => {
    const all = cards();
    const at = all.indexOf(current());
    const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
    if (next) stand(next);
  };
  const onward = (card) => {
    const all = cards();
    const at = all.indexOf(card);
    const next = all.slice(at + 1).find(waits) || all.find(waits);
    const elsewhere = document.querySelector("[data-elsewhere]");
    if (elsewhere) elsewhere.hidden = Boolean(next);
    stand(next || card);
    if (!next) (document.querySelector(".tally .message a.btn.main") || elsewhere?.querySelector("a"))?.focus();
  };
  // A highlight looks like the proposal over it that still waits.
  const recolour = (card) => {
    for (const mark of marks(card.dataset.proposal)) {
      const states = mark.dataset.p.split(" ").map((id) => document.getElementById("p" + id)?.dataset.state || "proposed");
      mark.classList.remove(...Object.keys(RANK));
      mark.classList.add(states.sort((a, b) => RANK[a] - RANK[b])[0]);
    }
  };

  document.addEventListener("htmx:afterSettle", (event) => {
    const node = event.detail.elt;
    if (node.id === "reading") { more(node); return; }
    if (node.matches?.("[data-triage]") || node.querySelector?.(":scope > [data-triage]")) { begin(); return; }
    const card = node.matches?.("[data-proposal]") ? node : null;
    if (!card) return;
    recolour(card);
    if (waits(card)) enter(card); else onward(card);
  });
  const begin = () => {
    const named = document.querySelector("[data-triage]")?.dataset.current;
    const asked = location.hash.match(/^#p(\d+)$/)?.[1];
    const card = document.getElementById("p" + (named || asked || "")) || cards().find(waits);
    const elsewhere = document.querySelector("[data-elsewhere]");
    if (elsewhere) elsewhere.hidden = cards().some(waits);
    if (card) { if (named || asked) enter(card); else stand(card, { focus: false, scroll: false }); }
  };

  // While a long text is read: what was found since appears by itself, unless a card is open.
  let known = null;
  const more = (node) => {
    const now = node.dataset.nAll;
    if (known !== null && now !== known && !document.querySelector(".proposal form[data-keep], .fold[open]")) { window.htmx.ajax("GET", node.querySelector("[data-more]").getAttribute("hx-get"), { target: "#triage", swap: "outerHTML" }); }
    known = now;
  };

  // A source chip opens its card at that hop; a part that unfolds takes the focus, unless a selection opened it.
  let hop = null;
  let quiet = false;
  document.addEventListener("toggle", (event) => {
    if (!event.target.matches?.(".fold") || !event.target.open) return;
    if (quiet) { quiet = false; return; }
    event.target.querySelector("[aria-invalid=true], input:not([type=hidden]), select, textarea")?.focus();
  }, true);

  document.addEventListener("click", (event) => {
    hop = event.target.closest("[data-hop]")?.dataset.hop ?? null;
    const step = event.target.closest("[data-go]")?.dataset.go;
    if (step) { go(Number(step)); return; }
    const mark = event.target.closest("mark[data-p]");
    if (mark && getSelection().isCollapsed) {
      const ids = mark.dataset.p.split(" ");
      const at = ids.indexOf(current()?.dataset.proposal);
      const card = document.getElementById("p" + ids[(at + 1) % ids.length]);
      if (card) stand(card);
      return;
    }
    const card = event.target.closest("[data-proposal]");
    if (card && card !== current()) stand(card, { focus: false, scroll: false });
  });
  document.addEventListener("focusin", (event) => {
    const card = event.target.closest("[data-proposal]");
    if (card && card !== current()) stand(card, { focus: false });
  });
  document.addEventListener("keydown", (event) => {
    const list = event.target.closest?.("[data-cuts]");
    const rtl = list && getComputedStyle(list).direction === "rtl";
    const step = list && { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const all = [...list.querySelectorAll(".cut")];
      event.preventDefault();
      all[Math.min(Math.max(all.indexOf(document.activeElement) + step, 0), all.length - 1)].focus();
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const save = event.target.closest?.("[data-proposal] form[data-keep]")?.querySelector("button.main");
      if (save) { event.preventDefault(); save.click(); }
    }
    if (event.key === "Escape" && !event.defaultPrevented) {
      const leave = event.target.closest?.("[data-proposal]")?.querySelector("[data-act=Escape]");
      const form = event.target.closest("form[data-keep]");
      if (leave && form && touched(form)) leave.focus(); else leave?.click();
    }
  });

  // A selection in the text fills the form for a passage marked by hand; positions are code points of the stored text.
  const offset = (node, at) => {
    const piece = (node.nodeType === 1 ? node : node.parentElement).closest("[data-start]");
    if (!piece) return null;
    const range = document.createRange();
    range.selectNodeContents(piece);
    range.setEnd(node, at);
    return Number(piece.dataset.start) + [...range.toString()].length;
  };
  document.addEventListener("selectionchange", () => {
    const text = document.querySelector("[data-text]");
    const selection = getSelection();
    const form = document.querySelector("[data-mark] form");
    if (!text || !form || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    const start = offset(range.startContainer, range.startOffset);
    const end = offset(range.endContainer, range.endOffset);
    if (start === null || end === null || end <= start) return;
    form.elements.start.value = start;
    form.elements.end.value = end;
    form.elements.words.value = selection.toString();
    const fold = form.closest("details");
    quiet = !fold.open;
    fold.open = true;
  });
  // Words typed by hand are looked up; a span left from an earlier selection would be another passage.
  document.addEventListener("input", (event) => {
    if (event.target.name !== "words") return;
    event.target.form.elements.start.value = "";
    event.target.form.elements.end.value = "";
  });

  // What is typed is not thrown away by one key: Escape then only goes to the link that does.
  const touched = (form) => Boolean(form.querySelector("[aria-invalid=true], [data-conflict]")) || [...form.elements].some((field) => {
    if (field.type === "hidden" || field.tagName === "BUTTON") return false;
    if (field.tagName === "SELECT") return [...field.options].some((one) => one.selected !== one.defaultSelected) && field.selectedIndex !== Math.max([...field.options].findIndex((one) => one.defaultSelected), 0);
    return /^(checkbox|radio)$/.test(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
  });

  document.addEventListener("DOMContentLoaded", begin);
})();
