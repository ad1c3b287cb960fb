/* The review screen: a click on the saved page says what its part is, and the server reads the page again.
   The frame runs no script; a glass pane over it takes the pointer and asks the frame's document what lies under it. */
(() => {
  const root = document.querySelector("[data-review]");
  if (!root) return;
  const told = (id) => JSON.parse(document.getElementById(id).textContent);
  const addresses = told("review-addresses"), words = told("review-words");
  const frame = root.querySelector("iframe"), glass = root.querySelector("[data-glass]");
  const error = root.querySelector("[data-error]"), shown = root.querySelector("[data-preview]");
  const wider = root.querySelector("[data-wider]"), applying = root.querySelector("[data-act=apply]");
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value
    || document.cookie.match(/csrftoken=([^;]+)/)?.[1] || window.wagtailConfig?.CSRF_TOKEN || "";
  let picks = told("review-picks"), chosen = null, roles = {}, bodyNode = null, asked = 0;

  const page = () => frame.contentDocument;
  const fit = () => {
    const height = page()?.documentElement?.scrollHeight;
    if (height) frame.style.height = `${height}px`;
  };

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
      error.textContent = fault instanceof SyntaxError || fault instanceof TypeError ? words.failed : fault.message;
      error.hidden = false;
      return null;
    }
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
    const said = found.refused || found.notice;
    error.textContent = said;
    error.hidden = !said;
    for (const box of root.querySelectorAll("[data-field]")) {
      const name = box.dataset.field, value = found.fields[name];
      const now = box.querySelector("[data-value]"), was = box.querySelector("[data-before]");
      now.textContent = value.after || words.empty;
      now.classList.toggle("is-empty", !value.after);
      was.textContent = name === "body" ? "" : value.before;
      was.hidden = value.before === value.after || !was.textContent;
      box.querySelector("[data-drop]").hidden = !picks.some((pick) => fieldOf(pick) === name);
    }
    paint();
  }

  const fieldOf = (pick) => (["remove", "keep"].includes(pick.field) ? "body" : pick.field);

  function paint() {
    for (const line of page().querySelectorAll("[data-s]")) {
      const role = roles[line.dataset.s];
      const kind = line.className.split(" ").filter((name) => ["picture", "embed"].includes(name));
      line.className = [...kind, role ? `is-${role}` : ""].join(" ").trim();
    }
    fit();
  }

  function choose(name) {
    chosen = chosen === name ? null : name;
    wider.hidden = true;
    for (const button of root.querySelectorAll("[data-choose]"))
      button.setAttribute("aria-pressed", String(button.dataset.choose === chosen));
  }

  function under(event) {
    const at = glass.getBoundingClientRect();
    const element = page().elementFromPoint(event.clientX - at.left, event.clientY - at.top);
    if (!element) return {};
    let line = element.closest("[data-s]");
    const block = element.closest("[data-n]");
    if (!line && block) line = block.querySelector(":scope > [data-s]");
    return { line, block };
  }

  const holder = (line) => {
    // The element of the text: what holds the clicked paragraph and its neighbours.
    const own = line.parentElement.closest("[data-n]");
    return own && (own.matches(".p, li, h1, h2, h3, h4") ? own.parentElement.closest("[data-n]") : own);
  };

  glass.addEventListener("pointermove", (event) => {
    for (const each of page().querySelectorAll(".under")) each.classList.remove("under");
    const { line } = under(event);
    const target = line && chosen === "body" ? holder(line) : line;
    target?.classList.add("under");
  });
  glass.addEventListener("pointerleave", () => page()?.querySelector(".under")?.classList.remove("under"));

  glass.addEventListener("click", (event) => {
    const { line } = under(event);
    if (!line) return;
    const segment = Number(line.dataset.s);
    if (chosen === "body") {
      const block = holder(line);
      if (!block) return;
      read({ field: "body", node: Number(block.dataset.n) });
      wider.hidden = false;
      return;
    }
    const field = chosen || (roles[segment] === "body" ? "remove" : "keep");
    if (chosen) choose(chosen);
    read({ field, segment });
  });

  wider.addEventListener("click", (event) => {
    const step = Number(event.target.dataset?.step || 0);
    const here = page().querySelector(`[data-n="${bodyNode}"]`);
    if (!step || !here) return;
    const inner = [...here.children].filter((each) => each.dataset.n);
    const next = step > 0 ? here.parentElement.closest("[data-n]")
      : inner.sort((one, two) => two.textContent.length - one.textContent.length)[0];
    if (next) read({ field: "body", node: Number(next.dataset.n) });
  });

  root.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.choose) choose(button.dataset.choose);
    if (button.dataset.drop) {
      picks = picks.filter((pick) => fieldOf(pick) !== button.dataset.drop);
      read();
    }
    if (button.dataset.act === "clear") {
      picks = [];
      read();
    }
    if (button.dataset.act === "preview") {
      shown.textContent = words.working;
      const found = await send("preview", {});
      shown.replaceChildren();
      if (found) list(found);
    }
    if (button.dataset.act === "apply") {
      button.disabled = true;
      const found = await send("apply", {});
      button.disabled = false;
      if (found) location.assign(found.address);
    }
  });

  const made = (tag, text, name) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (name) element.className = name;
    element.dir = "auto";
    return element;
  };

  function list(found) {
    shown.append(made("p", found.says));
    applying.hidden = !picks.length || !found.changed;
    if (!found.changed) shown.append(made("p", words.nothing));
    for (const change of found.changes) {
      const box = made("details", "", "review-change"), head = made("summary", change.name);
      box.open = true;
      box.append(head);
      for (const field of change.fields) {
        box.append(made("strong", field.label));
        for (const line of field.gone) box.append(made("del", line));
        for (const line of field.come) box.append(made("ins", line));
      }
      const link = made("a", change.name);
      link.href = change.address;
      head.replaceChildren(link);
      shown.append(box);
    }
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
