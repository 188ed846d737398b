// node styles.mjs CSS-TREE < {"sheets", "words"}: print the sheets without what no page can match.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const { generate, parse, walk } = await import(pathToFileURL(process.argv[2]).href);
const { sheets, words } = JSON.parse(fs.readFileSync(0, "utf-8"));
const known = new Set(words);
const WITH_CHOICES = ["is", "where"]; // each selector inside is a choice of its own

/** Whether a page could match a selector; choices inside it that none matches are removed. */
function isUsed(selector) {
  return selector.children.toArray().every((node) => {
    if (node.type === "ClassSelector") return known.has(node.name);
    if (node.type === "AttributeSelector" && node.matcher === "=") return isWritten(node.value);
    if (WITH_CHOICES.includes(node.name) && node.children) return filtered(node.children.first);
    return true;
  });
}

/** Whether each word of the value of an attribute is written somewhere. */
function isWritten({ name, value = name }) {
  return (value.match(/[\w-]+/g) ?? []).every((word) => known.has(word));
}

/** Keep those of a list of selectors that are used; say whether there are any. */
function filtered(list) {
  if (list?.type !== "SelectorList") return true; // not understood: left as it is
  list.children = list.children.filter(isUsed);
  return !list.children.isEmpty;
}

const trees = Object.entries(sheets).map(([name, css]) => [name, parse(css)]);
for (const [, tree] of trees) {
  walk(tree, {
    visit: "Rule",
    enter(rule, item, list) {
      if (!filtered(rule.prelude)) list.remove(item);
    },
  });
}
// A variable that nothing reads any more: most of them are icons.
const left = trees.map(([, tree]) => generate(tree)).join("");
const read = new Set([...left.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name]) => name));
for (const [, tree] of trees) {
  walk(tree, {
    visit: "Declaration",
    enter({ property }, item, list) {
      if (property.startsWith("--") && !read.has(property)) list.remove(item);
    },
  });
  walk(tree, {
    leave(node, item, list) {
      if (list && node.block?.children.isEmpty) list.remove(item);
    },
  });
}
process.stdout.write(JSON.stringify(trees.map(([name, tree]) => [name, generate(tree)])));
