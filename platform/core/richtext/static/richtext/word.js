// What Word, a web page or another editor puts on the clipboard, as the editor understands it.
const HEADINGS = { H1: "h3", H2: "h3", H5: "h4", H6: "h4" };
const NUMBER = /^\(?[0-9a-z]{1,4}[.)°]/i;

const renamed = (element, name) => {
  const made = element.ownerDocument.createElement(name);
  made.append(...element.childNodes);
  element.replaceWith(made);
  return made;
};

// Word writes an item of a list as a paragraph that says which list and how deep, its mark typed before it.
const listed = (page) => {
  let open = [];
  let last = null;
  for (const paragraph of [...page.querySelectorAll("p, div")]) {
    const found = /mso-list:\s*l\d+\s+level(\d)/i.exec(paragraph.getAttribute("style") ?? "");
    if (!found) continue;
    const mark = [...paragraph.querySelectorAll("span")].find((each) => /mso-list:\s*ignore/i.test(each.getAttribute("style") ?? ""));
    const kind = NUMBER.test(mark?.textContent.trim() ?? "") ? "ol" : "ul";
    mark?.remove();
    if (paragraph.previousElementSibling !== last || !last) open = [];
    const level = Math.min(Number(found[1]), open.length + 1, 4);
    open = open.slice(0, level);
    let list = open[level - 1];
    if (!list || list.localName !== kind) {
      list = page.createElement(kind);
      const above = open[level - 2]?.lastElementChild;
      if (above) above.append(list);
      else paragraph.before(list);
      open = [...open.slice(0, level - 1), list];
    }
    const item = page.createElement("li");
    const text = page.createElement("p");
    text.append(...paragraph.childNodes);
    item.append(text);
    list.append(item);
    last = open[0];
    paragraph.remove();
  }
};

export const pasted = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const each of page.querySelectorAll("style, script, xml, title, meta, link, svg, math, iframe, object")) each.remove();
  listed(page);
  for (const each of page.querySelectorAll("h1, h2, h5, h6")) renamed(each, HEADINGS[each.tagName]);
  for (const each of page.querySelectorAll("p")) if (!each.textContent.trim()) each.remove();
  return page.body.innerHTML;
};
