// Puts the editor over each area. Its tools are in the page; nothing is styled or fetched from elsewhere.
import { pasted } from "./word.js";

const ALLOWED = /^(https?:\/\/[^\s/?#]+\S*|mailto:\S+@\S+|tel:\+?[\d().\- ]{2,25}|\/(?![/\\])\S*)$/i;

const extensions = (kit) => [
  kit.Document, kit.Text, kit.Paragraph, kit.HardBreak, kit.Bold, kit.Italic, kit.Blockquote, kit.BulletList,
  kit.OrderedList, kit.UndoRedo,
  kit.Heading.configure({ levels: [3, 4] }),
  // The tabulation leaves the editor, in a list too.
  kit.ListItem.extend({ addKeyboardShortcuts() { return { Enter: () => this.editor.commands.splitListItem(this.name) }; } }),
  kit.Mark.create({
    name: "link",
    inclusive: false,
    addAttributes: () => ({ href: { default: null } }),
    parseHTML: () => [{ tag: "a[href]", getAttrs: (a) => (ALLOWED.test(a.getAttribute("href").trim()) ? null : false) }],
    renderHTML: ({ mark }) => ["a", { href: mark.attrs.href }, 0],
  }),
];

const DO = {
  bold: [(chain) => chain.toggleBold(), "bold"],
  italic: [(chain) => chain.toggleItalic(), "italic"],
  heading: [(chain) => chain.toggleHeading({ level: 3 }), "heading"],
  list: [(chain) => chain.toggleBulletList(), "bulletList"],
  quote: [(chain) => chain.toggleBlockquote(), "blockquote"],
  undo: [(chain) => chain.undo()],
  redo: [(chain) => chain.redo()],
};

const paragraphs = (text) => text.split(/\n\s*\n/).map((block) => ({
  type: "paragraph",
  content: block.trim() ? [{ type: "text", text: block.trim().replace(/\s+/g, " ") }] : [],
}));

class Writing {
  constructor(root, kit) {
    const [plain, html] = root.querySelectorAll(":scope > textarea");
    Object.assign(this, { root, plain, html, tools: root.querySelector(".formats"), linking: root.querySelector(".linking") });
    const typed = plain.value !== plain.defaultValue && html.value === html.defaultValue;
    const held = document.activeElement === plain;
    this.editor = new kit.Editor({
      element: this.place(),
      injectCSS: false,
      extensions: extensions(kit),
      content: typed ? { type: "doc", content: paragraphs(plain.value) } : html.value,
      editable: !plain.disabled,
      editorProps: { attributes: this.attributes(), transformPastedHTML: pasted },
      onUpdate: () => this.keep(),
      onTransaction: () => this.show(),
    });
    plain.disabled = true;
    plain.hidden = true;
    if (typed) this.keep();
    this.arm();
    this.show();
    if (held) this.editor.commands.focus("end");
  }

  place() {
    const place = document.createElement("div");
    this.plain.before(place);
    return place;
  }

  // The editor takes the area's name, description and errors, and its id: a link to the field leads there.
  attributes() {
    const label = this.root.closest(".field")?.querySelector("label");
    const id = this.plain.id;
    const given = { role: "textbox", "aria-multiline": "true", id };
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (this.plain.hasAttribute(name)) given[name] = this.plain.getAttribute(name);
    }
    this.plain.id = `${id}-plain`;
    if (label) {
      label.id ||= `${id}-label`;
      given["aria-labelledby"] = label.id;
      label.addEventListener("click", (event) => { event.preventDefault(); this.editor.commands.focus(); });
    }
    return given;
  }

  keep() {
    this.html.value = this.editor.isEmpty ? "" : this.editor.getHTML();
    this.html.dispatchEvent(new Event("input", { bubbles: true }));
  }

  show() {
    if (!this.editor) return;
    for (const button of this.tools.children) {
      const name = DO[button.dataset.do]?.[1] ?? (button.dataset.do === "link" ? "link" : "");
      if (name) button.setAttribute("aria-pressed", String(this.editor.isActive(name)));
      else button.setAttribute("aria-disabled", String(!this.editor.can()[button.dataset.do]()));
    }
  }

  arm() {
    const { tools, linking } = this;
    tools.hidden = false;
    tools.setAttribute("aria-controls", this.editor.view.dom.id);
    [...tools.children].forEach((button, index) => { button.tabIndex = index ? -1 : 0; });
    tools.addEventListener("click", (event) => this.press(event.target.closest("button")?.dataset.do));
    tools.addEventListener("keydown", (event) => this.walk(event));
    linking.addEventListener("click", (event) => this.link(event.target.closest("button")?.dataset.do));
    linking.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.fold();
      if (event.key !== "Enter" || event.target.localName !== "input") return;
      event.preventDefault();
      this.link("put");
    });
    linking.querySelector("input").addEventListener("input", (event) => event.stopPropagation());
    this.editor.view.dom.addEventListener("keydown", (event) => {
      if (event.altKey && event.key === "F10") { event.preventDefault(); tools.querySelector("[tabindex='0']").focus(); }
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); this.unfold(); }
    });
    // Somebody took back what they had typed before.
    this.html.addEventListener("restored", () => this.editor.commands.setContent(this.html.value, { emitUpdate: false }));
  }

  press(name) {
    if (name === "link") return this.linking.hidden ? this.unfold() : this.fold();
    if (!name) return;
    this.editor.view.focus(); // at once: what is typed next goes there
    DO[name][0](this.editor.chain()).run();
  }

  walk(event) {
    const buttons = [...this.tools.children];
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (event.key === "Escape") this.editor.commands.focus();
    if (to === undefined || at < 0) return;
    event.preventDefault();
    const next = buttons.at(to % buttons.length);
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  }

  unfold() {
    this.linking.hidden = false;
    this.tools.querySelector("[data-do=link]").setAttribute("aria-expanded", "true");
    const input = this.linking.querySelector("input");
    input.value = this.editor.getAttributes("link").href ?? "";
    this.say("");
    input.focus();
  }

  fold() {
    this.linking.hidden = true;
    this.tools.querySelector("[data-do=link]").setAttribute("aria-expanded", "false");
    this.editor.commands.focus();
  }

  say(sentence) {
    const error = this.linking.querySelector(".error");
    error.textContent = sentence;
    error.hidden = !sentence;
  }

  link(name) {
    if (!name) return;
    const chain = this.editor.chain().focus().extendMarkRange("link");
    if (name === "take") {
      chain.unsetMark("link").run();
      return this.fold();
    }
    let href = this.linking.querySelector("input").value.trim();
    if (/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(href)) href = `mailto:${href}`;
    else if (/^[\w-]+(\.[\w-]+)+([/?#]\S*)?$/.test(href)) href = `https://${href}`;
    if (!ALLOWED.test(href)) return this.say(this.root.dataset.wrong);
    const empty = this.editor.state.selection.empty && !this.editor.isActive("link");
    if (empty) chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    else chain.setMark("link", { href }).run();
    this.fold();
  }
}

for (const root of document.querySelectorAll(".richtext:not([data-ready])")) {
  root.dataset.ready = "";
  import(root.dataset.editor).then((kit) => { new Writing(root, kit); }, () => { /* the plain area stays */ });
}
