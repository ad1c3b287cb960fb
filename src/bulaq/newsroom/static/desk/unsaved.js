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

  // Signed out meanwhile: say so, and when a second window has signed in again, go on with its token. Without a network, or
  // while the newsroom's machine is away: say so until a save has come through.
  let box = null;
  let said = -Infinity;
  function say(text, link = "") {
    box?.remove();
    said = now();
    box = document.createElement("div");
    box.className = "desk-signed-out";
    box.setAttribute("role", "alert");
    box.append(`${text} `, link);
    document.body.append(box);
  }
  function silence() {
    box?.remove();
    box = null;
  }
  async function page() {
    const answer = await fetch(location.href, { redirect: "manual" });
    return answer.type === "opaqueredirect" ? null : answer.text();
  }
  async function signedOut() {
    if (box || (await page()) !== null) return;
    sayWhoIsSignedOut();
  }
  function sayWhoIsSignedOut() {
    const link = document.createElement("a");
    Object.assign(link, { href: words.login, target: "_blank", textContent: words.signIn });
    say(words.signedOut, link);
  }
  addEventListener("focus", async () => {
    // Still no network, or an answer that is no page of the desk: the box stays.
    const text = box && (await page().catch(() => null));
    const token = text && new DOMParser().parseFromString(text, "text/html").querySelector("[name=csrfmiddlewaretoken]");
    if (!token) return;
    form.querySelector("[name=csrfmiddlewaretoken]").value = token.value;
    silence();
    guard().hasEditsValue = false;
    setTimeout(tell);
  });
  document.addEventListener("w-autosave:error", (event) => {
    if (event.detail.type === "server_error") signedOut().catch(() => {});
  });
  // One that was under way before has saved nothing of what the box is about.
  document.addEventListener("w-autosave:success", () => { if (sent > said) silence(); });

  // A button of the form leaves the page, and with it all that was typed: it is pressed for good only when somebody will
  // answer. The login's own address answers from anywhere in a moment: whoever is signed in is led on.
  // Wagtail asks too, in a window of its own, by what it learned up to ten seconds ago; of the network we ask when it counts.
  form.addEventListener("click", () => {
    const known = document.querySelector("[data-w-session-intercept-value='network']");
    known?.setAttribute("data-w-session-intercept-value", "");
  }, true);
  let sure = null;
  let leaving = false;
  let saving = false;
  // Nor does a save of itself run beside it: of two at once the server refuses one.
  document.addEventListener("w-autosave:save", (event) => {
    if (leaving) event.preventDefault();
    else saving = true;
  }, true);
  for (const end of ["success", "error"]) document.addEventListener(`w-autosave:${end}`, () => { saving = false; });
  async function settled() {
    for (let tenths = 0; saving && tenths < 100; tenths += 1) await new Promise((done) => { setTimeout(done, 100); });
  }
  function stay(button) {
    leaving = false;
    button?.setAttribute("data-w-progress-loading-value", "false");
  }
  async function press(button) {
    if (leaving) return;
    leaving = true;
    await settled();
    const answer = await fetch(words.login, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout?.(8000) }).catch(() => null);
    if (answer?.type !== "opaqueredirect") {
      stay(button);
      tell();
      if (answer?.ok) sayWhoIsSignedOut();
      else say(words.away);
      return;
    }
    // A pressed button is disabled meanwhile, and a disabled one names no act.
    const act = document.createElement("input");
    Object.assign(act, { type: "hidden", name: button?.name ?? "", value: button?.value ?? "" });
    if (act.name) form.append(act);
    sure = { event: null };
    form.requestSubmit();
    const { event } = sure;
    sure = null;
    act.remove();
    if (event === null || event.defaultPrevented) stay(button); // a field that is not valid held the form back
    else setTimeout(() => { leaving = false; }, 10_000); // still here: the answer never came
  }
  form.addEventListener("submit", (event) => {
    if (sure) {
      sure.event = event;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    press(event.submitter);
  }, true);
})();
