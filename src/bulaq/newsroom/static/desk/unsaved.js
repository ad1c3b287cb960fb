// Nothing that was typed is lost unsaid.
//
// Wagtail's guard takes what the form holds two seconds after it opened for what it held at first, and what it holds when
// an autosave returns for what was saved; it looks every half second. Words typed in between were neither saved nor
// missed. Here the last touch of a hand is known, and the guard is told what it overlooked.
(() => {
  const words = document.currentScript.dataset;
  const form = document.querySelector("form[data-edit-form]");
  if (!form) return;
  // The text editor hands its words to the form a quarter of a second after the last key.
  const LAG = 400;
  let touched = -Infinity;
  let sent = -Infinity;
  let held = -Infinity;
  let watched = false;
  const guard = () => window.wagtail.app.getControllerForElementAndIdentifier(form, "w-unsaved");
  const now = () => performance.now();

  for (const kind of ["beforeinput", "input", "change", "paste", "drop"]) {
    form.addEventListener(kind, (event) => { if (event.isTrusted) touched = now(); }, true);
  }

  function tell() {
    const one = guard();
    if (!one) return;
    one.forceValue = true;
    one.hasEditsValue = true;
  }

  // A long text is still being set up when the guard takes its first measure, on a slow computer: what comes of that is no
  // change. Whoever only looked at an article must not stand in its history, nor keep an import from bringing it up to date.
  let handled = false;
  for (const kind of ["pointerdown", "keydown", "click", "beforeinput", "input", "change", "paste", "drop"]) {
    document.addEventListener(kind, (event) => { handled ||= event.isTrusted; }, true);
  }
  document.addEventListener("w-unsaved:add", (event) => {
    if (handled) return;
    event.stopImmediatePropagation();
    guard().clear();
  }, true);

  form.addEventListener("w-autosave:save", () => { sent = now(); });
  document.addEventListener("w-autosave:success", () => { held = sent; });
  form.addEventListener("w-unsaved:watch-edits", () => {
    watched = true;
    // After the guard has taken its new measure, and after the save that was its reason is known.
    setTimeout(() => { if (touched > held - LAG && touched > -Infinity) tell(); });
  });
  addEventListener("beforeunload", () => {
    const one = guard();
    if (!one) return;
    if (watched) one.hasChanges();
    if (touched > held && (!watched || now() - touched < LAG)) one.hasEditsValue = true;
  }, true);

  // Signed out meanwhile: say so, and when a second window has signed in again, go on with its token.
  let box = null;
  async function page() {
    const answer = await fetch(location.href, { redirect: "manual" });
    return answer.type === "opaqueredirect" ? null : answer.text();
  }
  async function signedOut() {
    if (box || (await page()) !== null) return;
    box = document.createElement("div");
    box.className = "desk-signed-out";
    box.setAttribute("role", "alert");
    const link = document.createElement("a");
    Object.assign(link, { href: words.login, target: "_blank", textContent: words.signIn });
    box.append(`${words.signedOut} `, link);
    document.body.append(box);
  }
  addEventListener("focus", async () => {
    const text = box && (await page());
    if (!text) return;
    const token = new DOMParser().parseFromString(text, "text/html").querySelector("[name=csrfmiddlewaretoken]");
    form.querySelector("[name=csrfmiddlewaretoken]").value = token.value;
    box.remove();
    box = null;
    guard().hasEditsValue = false;
    setTimeout(tell);
  });
  document.addEventListener("w-autosave:error", (event) => {
    if (event.detail.type === "server_error") signedOut().catch(() => {});
  });
})();
