import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";

// The packages are where the tests are run, see `tests/scripts/__init__.py`.
const { DOMParser, parseHTML } = createRequire(path.join(process.cwd(), "/"))("linkedom");

const UI = { base: "", guide: { "site-url-host": "emails/troubleshooting.html#site-url-host" } };
const PAGE = `<script id="ui" type="application/json">${JSON.stringify(UI)}</script>
<p id="p">text <a href="links.html#b">there</a> <img src="../way.svg"></p>`;
const window = parseHTML(`<html><body>${PAGE}</body></html>`);

/** Unlike a browser, linkedom makes no body around a piece of HTML. */
class Parser {
  /** @param {string} html */
  parseFromString(html) {
    return new DOMParser().parseFromString(`<html><body>${html}</body></html>`, "text/html");
  }
}
Object.assign(globalThis, {
  document: window.document,
  HTMLScriptElement: window.HTMLScriptElement,
  DOMParser: Parser,
  location: { href: "https://guide.example/en/diagnose.html" },
});
Object.defineProperty(window.HTMLScriptElement.prototype, "text", {
  get() {
    return this.textContent;
  },
});
const { adopt, parts, words } = await import("../../docs/app/guide.js");

test("an adopted element has no ids, and addresses as seen from here", () => {
  const address = new URL("https://guide.example/en/emails/clicks.html");
  const whole = /** @type {Element} */ (window.document.getElementById("p"));
  const copy = adopt(whole, address);
  assert.equal(copy.hasAttribute("id"), false);
  const [link, image] = copy.children;
  assert.equal(link.getAttribute("href"), "https://guide.example/en/emails/links.html#b");
  assert.equal(image.getAttribute("src"), "https://guide.example/en/way.svg");
  assert.ok(whole.id, "the page it was taken from is as before");
});

test("what to change is taken out of the six points, the rest stays", () => {
  const change = '<li class="change"><a href="#b">change</a><pre>x = 1</pre></li>';
  const html = `<ul><li>see</li>${change}<li>why</li><li>threads</li></ul><p>more</p>`;
  const found = parts("site-url-host", { title: "", html });
  assert.equal(found.change.length, 2);
  const [link, code] = /** @type {Element[]} */ (found.change);
  assert.equal(link.getAttribute("href"), "https://guide.example/en/emails/troubleshooting.html#b");
  assert.equal(code.textContent, "x = 1");
  const said = found.rest.map((node) => node.textContent);
  assert.deepEqual(said, ["seewhythreads", "more"]);
});

test("a heading in HTML becomes words", () => {
  assert.equal(words("a &amp; b"), "a & b");
});
