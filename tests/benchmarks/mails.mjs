// Renders mails of different make from what others publish, and prints them as JSON: name → HTML.
// Run by `links.py` in a folder where the packages are installed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.join(process.cwd(), "/"));
const { Inky } = require("inky");
const { default: juice } = require("juice");
const Mailgen = require("mailgen");
const mjml2html = require("mjml");

let number = 0;
const address = () => `https://acme.example/offers/${++number}?colour=blue`;

/**
 * A section of a newsletter: text with a link, picture, button.
 * @param {string} title
 */
const section = (title) => `<mj-section><mj-column>
  <mj-image href="${address()}" src="https://acme.example/${title}.png" alt="${title}" />
  <mj-text>What is new in ${title}: <a href="${address()}">read more</a>.</mj-text>
  <mj-button href="${address()}">See ${title}</mj-button>
</mj-column></mj-section>`;
const social = `<mj-section><mj-column><mj-social>
  <mj-social-element name="facebook" href="${address()}">Facebook</mj-social-element>
  <mj-social-element name="github" href="${address()}">GitHub</mj-social-element>
</mj-social></mj-column></mj-section>`;
const mjml = async (/** @type {string[]} */ ...titles) => {
  const body = `<mjml><mj-body>${titles.map(section).join("")}${social}</mj-body></mjml>`;
  return (await (mjml2html.default ?? mjml2html)(body)).html;
};

/**
 * A template of Foundation for Emails, its styles written into the tags as its build does.
 * @param {string} name
 */
const foundation = (name) => {
  const read = (/** @type {string} */ file) =>
    readFileSync(path.join("node_modules/foundation-emails", file), "utf8");
  const body = new Inky().releaseTheKraken(read(`templates/${name}.html`));
  const style = read("dist/foundation-emails.min.css");
  const html = `<!DOCTYPE html><html><head><meta charset="utf-8"><style>${style}</style></head>
<body>${body}</body></html>`;
  return juice(html).replaceAll('href="#"', () => `href="${address()}"`);
};

/**
 * A receipt with a button.
 * @param {string} theme
 */
const receipt = (theme) => {
  const generator = new Mailgen({ theme, product: { name: "Acme", link: address() } });
  const button = { color: "#22bc66", text: "See the order", link: address() };
  const data = ["Cap", "Scarf"].map((item) => ({ item, description: "Blue", price: "12 €" }));
  const action = { instructions: "All about your order:", button };
  return generator.generate({ body: { name: "Jane", table: { data }, action } });
};

/** @type {Record<string, string>} */
const mails = {
  "mjml small": await mjml("caps"),
  "mjml medium": await mjml("caps", "scarves", "gloves"),
  "mjml large": await mjml("caps", "scarves", "gloves", "socks", "coats", "shoes"),
};
for (const name of ["marketing", "newsletter", "sidebar", "welcome"]) {
  mails[`foundation ${name}`] = foundation(name);
}
for (const theme of ["default", "neopolitan", "cerberus"]) {
  mails[`mailgen ${theme}`] = receipt(theme);
}
console.log(JSON.stringify(mails));
