import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";

// The packages are where the tests are run, see `tests/scripts/__init__.py`.
const { parseHTML } = createRequire(path.join(process.cwd(), "/"))("linkedom");

const PAGE = `<script id="ui" type="application/json">{"base": ""}</script>
<h2 id="a">First <code>x</code><a class="headerlink" href="#a">¶</a></h2>
<p id="p">text <a href="links.html#b">there</a> <img src="../way.svg"></p>
<div class="footnote">1</div>
<h3 id="c">Below<a class="headerlink" href="#c">¶</a></h3>
<p>deeper</p>
<h2 id="d">Next</h2>
<p>not of it</p>`;
const window = parseHTML(`<html><body>${PAGE}</body></html>`);
Object.assign(globalThis, {
  document: window.document,
  HTMLScriptElement: window.HTMLScriptElement,
});
Object.defineProperty(window.HTMLScriptElement.prototype, "text", {
  get() {
    return this.textContent;
  },
});
const { adopt, content, titleOf } = await import("../../docs/app/guide.js");

/** @param {string} id */
const heading = (id) => /** @type {Element} */ (window.document.getElementById(id));

test("a title is the heading without its permanent link", () => {
  assert.equal(titleOf(heading("a")), "First x");
});

test("a section ends at the next heading that is not below it, footnotes left out", () => {
  const names = content(heading("a")).map(({ localName, id }) => localName + id);
  assert.deepEqual(names, ["pp", "h3c", "p"]);
  assert.equal(content(heading("d")).length, 1);
});

test("an adopted element has no ids, and addresses as seen from here", () => {
  const address = new URL("https://guide.example/en/emails/clicks.html");
  const copy = adopt(heading("p"), address);
  assert.equal(copy.hasAttribute("id"), false);
  const [link, image] = copy.children;
  assert.equal(link.getAttribute("href"), "https://guide.example/en/emails/links.html#b");
  assert.equal(image.getAttribute("src"), "https://guide.example/en/way.svg");
  assert.equal(adopt(heading("c"), address).querySelector(".headerlink"), null);
  assert.ok(heading("p").id, "the page it was taken from is as before");
});
