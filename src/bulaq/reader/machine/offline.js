/* Keeps the pages that a reader has opened, so that they can be read again where there is no network. With a network every
   page comes from there: nothing old is shown to who can have the new. */
"use strict";
const PAGES = "pages";
const PARTS = "parts";
const AWAY = "/_/offline/";
const MOST = { [PAGES]: 60, [PARTS]: 180 };
const LISTED = 30;

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(PAGES).then((kept) => kept.add(new Request(AWAY, { cache: "reload" }))));
});

addEventListener("activate", (event) => event.waitUntil(begin()));

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin || /^\/(desk|_)\//.test(pathname)) return;
  if (mode === "navigate") event.respondWith(page(event));
  else if (/^\/(static\/reader|media\/images)\//.test(pathname)) event.respondWith(part(event));
});

async function page(event) {
  const { url } = event.request;
  try {
    const answer = await fetch(event.request);
    event.waitUntil(keepPage(url, answer.clone()));
    return answer;
  } catch {
    return (await caches.match(plain(url), { cacheName: PAGES })) ?? away();
  }
}

/* The address as the page is kept: without what says where its reader came from. What has a number of ours is chosen by no
   parameter but these two; of other pages only those of campaigns are known to choose nothing. */
function plain(url) {
  const address = new URL(url);
  const numbered = /^\/[^/]+\/\d+(-[^/]*)?\/$/.test(address.pathname);
  for (const name of [...address.searchParams.keys()]) {
    if (numbered ? !/^(before|order)$/.test(name) : /^(utm_.+|[a-z]+clid|igshid?|ref)$/.test(name)) address.searchParams.delete(name);
  }
  address.hash = "";
  return address.href;
}

/* Searches and the further pages of lists are not kept; what was taken down is kept no longer, by whatever address one came. */
async function keepPage(url, answer) {
  const address = plain(url);
  if (answer.status === 404 || answer.status === 410) await (await caches.open(PAGES)).delete(address);
  else if (!new URL(address).search && /^text\/html/.test(answer.headers.get("Content-Type"))) await keep(PAGES, address, answer);
}

async function part(event) {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(keep(PARTS, event.request.url, answer.clone()));
    return answer;
  } catch {
    return (await caches.match(event.request.url, { cacheName: PARTS })) ?? Response.error();
  }
}

/* What is kept anew goes to the end; the beginning, which was wanted longest ago, makes room. */
async function keep(name, url, answer) {
  if (answer.status !== 200 || answer.type !== "basic") return;
  const kept = await caches.open(name);
  await kept.delete(url);
  await kept.put(url, answer);
  const rest = (await kept.keys()).filter((request) => new URL(request.url).pathname !== AWAY);
  await Promise.all(rest.slice(0, Math.max(0, rest.length - MOST[name])).map((request) => kept.delete(request)));
}

/* The pages that were open before this began are kept too, with what the browser still holds of their parts: no byte is
   fetched a second time. */
async function begin() {
  await clients.claim();
  for (const { url } of await clients.matchAll({ type: "window" })) {
    const held = { cache: "force-cache" };
    const answer = await fetch(url, held).catch(() => null);
    if (!answer) continue;
    await keepPage(url, answer.clone());
    const named = (await answer.text()).match(/\/(?:static\/reader|media\/images)\/[^"\s,)]+/g);
    for (const address of new Set(named)) {
      const there = await fetch(address, { mode: "same-origin", cache: "only-if-cached" }).catch(() => null);
      if (there) await keep(PARTS, new URL(address, location.origin).href, there);
    }
  }
}

/* The page that says so, with the headlines of the articles that are kept, the last opened first. Their titles are HTML of our own. */
async function away() {
  const kept = await caches.open(PAGES);
  const frame = await kept.match(AWAY);
  if (!frame) return Response.error();
  const lines = [];
  for (const request of (await kept.keys()).reverse()) {
    const { pathname } = new URL(request.url);
    if (!/^\/(?!author|topic|story)[^/]+\/\d+-/.test(pathname) || lines.length === LISTED) continue;
    const [, title] = /<h1[^>]*>([\s\S]*?)<\/h1>/.exec(await (await kept.match(request)).text()) ?? [];
    if (title) lines.push(`<li class="item"><div class="words"><h2><a href="${pathname}">${title}</a></h2></div></li>`);
  }
  const headers = ["Content-Type", "Content-Security-Policy"].map((name) => [name, frame.headers.get(name) ?? ""]);
  return new Response((await frame.text()).replace("<!--kept-->", () => lines.join("")), { headers });
}
