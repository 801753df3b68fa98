// Shows how far a large upload is. A form marked data-upload still works as a plain form; with a script it is sent by
// XMLHttpRequest, and the answer is followed: a redirect is gone to, a refusal replaces the form's part of the page.
(() => {
  const send = (form, submitter) => {
    const bar = form.querySelector("progress[data-progress]");
    const text = form.querySelector("[data-progress-text]");
    const buttons = form.querySelectorAll("button[type=submit]");
    const request = new XMLHttpRequest();
    const busy = (on) => { buttons.forEach((button) => { button.disabled = on; }); bar?.closest("[data-progress-box]")?.toggleAttribute("hidden", !on); };
    request.upload.addEventListener("progress", (event) => {
      if (!bar || !event.lengthComputable) return;
      bar.max = event.total;
      bar.value = event.loaded;
      if (text) text.textContent = Math.floor((100 * event.loaded) / event.total) + "%";
    });
    request.addEventListener("load", () => {
      busy(false);
      if (request.status < 400) { location.assign(request.responseURL); return; }
      const answer = new DOMParser().parseFromString(request.responseText, "text/html");
      const fresh = (form.id && answer.getElementById(form.id)) || answer.querySelector("form[data-upload], [role=alert], main");
      if (!fresh) return;
      if (fresh.matches("form")) { fresh.querySelectorAll("input[type=file]").forEach((input, i) => input.replaceWith(form.querySelectorAll("input[type=file]")[i] || input)); form.replaceWith(fresh); }
      else form.prepend(fresh);
    });
    const failed = () => { busy(false); const toast = document.querySelector("[data-toast]"); if (toast) { toast.textContent = toast.dataset.offline || ""; toast.classList.add("error"); } };
    request.addEventListener("error", failed);
    request.addEventListener("abort", failed);
    const body = new FormData(form, submitter);
    busy(true);
    form.querySelector("[data-progress-stop]")?.addEventListener("click", () => request.abort(), { once: true });
    request.open("POST", form.action);
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.send(body);
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-upload]") || event.defaultPrevented || !form.querySelector("input[type=file]")?.files.length) return;
    event.preventDefault();
    send(form, event.submitter);
  });
})();
