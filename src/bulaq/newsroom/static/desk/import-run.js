/* An import that is under way: its page is asked for again and put in place of the old one, without losing the place of the
   reader. Where this does not run, the page loads itself anew (`noscript` in its head). */
(() => {
  const LATE = 40_000;
  const find = (where) => where.querySelector("[data-import-run]");
  const here = find(document);
  let wait = Number(here?.dataset.refresh) * 1000, since = Date.now();

  // Said only of an import that has waited for a while: a worker takes one up within seconds.
  function tell() {
    const late = find(document)?.querySelector("[data-late]");
    if (!late) since = Date.now();
    else if (Date.now() - since > LATE) late.hidden = false;
  }

  async function look() {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const there = find(new DOMParser().parseFromString(await answer.text(), "text/html"));
      if (!there) return;
      const now = find(document), busy = now.contains(document.activeElement) || now.querySelector("details[open]");
      wait = Number(there.dataset.refresh) * 1000;
      // Whoever is about to press a button keeps it, as long as the import goes on.
      if (!busy || !wait) now.replaceWith(document.adoptNode(there));
      else now.querySelector("progress")?.replaceWith(there.querySelector("progress"));
    } catch {
      // The server is being restarted: asked again in a moment.
    }
    tell();
    if (wait) setTimeout(look, wait);
  }

  if (wait) setTimeout(look, wait);
})();
