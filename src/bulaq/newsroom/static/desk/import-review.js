/* The review screen: pointing at the saved page, with a pointer or with keys, says what its parts are, and the server
   reads the page again. The frame runs no script; a glass pane over it takes pointer and keys and asks the frame's
   document what lies under it. */
(() => {
  const root = document.querySelector("[data-review]");
  if (!root) return;
  const told = (id) => JSON.parse(document.getElementById(id).textContent);
  const addresses = told("review-addresses"), words = told("review-words"), labels = told("review-labels");
  const find = (selector) => root.querySelector(selector);
  const frame = find("iframe"), glass = find("[data-glass]"), scroller = find("[data-scroll]");
  const error = find("[data-error]"), shown = find("[data-preview]"), said = find("[data-said]");
  const hint = find("[data-hint]"), wider = find("[data-wider]"), applying = find("[data-act=apply]");
  const clearing = find("[data-act=clear]"), first = hint.textContent;
  const token = document.cookie.match(/csrftoken=([^;]+)/)?.[1] || window.wagtailConfig?.CSRF_TOKEN || "";
  let picks = told("review-picks"), chosen = null, roles = {}, bodyNode = null, asked = 0, current = -1;

  const page = () => frame.contentDocument;
  const lines = () => [...page().querySelectorAll("[data-s]:not(.picture, .embed)")];
  const fieldOf = (pick) => (["remove", "keep"].includes(pick.field) ? "body" : pick.field);
  const fit = () => {
    const height = page()?.documentElement?.scrollHeight;
    if (height) frame.style.blockSize = `${height}px`;
  };

  // ── asking the server ──────────────────────────────────────────────────────────────────────────────────────

  async function send(kind, data) {
    error.hidden = true;
    try {
      const answer = await fetch(addresses[kind], {
        method: "POST", credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ picks, ...data }),
      });
      const found = await answer.json();
      if (!answer.ok) throw new Error(found.error || words.failed);
      return found;
    } catch (fault) {
      complain(fault instanceof SyntaxError || fault instanceof TypeError ? words.failed : fault.message);
      return null;
    }
  }

  function complain(text) {
    error.textContent = text;
    error.hidden = !text;
  }

  async function read(pointed) {
    const turn = ++asked;
    root.setAttribute("aria-busy", "true");
    const found = await send("read", pointed ? { new: pointed } : {});
    if (turn !== asked) return;
    root.removeAttribute("aria-busy");
    if (!found) return;
    ({ picks, roles } = found);
    bodyNode = found.body_node;
    shown.replaceChildren();
    applying.hidden = true;
    clearing.hidden = !picks.length;
    complain(found.refused || found.notice);
    for (const box of root.querySelectorAll("[data-field]")) fill(box, found.fields[box.dataset.field]);
    paint();
    if (pointed) said.textContent = told_of(pointed, found);
  }

  function told_of(pointed, found) {
    if (found.notice) return found.notice;
    const name = fieldOf(pointed);
    return `${labels[name]}: ${(found.fields[name].after || words.empty).slice(0, 160)}`;
  }

  function fill(box, value) {
    const now = box.querySelector("[data-value]"), was = box.querySelector("[data-before]");
    const name = box.dataset.field;
    now.textContent = value.after || words.empty;
    now.classList.toggle("is-empty", !value.after);
    now.dir = /\p{L}/u.test(value.after) ? "auto" : "";  // a date of figures alone stands where its neighbours do
    was.textContent = name === "body" ? "" : value.before;
    was.hidden = value.before === value.after || !was.textContent;
    box.classList.toggle("is-corrected", picks.some((pick) => fieldOf(pick) === name));
    box.querySelector("[data-drop]").hidden = !picks.some((pick) => fieldOf(pick) === name);
    box.querySelector("[data-unsure]").hidden = !value.unsure;
  }

  function paint() {
    for (const line of page().querySelectorAll("[data-s]")) {
      const role = roles[line.dataset.s];
      const kept = line.className.split(" ").filter((name) => ["picture", "embed", "under"].includes(name));
      line.className = [...kept, role ? `is-${role}` : ""].join(" ").trim();
    }
    fit();
  }

  // ── pointing ───────────────────────────────────────────────────────────────────────────────────────────────

  function choose(name) {
    chosen = chosen === name ? null : name;
    wider.hidden = chosen !== "body";
    root.classList.toggle("is-choosing", Boolean(chosen));
    hint.textContent = chosen ? words.choosing.replace("{}", labels[chosen]) : first;
    for (const button of root.querySelectorAll("[data-choose]"))
      button.setAttribute("aria-pressed", String(button.dataset.choose === chosen));
  }

  const holder = (line) => {
    // The element of the text: what holds the line's paragraph and its neighbours.
    const own = line.parentElement.closest("[data-n]");
    return own && (own.matches(".p, li, h1, h2, h3, h4") ? own.parentElement.closest("[data-n]") : own);
  };

  function light(line) {
    for (const each of page().querySelectorAll(".under")) each.classList.remove("under");
    (line && chosen === "body" ? holder(line) : line)?.classList.add("under");
  }

  function point(line) {
    const segment = Number(line.dataset.s);
    if (chosen === "body") {
      const block = holder(line);
      if (block) read({ field: "body", node: Number(block.dataset.n) });
      return;
    }
    const field = chosen || (roles[segment] === "body" ? "remove" : "keep");
    if (chosen) choose(chosen);
    read({ field, segment });
  }

  function under(event) {
    const at = glass.getBoundingClientRect();
    const element = page().elementFromPoint(event.clientX - at.left, event.clientY - at.top);
    return element?.closest("[data-s]") || element?.closest("[data-n]")?.querySelector(":scope > [data-s]");
  }

  glass.addEventListener("pointermove", (event) => light(under(event)));
  glass.addEventListener("pointerleave", () => light(lines()[current]));
  glass.addEventListener("click", (event) => {
    const line = under(event);
    if (!line) return;
    current = lines().indexOf(line);
    point(line);
  });

  // ── pointing with keys ─────────────────────────────────────────────────────────────────────────────────────

  function go(to) {
    const all = lines();
    current = Math.max(0, Math.min(all.length - 1, to));
    const line = all[current];
    if (!line) return;
    light(line);
    const at = line.getBoundingClientRect(), height = scroller.clientHeight;
    if (at.top < scroller.scrollTop + 24 || at.bottom > scroller.scrollTop + height - 24)
      scroller.scrollTop = Math.max(0, at.top - height / 3);
    const role = roles[line.dataset.s];
    said.textContent = `${role ? `${labels[role] || role}: ` : `${words.unused}: `}${line.textContent.trim().slice(0, 200)}`;
  }

  const back = () => find(`[data-choose="${chosen || "headline"}"]`).focus();
  const keys = {
    ArrowDown: () => go(current + 1), ArrowUp: () => go(current - 1),
    PageDown: () => go(current + 8), PageUp: () => go(current - 8),
    Home: () => go(0), End: () => go(lines().length - 1),
    Enter: () => {
      const line = lines()[current], button = chosen;
      if (!line) return;
      point(line);
      if (button && button !== "body") find(`[data-choose="${button}"]`).focus();
    },
    Escape: () => { back(); if (chosen) choose(chosen); light(null); },
    "+": () => step(1), "-": () => step(-1),
  };
  keys[" "] = keys.Enter;
  glass.addEventListener("keydown", (event) => {
    const act = !event.ctrlKey && !event.metaKey && !event.altKey && keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  glass.addEventListener("focus", () => { if (current < 0) go(0); else go(current); });
  glass.addEventListener("blur", () => light(null));
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && chosen && event.target !== glass) choose(chosen);
  });

  function step(by) {
    const here = page().querySelector(`[data-n="${bodyNode}"]`);
    if (!by || !here) return;
    const inner = [...here.children].filter((each) => each.dataset.n);
    const next = by > 0 ? here.parentElement.closest("[data-n]")
      : inner.sort((one, two) => two.textContent.length - one.textContent.length)[0];
    if (next) read({ field: "body", node: Number(next.dataset.n) });
  }

  // ── buttons ────────────────────────────────────────────────────────────────────────────────────────────────

  root.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { choose: name, drop, step: by, act } = button.dataset;
    if (name) {
      choose(name);
      if (chosen && event.detail === 0) glass.focus({ preventScroll: true });  // pressed with a key: on to the page
    }
    if (by) step(Number(by));
    if (drop) {
      picks = picks.filter((pick) => fieldOf(pick) !== drop);
      read();
      find(`[data-choose="${drop}"]`).focus();
    }
    if (act === "clear") {
      picks = [];
      read();
    }
    if (act === "preview") {
      shown.textContent = words.working;
      const found = await send("preview", {});
      shown.replaceChildren();
      if (found) list(found);
    }
    if (act === "apply") {
      button.disabled = true;
      const found = await send("apply", {});
      button.disabled = false;
      if (found) location.assign(found.address);
    }
  });

  // ── what would change ──────────────────────────────────────────────────────────────────────────────────────

  const made = (tag, text, name) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (name) element.className = name;
    element.dir = "auto";
    return element;
  };

  function list(found) {
    shown.append(made("p", found.says, "review-says"));
    if (found.warning) shown.append(made("p", found.warning, "review-warning help-block help-warning"));
    applying.hidden = !picks.length || !found.changed;
    if (!found.changed) shown.append(made("p", words.nothing));
    for (const change of found.changes) {
      const box = made("details", "", "review-change"), head = made("summary", change.name);
      box.open = true;
      for (const field of change.fields) {
        box.append(made("strong", field.label));
        for (const line of field.gone) box.append(made("del", line));
        for (const line of field.come) box.append(made("ins", line));
      }
      const link = made("a", words.open);
      link.href = change.address;
      box.prepend(head);
      box.append(link);
      shown.append(box);
    }
    shown.scrollIntoView({ block: "nearest" });
  }

  let begun = false;
  const begin = () => {
    if (begun || !page()?.querySelector("[data-s]")) return;
    begun = true;
    fit();
    read();
  };
  frame.addEventListener("load", begin);
  window.addEventListener("resize", fit);
  begin();
})();
