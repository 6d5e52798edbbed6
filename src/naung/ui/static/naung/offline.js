// Kerjakan tanpa sinyal: the page of what is kept in the phone. Corrections wait here and are sent row by row when the
// line returns; nothing is overwritten that somebody else changed meanwhile. offline-store.js keeps and forgets.
"use strict";
(function () {
  const root = document.getElementById("luring");
  const here = root.dataset;
  const words = document.getElementById("kata").dataset;
  const $ = (id) => document.getElementById(id);
  const part = (within, name) => within.querySelector(`[data-${name}]`);
  const copy = (id) => $(id).content.cloneNode(true).firstElementChild;
  if (!("serviceWorker" in navigator) || !self.indexedDB || !self.crypto || !crypto.randomUUID) {
    return;
  }
  $("tak-bisa").remove();

  const query = new URLSearchParams(location.search);
  let kept = { lists: [], rows: [], edits: [] };
  let asked = /^\d+$/.test(query.get("daftar") || "") ? Number(query.get("daftar")) : null;
  let leaving = query.has("keluar");
  let open = null; // the row whose form stands open
  let sending = false;
  let note = null; // [template, words] of what happened last
  let failedAt = null;
  let signedOut = false;

  // --- words ---------------------------------------------------------------------------------------

  const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
  const many = (name, n, facts) => fill(words[name + (n === 1 ? "Satu" : "Banyak")], { n, ...facts });
  const dates = (options) =>
    new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: words.zone, ...options });
  const day = (text) => dates({ weekday: "long", day: "numeric", month: "long" }).format(new Date(text));
  const time = (text) =>
    `${dates({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(text))} ${words.zoneName}`;
  const moment = (text) => {
    const today = day(text) === day(Date.now());
    return today ? time(text) : `${day(text)}, ${time(text)}`;
  };
  const nameOf = (one) => (one.shown && one.shown.name) || words.tanpaNama;
  const fields = () => [...$("t-formulir").content.querySelectorAll(".fg")].map((group) => control(group).name);
  const control = (group) => group.querySelector("input, select");
  const label = (name) =>
    $("t-formulir").content.querySelector(`label[for="isi-${name}"]`).firstChild.textContent.trim();
  const option = (name, value) => {
    const found = $("t-formulir").content.querySelector(`[name="${name}"] option[value="${CSS.escape(value)}"]`);
    return found ? found.textContent : value;
  };
  const masked = (text) => (text.length > 8 ? "••••" + text.slice(-4) : text ? "••••" : "");
  const sex = { L: words.l, P: words.p };
  // A value as people read it: a day in words, a number that identifies by its last four.
  function spoken(name, value) {
    if (!value) return "";
    if (name === "birth_date") return dates({ day: "numeric", month: "short", year: "numeric" }).format(new Date(value));
    if (name === "sex") return sex[value] || value;
    if (name === "occupation") return option(name, value);
    return ["nik", "kk", "phone"].includes(name) ? masked(value) : value;
  }

  function say(template, text) {
    note = [template, text];
    $("kabar").textContent = text;
  }

  // --- drawing -------------------------------------------------------------------------------------

  function badge(tone, text) {
    const made = copy(`t-${tone}`);
    made.lastChild.textContent = text;
    return made;
  }

  // The first sentence says the consequence.
  function speak(place, text) {
    const [, first, rest] = /^(.*?[.…](?= |$))(.*)$/.exec(text) || [null, text, ""];
    const bold = document.createElement("b");
    bold.textContent = first;
    place.replaceChildren(bold, rest);
  }

  const waiting = () => kept.edits.filter((edit) => edit.state === "waiting");
  const editOf = (id) => kept.edits.find((edit) => edit.id === id);
  const rowOf = (id) => kept.rows.find((row) => row.id === id);

  function drawStatus() {
    const place = $("kabar-luring");
    const n = waiting().length;
    const shown = [];
    if (signedOut) shown.push(["t-masuk", ""]);
    else if (!navigator.onLine && kept.lists.length)
      shown.push(["t-info", n ? many("tanpa", n) : words.tanpa]);
    else if (failedAt && n) shown.push(["t-info", fill(words.gagal, { time: time(failedAt) })]);
    if (note && (navigator.onLine || note[0] !== "t-tersambung")) shown.push(note);
    place.replaceChildren(
      ...shown.map(([template, text]) => {
        const made = copy(template);
        const link = part(made, "masuk");
        if (link) link.href = `${here.signIn}?next=${encodeURIComponent(here.page)}`;
        else speak(part(made, "kata"), text);
        return made;
      })
    );
    const bar = $("bilah");
    bar.hidden = !n || signedOut || leaving || !navigator.onLine;
    document.querySelectorAll("[data-kirim]").forEach((button) => (button.disabled = sending || !navigator.onLine));
    if (!sending) part(bar, "kirim").textContent = n ? many("kirim", n) : "";
  }

  function drawQueue() {
    const queue = kept.edits.filter((edit) => edit.state !== "conflict");
    $("antrean").hidden = !queue.length;
    part($("antrean"), "judul").textContent = many("antre", kept.edits.length);
    const lines = queue.map((edit) => {
      const made = copy("t-antre");
      const number = fill(words.baris, { n: edit.row });
      part(made, "nama").textContent = edit.typed.name || nameOf(edit);
      part(made, "kapan").textContent = `${number} · ${fill(words.diketik, { time: moment(edit.typed_at) })}`;
      made.querySelectorAll("[data-baris]").forEach((one) => (one.textContent = ` ${number}`));
      const refused = edit.state === "refused";
      part(made, "lencana").append(refused ? badge("bad", words.ditolak) : badge("wait", words.menunggu));
      part(made, "sebab").hidden = !refused;
      part(made, "sebab").lastElementChild.textContent = refused ? edit.said : "";
      part(made, "ubah").hidden = !rowOf(edit.id);
      part(made, "ubah").onclick = () => openForm(edit.id);
      part(made, "buang").onclick = () => drop(edit.id).then(() => focusOn($("antrean").hidden ? "kabar-luring" : "antrean-judul"));
      return made;
    });
    part($("antrean"), "isi").replaceChildren(...lines);
  }

  function drawRow(row) {
    const made = copy("t-baris");
    const edit = editOf(row.id);
    made.id = "b" + row.id.replace(":", "-");
    part(made, "nama").textContent = (edit && edit.typed.name) || nameOf(row);
    part(made, "nomor").textContent = fill(words.baris, { n: row.row });
    part(made, "nik").textContent = row.nik[0] ? ` · ${row.nik[0]}••••••••${row.nik[1]}` : "";
    const tone = row.verdict === "review" ? "warn" : "bad";
    row.faults.forEach((fault) => {
      const line = document.createElement("p");
      line.className = "sm luring-sebab";
      line.append(badge(tone, fault.short), " ", fault.sentence);
      part(made, "sebab").append(line);
    });
    if (edit) {
      const state = { waiting: words.menunggu, refused: words.ditolak, conflict: words.bentrok }[edit.state];
      part(made, "simpan").hidden = false;
      const at = fill(words.diketik, { time: moment(edit.typed_at) });
      part(made, "simpan").lastElementChild.textContent = `${state}. ${at}`;
    }
    const button = part(made, "buka");
    button.textContent = edit ? words.ubah : words.perbaiki;
    const number = document.createElement("span");
    number.className = "vh";
    number.textContent = ` ${fill(words.baris, { n: row.row })}`;
    button.append(number);
    button.onclick = () => openForm(row.id);
    if (open === row.id) {
      button.hidden = true;
      made.classList.add("tepi-kunyit");
      made.firstElementChild.append(drawForm(row, edit));
    }
    return made;
  }

  function drawForm(row, edit) {
    const form = copy("t-formulir");
    const typed = edit ? edit.typed : {};
    const first = row.first.length ? row.first : fields();
    const groups = Object.fromEntries([...form.querySelectorAll(".fg")].map((group) => [control(group).name, group]));
    Object.entries(groups).forEach(([name, group]) => {
      control(group).value = typed[name] ?? row.shown[name] ?? "";
      if (edit && edit.errors && edit.errors[name]) fault(group, edit.errors[name][0]);
    });
    part(form, "dulu").append(...first.map((name) => groups[name]));
    const rest = form.querySelector("details");
    rest.hidden = !part(form, "lain").children.length;
    rest.open = fields().some((name) => !first.includes(name) && typed[name]);
    part(form, "tutup").onclick = () => closeForm(row.id);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      keep(row, form);
    });
    return form;
  }

  function fault(group, text) {
    group.classList.add("err");
    group.querySelectorAll(".em").forEach((old) => old.remove());
    const line = copy("t-em");
    line.lastElementChild.textContent = text;
    line.id = `${control(group).id}_error`;
    control(group).before(line);
    control(group).setAttribute("aria-invalid", "true");
    const help = group.querySelector(".form-text");
    control(group).setAttribute("aria-describedby", `${line.id}${help ? " " + help.id : ""}`);
  }

  function drawConflict(edit) {
    const made = copy("t-bentrok");
    const { theirs, row, who, when, verdict } = edit.answer;
    made.id = "k" + edit.id.replace(":", "-");
    part(made, "nama").textContent = `${nameOf(edit)} · ${fill(words.baris, { n: edit.row })}`;
    const facts = { who: who || words.petugas, time: when ? moment(when) : "" };
    part(made, "siapa").textContent = fill(words.siapa, facts).replace(" .", ".");
    const was = { ...edit.shown, occupation: edit.shown.occupation && option("occupation", edit.shown.occupation) };
    const differs = (name) => name in was && (theirs[name] || "") !== (was[name] || "");
    const body = made.querySelector("tbody");
    const line = (title, ...cells) => {
      const added = body.insertRow();
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = title;
      added.append(head);
      cells.forEach((text) => (added.insertCell().textContent = text || "—"));
      return added;
    };
    fields()
      .filter((name) => name in edit.typed || differs(name))
      .forEach((name) => {
        const ours = name in edit.typed ? spoken(name, edit.typed[name]) : words.tetap;
        const them = ["birth_date", "sex"].includes(name) ? spoken(name, theirs[name]) : theirs[name];
        if (ours !== them) line(label(name), them, ours).className = "beda";
        else line(label(name), them, ours);
      });
    line(words.hasil, words["verdict" + verdict[0].toUpperCase() + verdict.slice(1)], words.menunggu);
    part(made, "saya").hidden = part(made, "ubah").hidden = !row;
    part(made, "selesai").hidden = Boolean(row);
    part(made, "saya").onclick = () => takeOurs(edit).then(send);
    part(made, "mereka").onclick = () => takeTheirs(edit);
    part(made, "ubah").onclick = () => takeOurs(edit, "refused").then(() => openForm(edit.id));
    return made;
  }

  function drawList(list) {
    const made = copy("t-daftar");
    const rows = kept.rows.filter((row) => row.list === list.id).sort((a, b) => a.ordinal - b.ordinal);
    const title = rows.length ? many("daftar", rows.length) : words.daftarNol;
    part(made, "judul").textContent = title;
    const facts = { office: list.office, received: day(list.received_on), day: day(list.expires_at) };
    part(made, "sampai").textContent =
      fill(words.sampai, facts) + (list.left_out ? " " + fill(words.sisa, { n: rows.length, rest: list.left_out }) : "");
    part(made, "isi").append(...rows.map(drawRow));
    return made;
  }

  function draw() {
    root.hidden = false;
    drawStatus();
    drawQueue();
    const conflicts = kept.edits.filter((edit) => edit.state === "conflict");
    $("bentrok").hidden = !conflicts.length;
    part($("bentrok"), "isi").replaceChildren(...conflicts.map(drawConflict));
    $("daftar").replaceChildren(...kept.lists.map(drawList));
    $("ambil").hidden = asked === null;
    $("kosong").hidden = asked !== null || kept.lists.length > 0;
    $("hapus").hidden = !kept.lists.length;
    $("keluar").hidden = !leaving || !kept.edits.length;
    part($("keluar"), "kirim").hidden = !waiting().length;
    part($("keluar"), "judul").textContent = many("antre", kept.edits.length);
  }

  async function again() {
    kept = (await naungOffline.fresh()) || { lists: [], rows: [], edits: [] };
    draw();
  }

  function focusOn(id) {
    const found = $(id);
    if (!found) return;
    if (!found.hasAttribute("tabindex")) found.tabIndex = -1;
    found.focus();
  }

  // --- correcting ----------------------------------------------------------------------------------

  function openForm(id) {
    open = id;
    draw();
    const row = $("b" + id.replace(":", "-"));
    row.querySelector(".fg.err input, .fg.err select, .fg input, .fg select").focus();
  }

  function closeForm(id) {
    open = null;
    draw();
    focusOn("b" + id.replace(":", "-"));
  }

  async function keep(row, form) {
    form.querySelectorAll(".em").forEach((old) => old.remove());
    form.querySelectorAll(".fg.err").forEach((group) => group.classList.remove("err"));
    const typed = {};
    form.querySelectorAll(".fg").forEach((group) => {
      const value = control(group).value.trim();
      if (value && value !== (row.shown[control(group).name] || "")) typed[control(group).name] = value;
    });
    const stop = (group, text) => {
      if (group) fault(group, text);
      else part(form, "galat").replaceChildren(badge("bad", text));
      const details = group && group.closest("details");
      if (details) details.open = true;
      (group ? control(group) : form.querySelector("input, select")).focus();
      $("kabar").textContent = text;
    };
    if (!Object.keys(typed).length) return stop(null, words.nol);
    if (typed.nik) {
      const group = form.querySelector("#isi-nik").closest(".fg");
      typed.nik = typed.nik.replace(/[\s.\-]/g, "");
      if (/\D/.test(typed.nik)) return stop(group, words.nikHuruf);
      if (typed.nik.length !== 16) return stop(group, fill(words.nik, { n: typed.nik.length }));
    }
    await naungOffline.write((name) =>
      name("edits").put({
        id: row.id, list: row.list, ordinal: row.ordinal, row: row.row, shown: row.shown, version: row.version,
        typed, typed_at: new Date().toISOString(), key: crypto.randomUUID(), state: "waiting",
      })
    );
    open = null;
    say("t-ok", fill(words.disimpan, { n: row.row }));
    await again();
    focusOn("b" + row.id.replace(":", "-"));
    if (navigator.onLine) send();
  }

  const drop = (id) => naungOffline.write((name) => name("edits").delete(id)).then(again);

  // What the operator typed goes over the row as it stands now, because the operator says so.
  async function takeOurs(edit, state = "waiting") {
    const changed = { ...edit, state, version: edit.answer.row.version, shown: edit.answer.row.shown };
    changed.key = crypto.randomUUID();
    changed.said = state === "refused" ? edit.said : "";
    delete changed.answer;
    await naungOffline.write((name) => {
      name("rows").put(stored(edit.list, edit.answer.row));
      name("edits").put(changed);
    });
    await again();
  }

  async function takeTheirs(edit) {
    await naungOffline.write((name) => {
      if (edit.answer.row) name("rows").put(stored(edit.list, edit.answer.row));
      else name("rows").delete(edit.id);
      name("edits").delete(edit.id);
    });
    await again();
    focusOn($("bentrok").hidden ? "kabar-luring" : "bentrok-judul");
  }

  // --- the line ------------------------------------------------------------------------------------

  const stored = (list, row) => ({ ...row, list, id: `${list}:${row.ordinal}` });
  const address = (pattern, ...numbers) => numbers.reduce((url, n) => url.replace("/0/", `/${n}/`), pattern);

  // Throws where nothing answers; `told` is null for an answer that is none of ours: the way to the sign-in page.
  async function ask(url, options = {}) {
    const answer = await fetch(url, { credentials: "same-origin", cache: "no-store", redirect: "manual", ...options });
    const json = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    if (answer.status >= 500) throw new Error(String(answer.status));
    return { status: answer.status, told: json ? await answer.json() : null };
  }

  // The token of the person whose rows these are; null where somebody else or nobody is signed in.
  async function signedIn() {
    const { status, told } = await ask(here.line);
    signedOut = status !== 200 || !told;
    if (signedOut) return null;
    if (kept.lists.some((list) => list.person !== told.person)) {
      await naungOffline.wipe();
      await again();
      return null;
    }
    return told;
  }

  async function send() {
    if (sending || !navigator.onLine || !waiting().length) return;
    sending = true;
    const queue = waiting().sort((a, b) => a.typed_at.localeCompare(b.typed_at));
    const said = [];
    let taken = 0;
    try {
      draw();
      const line = await signedIn();
      for (const edit of line ? queue : []) {
        const progress = fill(words.mengirim, { n: taken + 1, of: queue.length });
        part($("bilah"), "kirim").textContent = progress;
        const { status, told } = await ask(address(here.edit, edit.list, edit.ordinal), {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-CSRFToken": line.token },
          body: JSON.stringify({
            person: line.person, key: edit.key, version: edit.version, typed: edit.typed, typed_at: edit.typed_at,
          }),
        });
        if (!told || told.state === "other-person") {
          signedOut = true;
          break;
        }
        if (told.state === "accepted") {
          taken += 1;
          said.push(told.said);
        }
        await settle(edit, told);
      }
      failedAt = null;
    } catch {
      failedAt = Date.now();
    }
    sending = false;
    if (taken) say("t-ok", [many("terkirim", taken), ...said].join(" "));
    await again();
    if (!$("bentrok").hidden) focusOn("bentrok-judul");
  }

  // One answer: the row as it stands now, and the correction gone, shown beside another, or waiting to be changed.
  async function settle(edit, told) {
    await naungOffline.write((name) => {
      const asked = name("edits").get(edit.id);
      asked.onsuccess = () => {
        const now = asked.result;
        if (told.state === "accepted") {
          if (told.row) name("rows").put(stored(edit.list, told.row));
          else name("rows").delete(edit.id);
          // Typed anew while this was on its way: it goes next, over the row as it stands now.
          if (now && now.key === edit.key) name("edits").delete(edit.id);
          else if (now && told.row) name("edits").put({ ...now, version: told.row.version });
        } else if (now && now.key === edit.key) {
          const state = told.state === "conflict" ? "conflict" : "refused";
          const answer = told.state === "conflict" ? told : undefined;
          name("edits").put({ ...now, state, said: told.said, errors: told.errors, answer });
          if (told.gone) name("rows").delete(edit.id);
        }
      };
    });
  }

  async function take(list) {
    const button = part($("ambil"), "ambil");
    button.disabled = true;
    try {
      const { status, told } = await ask(here.rows.replace("/0/", `/${list}/`));
      if (!told) {
        signedOut = true;
        return draw();
      }
      if (status !== 200) throw new Error(String(status));
      if (kept.lists.some((one) => one.person !== told.person)) await naungOffline.wipe();
      const worker = await navigator.serviceWorker.register(here.worker, { scope: here.scope });
      await active(worker);
      const { rows, ...about } = told;
      const now = Date.now(); // by the clock of this phone, which will also say when the time is over
      about.taken_at = new Date(now).toISOString();
      about.expires_at = new Date(now + about.kept_days * 86400000).toISOString();
      const old = kept.rows.filter((row) => row.list === list);
      await naungOffline.write((name) => {
        name("lists").put({ ...about, id: list });
        old.forEach((row) => name("rows").delete(row.id));
        rows.forEach((row) => name("rows").put(stored(list, row)));
      });
      asked = null;
      history.replaceState(null, "", here.page);
      say("t-tersambung", words.siap);
      await again();
      focusOn("kabar-luring");
    } catch {
      say("t-info", words.gagalAmbil);
      draw();
    } finally {
      button.disabled = false;
    }
  }

  // The page must open without a line before anybody relies on it.
  function active(registration) {
    const worker = registration.installing || registration.waiting || registration.active;
    return new Promise((resolve, reject) => {
      const look = () => {
        if (worker.state === "activated") resolve();
        else if (worker.state === "redundant") reject(new Error("not installed"));
      };
      worker.addEventListener("statechange", look);
      look();
    });
  }

  // --- beginning -----------------------------------------------------------------------------------

  document.querySelectorAll("[data-kirim]").forEach((button) => (button.onclick = send));
  part($("ambil"), "ambil").onclick = () => take(asked);
  part($("hapus"), "hapus").onclick = async () => {
    await naungOffline.wipe();
    $("hapus").open = false;
    say("t-ok", words.dihapus);
    await again();
  };
  $("keluar").querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const line = await signedIn().catch(() => null);
    await naungOffline.wipe();
    if (!line) return again();
    event.target.elements.csrfmiddlewaretoken.value = line.token;
    event.target.submit();
  });
  addEventListener("online", () => {
    note = null;
    draw();
    send();
  });
  addEventListener("offline", draw);
  setInterval(() => (document.hidden || open ? null : again().then(send)), 60000);
  again().then(async () => {
    if (leaving && kept.edits.length) part($("keluar"), "judul").focus();
    if (!kept.lists.length || !navigator.onLine) return;
    if (waiting().length && !leaving) await send();
    else await signedIn().then(drawStatus, () => null);
  });
})();
