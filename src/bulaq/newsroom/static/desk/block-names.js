// A block of one field shows its name above it, but does not give it to the field: a screen reader would hear of a nameless one.
(() => {
  const FIELD = "[role=textbox], input:not([type=hidden]), textarea, select";
  let waiting = false;
  function name() {
    waiting = false;
    // The table editor's own pocket for copied cells: it is off the screen, and holds the focus only while one copies.
    document.getElementById("HandsontableCopyPaste")?.setAttribute("aria-hidden", "true");
    for (const block of document.querySelectorAll("[data-streamfield-child]")) {
      const kind = block.querySelector(".c-sf-block__type")?.textContent.trim();
      for (const field of kind ? block.querySelectorAll(FIELD) : []) {
        if (!field.labels?.length && !field.closest("label, [role=combobox]") && !field.hasAttribute("aria-label")
            && !field.hasAttribute("aria-labelledby")) field.setAttribute("aria-label", kind);
      }
    }
  }
  new MutationObserver(() => {
    if (!waiting) waiting = Boolean(requestAnimationFrame(name));
  }).observe(document.documentElement, { subtree: true, childList: true });
})();
