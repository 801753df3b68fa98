// Says why a security key was not used: the sign-in library only tells the console.
document.addEventListener("allauth.error", (event) => {
  const place = document.querySelector("[data-key-problem]");
  if (!place) return;
  event.preventDefault();
  const words = { SecurityError: "name", NotAllowedError: "refused", AbortError: "refused", InvalidStateError: "known" };
  place.textContent = place.dataset[words[event.detail.exception?.name] || "other"];
  place.hidden = false;
});
