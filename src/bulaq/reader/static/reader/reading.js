/* Counts one reading of this article, without a cookie and without a name; has the browser keep what was read for where
   there is no network (`/offline.js`); and offers ways to go on typing in the search field. The page needs none of it. */
"use strict";
(() => {
  const me = document.currentScript;
  const { edition, article } = me.dataset;
  if (article && navigator.sendBeacon) {
    const count = () => navigator.sendBeacon("/_/read", `e=${edition}&a=${article}`);
    // A page that was only drawn ahead, or lies in a tab that nobody opened, has not been read.
    if (document.prerendering) document.addEventListener("prerenderingchange", count, { once: true });
    else if (document.visibilityState === "visible") count();
    else document.addEventListener("visibilitychange", count, { once: true });
  }
  if (article && navigator.serviceWorker) {
    addEventListener("load", () => navigator.serviceWorker.register("/offline.js").catch(() => {}));
  }
  const field = document.getElementById("q");
  if (!field) return;
  const list = document.createElement("datalist");
  list.id = "q-ways";
  field.after(list);
  field.setAttribute("list", list.id);
  let waiting = 0;
  let asked = "";
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const typed = field.value.trim();
      if (typed.length < 2 || typed === asked) return;
      asked = typed;
      try {
        const answer = await fetch(`/search/suggestions?q=${encodeURIComponent(typed)}`);
        if (!answer.ok) return;
        const [, ways] = await answer.json();
        list.replaceChildren(...ways.map((way) => Object.assign(document.createElement("option"), { value: way })));
      } catch { /* no suggestions: the search works all the same */ }
    }, 150);
  });
})();
