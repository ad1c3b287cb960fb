// Whoever works with the keyboard alone writes at once in what has just opened.
(() => {
  const shown = (element) => element.isConnected && element.offsetParent !== null;

  // A field that asks for it stands in a tab that is not shown yet when the browser would give it the focus.
  addEventListener("load", () => {
    if (document.activeElement === document.body) document.querySelector("[autofocus]")?.focus();
  });

  // From right to left the next tab stands on the left; Wagtail's arrows know one direction.
  const OPPOSITE = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };
  document.addEventListener("keydown", (event) => {
    const key = OPPOSITE[event.key];
    if (!key || !event.isTrusted || document.dir !== "rtl" || !event.target.matches("[role=tab]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    event.target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  }, true);

  // The focus of a picture: the arrows move a frame, but only a mouse could draw it. The first arrow draws it, around the
  // focus that is there or in the middle of the picture.
  document.addEventListener("keydown", ({ key, target }) => {
    const frame = window.jcropapi;
    if (!key.startsWith("Arrow") || !target.matches(".jcrop-holder input") || !frame || frame.tellSelect().w) return;
    const [width, height] = frame.getBounds();
    const known = (name) => Number(document.querySelector(`input.focal_point_${name}`).value);
    const [w, h] = [known("width") || width / 3, known("height") || height / 3];
    const [x, y] = [known("x") || width / 2, known("y") || height / 2];
    frame.setSelect([x - w / 2, y - h / 2, x + w / 2, y + h / 2]);
  }, true);

  // The menu of blocks: its field is there a moment after its button says that it is open.
  function focusMenu(button, tries = 30) {
    if (button.getAttribute("aria-expanded") !== "true") return;
    const field = [...document.querySelectorAll(".w-combobox__field input")].at(-1);
    if (field && shown(field)) field.focus({ preventScroll: true });
    else if (tries) requestAnimationFrame(() => focusMenu(button, tries - 1));
  }

  // A window, and what it shows anew: the field that is wrong before the first. Wagtail focuses its frame, from which the
  // field is three keys away, and after a refused answer nothing at all.
  const FIELDS = "input:not([type=hidden], [type=submit], [type=checkbox], [type=radio]), textarea, select";
  function focusWindow(frame) {
    const active = document.activeElement;
    if (active !== frame && active !== document.body && active.isConnected) return;
    const field = frame.querySelector("[aria-invalid=true]") || frame.querySelector(`.modal-body :is(${FIELDS})`);
    if (field && shown(field)) field.focus();
  }

  // A window that closes gives the focus back: to the button that opened it or, where what was chosen has taken its place,
  // to the button beside that.
  let opener = null;
  function leaveWindow() {
    if (document.activeElement !== document.body || opener === null) return;
    const place = opener.closest(".chooser, .w-field, .w-panel__content");
    const beside = shown(opener) ? opener : [...(place?.querySelectorAll("button") ?? [])].find(shown);
    beside?.focus({ preventScroll: true });
  }

  new MutationObserver((changes) => {
    for (const { type, target, removedNodes } of changes) {
      if (type === "attributes") {
        if (target.matches(".c-sf-add-button")) focusMenu(target);
      } else if ([...removedNodes].some((node) => node.matches?.(".modal"))) {
        setTimeout(leaveWindow);
      } else {
        const frame = target.closest(".modal");
        if (frame) setTimeout(focusWindow, 0, frame);
      }
    }
  }).observe(document.documentElement, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["aria-expanded"],
  });
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches(".modal")) setTimeout(focusWindow, 0, target); // itself, once it has faded in
    else if (!target.closest(".modal")) opener = target;
  });
})();
