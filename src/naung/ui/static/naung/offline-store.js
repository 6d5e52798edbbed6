// What a village operator keeps in the phone: rows still open and corrections not sent yet. Nothing lives here longer
// than seven days, or after signing out, or when somebody else signs in. Shared by the page, its service worker, and
// the guard at the end, which every page of an operator loads.
"use strict";
self.naungOffline = (function () {
  const NAME = "naung-luring";
  const STORES = ["lists", "rows", "edits"];
  const DAY = 86400000;
  let opened = null;

  function connect(make) {
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open(NAME, 1);
      let none = false;
      asked.onupgradeneeded = () => {
        if (!make) {
          none = true; // looked for and not there: looking must not make it
          asked.transaction.abort();
          return;
        }
        STORES.forEach((name) => asked.result.createObjectStore(name, { keyPath: "id" }));
      };
      asked.onsuccess = () => {
        const found = asked.result;
        found.onversionchange = found.onclose = () => {
          found.close();
          opened = null;
        };
        resolve(found);
      };
      asked.onerror = (event) => {
        event.preventDefault();
        if (none) resolve(null);
        else reject(asked.error);
      };
    });
  }

  async function store(make) {
    if (!opened) opened = await connect(make);
    return opened;
  }

  // Everything that is kept, or null where nothing ever was.
  async function read() {
    const found = await store(false);
    if (!found) return null;
    return new Promise((resolve, reject) => {
      const work = found.transaction(STORES, "readonly");
      const asked = STORES.map((name) => work.objectStore(name).getAll());
      work.oncomplete = () => resolve({ lists: asked[0].result, rows: asked[1].result, edits: asked[2].result });
      work.onerror = () => reject(work.error);
    });
  }

  // `change` gets a function from a store's name to the store; all of it happens or nothing.
  async function write(change) {
    const found = await store(true);
    return new Promise((resolve, reject) => {
      const work = found.transaction(STORES, "readwrite");
      work.oncomplete = resolve;
      work.onerror = work.onabort = () => reject(work.error);
      change((name) => work.objectStore(name));
    });
  }

  function remove(database) {
    return new Promise((resolve) => {
      const asked = indexedDB.deleteDatabase(database);
      asked.onsuccess = asked.onerror = asked.onblocked = () => resolve();
    });
  }

  async function wipe() {
    if (await store(false)) {
      await write((name) => STORES.forEach((each) => name(each).clear())); // even where another tab holds it open
      opened && opened.close();
      opened = null;
      await remove(NAME);
    }
    await forget();
  }

  async function forget() {
    // The page without people may go on being drawn: a page forgets it once it stands, its worker never does.
    if (!self.document || !self.caches) return;
    await Promise.race([drawn(), new Promise((resolve) => setTimeout(resolve, 3000))]);
    const kept = (await caches.keys()).filter((name) => name.startsWith(NAME));
    await Promise.all(kept.map((name) => caches.delete(name)));
    if (!navigator.serviceWorker) return;
    const workers = await navigator.serviceWorker.getRegistrations();
    await Promise.all(workers.map((one) => one.unregister()));
  }

  const drawn = () =>
    document.readyState === "complete" || new Promise((resolve) => addEventListener("load", resolve, { once: true }));

  function isOver(list) {
    const now = Date.now();
    return !(now < Date.parse(list.expires_at)) || now < Date.parse(list.taken_at) - DAY;
  }

  // What is kept after everything was forgotten that must be; `person` is whoever is known to be signed in.
  async function fresh(person) {
    const kept = await read();
    if (!kept) {
      forget().catch(() => null); // the worker may have wiped the rows
      return null;
    }
    const stays = kept.lists.filter((list) => !isOver(list));
    if (!stays.length || (person && stays.some((list) => list.person !== person))) {
      await wipe();
      return null;
    }
    if (stays.length === kept.lists.length) return kept;
    const known = new Set(stays.map((list) => list.id));
    const goes = (one) => !known.has(one.list);
    await write((name) => {
      kept.lists.filter((list) => !known.has(list.id)).forEach((list) => name("lists").delete(list.id));
      kept.rows.filter(goes).forEach((row) => name("rows").delete(row.id));
      kept.edits.filter(goes).forEach((edit) => name("edits").delete(edit.id));
    });
    return read();
  }

  return { NAME, read, write, wipe, fresh };
})();

// The guard: forgets in time, tells how much waits, and lets nobody sign out over it unasked.
(function () {
  const here = self.document && document.currentScript;
  const person = here && document.body.dataset.person;
  if (!person || !self.indexedDB) return;
  const { page, signOut } = here.dataset;
  const kept = naungOffline.fresh(person);

  kept.then((found) => {
    const waiting = found ? found.edits.length : 0;
    document.querySelectorAll("[data-luring-antre]").forEach((note) => {
      note.hidden = !waiting;
      const words = waiting === 1 ? note.dataset.satu : note.dataset.banyak;
      note.querySelector("[data-kata]").textContent = words.replace("{n}", waiting);
    });
  }, console.error);

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (new URL(form.action).pathname !== signOut) return;
      event.preventDefault();
      event.stopPropagation();
      naungOffline
        .read()
        .then((found) => {
          if (found && found.edits.length) {
            location.assign(page + "?keluar=1");
            return null;
          }
          return naungOffline.wipe().then(() => form.submit());
        })
        .catch(() => form.submit());
    },
    true
  );
})();
