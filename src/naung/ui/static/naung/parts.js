// What scripts add to pages that work without them. Loaded on staff pages, after htmx.
"use strict";

// A form that changes something is sent once: the button keeps its words and says that it is working.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  const words = document.body.dataset.sending;
  const button = event.submitter;
  if (words && button && button.matches(".btn")) {
    const note = document.createElement("span");
    note.className = "sedang";
    note.textContent = words;
    button.append(note);
  }
});

// Sent, whether the page stays (a part changed, a file was downloaded) or comes back from history.
const ready = (root) => {
  for (const form of root.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelectorAll(".sedang").forEach((note) => note.remove());
  }
};
addEventListener("pageshow", () => ready(document));
document.addEventListener("htmx:afterRequest", () => ready(document));

// A part that changed may name what the reader should hear and where the keyboard should stand.
document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt;
  const heading = part.matches("[data-focus]") ? part : part.querySelector("[data-focus]");
  if (heading) heading.focus();
  const said = part.matches("[data-say]") ? part : part.querySelector("[data-say]");
  const live = document.getElementById("kabar");
  if (said && live) live.textContent = said.dataset.say;
});

// No line, or a server that failed: said, never swallowed.
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    const live = document.getElementById("kabar");
    if (!live) return;
    live.textContent = document.body.dataset.failed;
    live.className = "note bad";
  });
}
document.addEventListener("htmx:beforeRequest", () => {
  const live = document.getElementById("kabar");
  if (live) live.className = "vh";
});
