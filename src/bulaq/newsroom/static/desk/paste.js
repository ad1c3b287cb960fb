// What is pasted into a paragraph becomes blocks of the body: headings, lists, quotations, tables.
//
// The text editor takes words, bold and links, and makes paragraphs of all else: the cells of a table run into one
// another. Here HTML that holds more than paragraphs is read into blocks and set at the caret. It is parsed without
// being drawn: no script of it runs, no picture is fetched, and nothing but text, bold and addresses is taken over.
(() => {
  const words = document.currentScript.dataset;
  const NOT_TEXT = "script, style, noscript, template, iframe, object, embed, svg, head, title, input, select, button, textarea, [hidden]";
  const APART = new Set(["ADDRESS", "ARTICLE", "ASIDE", "BLOCKQUOTE", "BODY", "DD", "DIV", "DL", "DT", "FIGCAPTION", "FIGURE",
    "FOOTER", "H1", "H2", "H3", "H4", "H5", "H6", "HEADER", "HR", "LI", "MAIN", "NAV", "OL", "P", "PRE", "SECTION", "TABLE", "UL"]);
  const PARTS = [...APART].join(",");

  // White space folds, of every kind: Word fills its lines with spaces that do not break.
  const folded = (text) => text.replace(/[\s\u00a0]+/g, " ").trim();
  // The words of an element in one line: what stood below one another runs together in no cell and in no quotation.
  function lineOf(element) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll(`br,${PARTS}`).forEach((each) => { each.before(" "); each.after(" "); });
    return folded(copy.textContent);
  }
  const key = () => Math.random().toString(36).slice(2, 7);

  // Bold, told by its tag or by its style; Google Docs wraps all in a «b» that is none.
  function isBold(element, already) {
    const weight = element.style?.fontWeight;
    if (weight) return weight === "bold" || Number(weight) >= 600;
    return already || element.matches("b, strong");
  }

  function address(element) {
    const href = element.getAttribute("href") || "";
    return /^(https?:|mailto:)/i.test(href) ? href : null;
  }

  // One paragraph as the text editor stores it.
  class Run {
    text = "";
    styles = [];
    links = [];

    add(text, bold, url) {
      let piece = text.replace(/[\s\u00a0]+/g, " ");
      if (!this.text || /\s$/.test(this.text)) piece = piece.replace(/^ /, "");
      if (!piece) return;
      if (bold) this.styles.push({ offset: this.text.length, length: piece.length, style: "BOLD" });
      if (url) this.links.push({ offset: this.text.length, length: piece.length, url });
      this.text += piece;
    }

    isEmpty() { return !this.text.trim(); }
  }

  function richText(runs) {
    const entityMap = {};
    const blocks = runs.map((run) => {
      const text = run.text.trimEnd();
      const within = ({ offset, length }) => ({ offset, length: Math.min(length, text.length - offset) });
      const entityRanges = run.links.map((link) => {
        const number = Object.keys(entityMap).length;
        entityMap[number] = { type: "LINK", mutability: "MUTABLE", data: { url: link.url } };
        return { ...within(link), key: number };
      });
      const inlineStyleRanges = run.styles.map((style) => ({ ...within(style), style: style.style }));
      return { key: key(), text, type: "unstyled", depth: 0, inlineStyleRanges, entityRanges, data: {} };
    });
    return JSON.stringify({ blocks, entityMap });
  }

  // HTML → [{type, value}], and how many pictures stood in it. `known` are the kinds of block that the body takes.
  function read(html, known) {
    const page = new DOMParser().parseFromString(html, "text/html");
    page.querySelectorAll(NOT_TEXT).forEach((element) => element.remove());
    const parts = [];
    const pictures = page.querySelectorAll("img").length;
    let run = new Run();

    function close() {
      if (!run.isEmpty()) parts.push({ type: "paragraph", run });
      run = new Run();
    }
    function put(type, value) {
      close();
      parts.push({ type, value });
    }

    // A list as Word writes it: paragraphs with a mark of their own.
    function wordItem(element) {
      const styled = element.getAttribute("style") || "";
      if (!/^MsoListParagraph/.test(element.className) && !/mso-list:\s*l\d/.test(styled)) return null;
      const copy = element.cloneNode(true);
      let mark = "";
      copy.querySelectorAll("[style*='mso-list:']").forEach((each) => { mark += each.textContent; each.remove(); });
      const text = lineOf(copy);
      const left = mark ? null : /^([·•▪◦§o]|\p{Nd}{1,3}[.)-])\s+/u.exec(text);
      return { text: left ? text.slice(left[0].length) : text, ordered: /\p{Nd}/u.test(mark || (left ? left[0] : "")) };
    }
    function putItems(items, ordered) {
      const last = parts.at(-1);
      const value = items.filter(Boolean).map((text) => ({ value: text, id: crypto.randomUUID?.() ?? key() }));
      if (!value.length) return;
      if (run.isEmpty() && last?.fromWord && last.value.ordered === ordered) last.value.items.push(...value);
      else put("list", { items: value, ordered });
    }
    function table(element) {
      const rows = [...element.rows].map((row) => [...row.cells].map(lineOf));
      const width = Math.max(0, ...rows.map((row) => row.length));
      // What holds a page together is no table of anything.
      if (rows.length < 2 || width < 2) return walk(element, false, null);
      rows.forEach((row) => { while (row.length < width) row.push(""); });
      const headed = element.querySelector("th, thead") !== null;
      return put("table", { data: rows, table_header_choice: headed ? "row" : "neither", table_caption: element.caption ? lineOf(element.caption) : "" });
    }

    function part(element, bold, url) {
      const name = element.tagName;
      const text = () => lineOf(element);
      if (/^H[1-6]$/.test(name) && known.has("heading")) return text() && put("heading", text());
      if (name === "BLOCKQUOTE" && known.has("quote")) {
        const said = element.querySelector("cite, footer");
        said?.remove();
        return text() && put("quote", { text: text(), attribution: (said ? lineOf(said) : "").replace(/^[—–-]\s*/, "") });
      }
      if ((name === "UL" || name === "OL") && known.has("list") && element.querySelector("li")) {
        return putItems([...element.querySelectorAll("li")].map((item) => {
          const own = item.cloneNode(true);
          own.querySelectorAll("ul, ol").forEach((inner) => inner.remove());
          return lineOf(own);
        }), name === "OL");
      }
      if (name === "TABLE" && known.has("table")) return table(element);
      const item = known.has("list") ? wordItem(element) : null;
      if (item) {
        close();
        putItems([item.text], item.ordered);
        if (parts.at(-1)?.type === "list") parts.at(-1).fromWord = true;
        return undefined;
      }
      close();
      walk(element, bold, url);
      return close();
    }

    function walk(node, bold, url) {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) run.add(child.data, bold, url);
        else if (child.nodeType !== Node.ELEMENT_NODE) continue;
        else if (child.tagName === "BR") close();
        else if (APART.has(child.tagName)) part(child, isBold(child, bold), url);
        else {
          const apart = child.querySelector(PARTS) !== null;
          if (apart) close();
          walk(child, isBold(child, bold), (child.tagName === "A" && address(child)) || url);
          if (apart) close();
        }
      }
    }
    walk(page.body, false, null);
    close();

    const blocks = [];
    for (const one of parts) {
      const last = blocks.at(-1);
      if (one.type !== "paragraph") blocks.push({ type: one.type, value: one.value });
      else if (last?.type === "paragraph") last.runs.push(one.run);
      else blocks.push({ type: "paragraph", runs: [one.run] });
    }
    return { blocks: blocks.map((b) => (b.runs ? { type: b.type, value: richText(b.runs) } : b)), pictures };
  }

  function say(text) {
    document.dispatchEvent(new CustomEvent("w-messages:add", { detail: { text, type: "warning", clear: true } }));
  }

  // Sets blocks at the caret of a paragraph: what stands before it stays before them, what stands after it after them.
  function set(body, index, blocks) {
    const child = body.children[index];
    const { stateBefore, stateAfter } = window.draftail.splitState(child.block.widget.getState());
    const holds = (state) => state.getCurrentContent().hasText();
    let place = index + 1;
    const before = holds(stateBefore);
    const after = holds(stateAfter);
    if (before) child.block.widget.setState(stateBefore);
    let last = null;
    for (const block of blocks) {
      last = body.insert({ ...block, id: crypto.randomUUID?.() ?? null }, place, { focus: false });
      place += 1;
    }
    if (after) body.insert({ type: "paragraph", value: stateAfter, id: crypto.randomUUID?.() ?? null }, place, {});
    if (!before) body.deleteBlock(index, { animate: false });
    last.block.focus?.({ soft: true });
    last.element.scrollIntoView({ block: "nearest" });
  }

  window.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    // What was copied within the editor is its own business.
    if (!html || html.includes("data-editor=") || !event.target.closest?.(".public-DraftEditor-content")) return;
    let root = event.target;
    while (root && !root.rootBlock) root = root.parentElement;
    const body = root?.rootBlock;
    const index = body?.children?.findIndex((child) => child.type === "paragraph" && child.element.contains(event.target));
    if (index === undefined || index < 0) return;
    const { blocks, pictures } = read(html, new Set(Object.keys(body.blockDef.childBlockDefsByName)));
    if (pictures) say(words.pictures);
    const plain = blocks.every((block) => block.type === "paragraph");
    if (!blocks.length || (plain && !new DOMParser().parseFromString(html, "text/html").querySelector("script, style"))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    set(body, index, blocks);
  }, true);
})();
