// Two minutes before a session ends by idleness: a dialog with «Lanjutkan» (WCAG 2.2.1). What was typed stays.
// The server is asked before anything is said: another tab may have gone on, or the machine may have slept.
(function () {
  "use strict";
  var WARNING = 120;
  var waiting = document.querySelector("dialog[data-open]");
  if (waiting && waiting.showModal) {
    waiting.showModal();
  }
  var dialog = document.getElementById("sesi");
  var left = Number(document.body.dataset.left);
  if (!dialog || !dialog.showModal || !left) {
    return;
  }
  var line = document.querySelector(".sesi-akhir");
  if (line) {
    line.hidden = true; // for those without scripts; here the dialog says it in time
  }
  var soon = dialog.querySelector("[data-sesi=hampir]");
  var over = dialog.querySelector("[data-sesi=berakhir]");
  var said = over.querySelector("[data-belum]");
  var ended = false;
  var timer;

  function plan(seconds) {
    clearTimeout(timer);
    // A timer of more than 24 days would fire at once.
    timer = setTimeout(look, Math.min(Math.max(seconds, 1), 86400) * 1000);
  }

  function ask(method) {
    var headers = { Accept: "application/json" };
    if (method === "POST") {
      headers["X-CSRFToken"] = soon.querySelector("[name=csrfmiddlewaretoken]").value;
    }
    return fetch(dialog.dataset.url, { method: method, headers: headers, credentials: "same-origin" }).then(
      function (answer) {
        var kind = answer.headers.get("Content-Type") || "";
        return answer.ok && kind.indexOf("application/json") === 0 ? answer.json() : null;
      }
    );
  }

  function open() {
    if (!dialog.open) {
      dialog.showModal();
    }
  }

  function goOn(told) {
    if (told.person !== document.body.dataset.person) {
      location.reload(); // somebody else signed in: this page is not theirs
      return;
    }
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(function (field) {
      field.value = told.token;
    });
    ended = false;
    over.hidden = true;
    soon.hidden = false;
    dialog.classList.remove("tutup");
    dialog.setAttribute("aria-labelledby", "sesi-judul");
    dialog.close();
    plan(told.left - WARNING);
  }

  function end() {
    ended = true;
    clearTimeout(timer);
    soon.hidden = true;
    over.hidden = false;
    dialog.classList.add("tutup");
    over.querySelector("h2").id = "sesi-usai";
    dialog.setAttribute("aria-labelledby", "sesi-usai");
    open();
    over.querySelector("a").focus();
  }

  function look() {
    ask("GET").then(
      function (told) {
        if (!told || told.left <= 0) {
          end();
        } else if (told.left > WARNING + 5) {
          if (dialog.open) {
            goOn(told);
          } else {
            plan(told.left - WARNING);
          }
        } else {
          open();
          plan(told.left + 1);
        }
      },
      function () {
        open(); // no line: whoever presses «Lanjutkan» learns more
        plan(30);
      }
    );
  }

  soon.querySelector("form").addEventListener("submit", function (event) {
    event.preventDefault();
    event.stopPropagation();
    ask("POST").then(function (told) {
      if (told) {
        goOn(told);
      } else {
        end();
      }
    }, look);
  });
  over.querySelector("button").addEventListener("click", function () {
    ask("GET").then(function (told) {
      if (told && told.left > 0) {
        said.textContent = "";
        goOn(told);
      } else {
        said.textContent = said.dataset.belum;
      }
    });
  });
  dialog.addEventListener("cancel", function (event) {
    if (ended) {
      event.preventDefault();
    }
  });
  document.body.addEventListener("htmx:afterRequest", function (event) {
    var told = event.detail.xhr && event.detail.xhr.getResponseHeader("X-Session-Left");
    if (told && !ended && !dialog.open) {
      plan(Number(told) - WARNING);
    }
  });
  plan(left - WARNING);
})();
