// The service worker of Kerjakan tanpa sinyal. It keeps the page without people and what it is drawn with, nothing else.
"use strict";
importScripts("{{ store|escapejs }}");
const CACHE = naungOffline.NAME + "-{{ cache|escapejs }}";
const OURS = CACHE.slice(0, CACHE.lastIndexOf("-") + 1);
const ASSETS = {{ assets|safe }};
const PAGE = "{% url 'registry:offline' %}";
const CHECKING = new RegExp("^{% url 'registry:lists' %}\\d+/(periksa|baris/\\d+)/");
const PATIENCE = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      const page = await fetch(PAGE, { cache: "no-store" });
      // Signed out meanwhile: the worker before this one goes on with the page that it has.
      if (!page.ok || page.redirected) throw new Error("no page to keep");
      await cache.addAll(ASSETS);
      await cache.put(PAGE, page);
      await self.skipWaiting();
    })()
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
      await Promise.all(old.map((name) => caches.delete(name)));
      await self.clients.claim();
      await naungOffline.fresh();
    })()
  );
});

const kept = (what) => caches.match(what, { cacheName: CACHE });

async function page(event) {
  event.waitUntil(naungOffline.fresh().catch(() => null));
  const asked = fetch(event.request).then(async (answer) => {
    if (answer.ok && new URL(event.request.url).search === "") {
      const cache = await caches.open(CACHE);
      await cache.put(PAGE, answer.clone());
    }
    return answer;
  });
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([asked, late]).catch(() => null);
  if (answer && answer.status < 500) return answer;
  return (await kept(PAGE)) || asked;
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (event.request.mode === "navigate") {
    if (address.pathname === PAGE) {
      event.respondWith(page(event));
    } else if (CHECKING.test(address.pathname)) {
      // Checking a list without a line: from the network or not at all, but then what the phone has.
      event.respondWith(fetch(event.request).catch(async () => (await kept(PAGE)) || Response.error()));
    }
  } else if (ASSETS.includes(address.pathname)) {
    event.respondWith(kept(address.pathname).then((found) => found || fetch(event.request)));
  }
});
