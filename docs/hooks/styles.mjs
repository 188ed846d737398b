// node styles.mjs CSS-TREE < {"sheets", "words"}: print the sheets without what no page can match.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

/**
 * What of css-tree's nodes is read here.
 * @typedef {{ name: string, value?: string }} Named
 * @typedef {object} Node
 * @property {string} type
 * @property {string} name
 * @property {string} [matcher] of an attribute
 * @property {Named | null} [value] of an attribute
 * @property {string} [property] of a declaration
 * @property {List} [children]
 * @property {Node} [prelude]
 * @property {Node} [block]
 *
 * @typedef {object} List
 * @property {boolean} isEmpty
 * @property {Node | null} first
 * @property {() => Node[]} toArray
 * @property {(isKept: (node: Node) => boolean) => List} filter
 * @property {(item: object) => void} remove
 */

const { generate, parse, walk } = await import(pathToFileURL(process.argv[2]).href);
const { sheets, words } = JSON.parse(fs.readFileSync(0, "utf-8"));
const known = new Set(words);
const WITH_CHOICES = ["is", "where"]; // each selector inside is a choice of its own

/**
 * Whether a page could match a selector; choices inside it that none matches are removed.
 * @param {Node} selector
 * @returns {boolean}
 */
function isUsed({ children }) {
  return (children?.toArray() ?? []).every((node) => {
    if (node.type === "ClassSelector") return known.has(node.name);
    if (node.type === "AttributeSelector" && node.matcher === "=" && node.value) {
      return isWritten(node.value);
    }
    if (WITH_CHOICES.includes(node.name) && node.children) return filtered(node.children.first);
    return true;
  });
}

/**
 * Whether each word of the value of an attribute is written somewhere.
 * @param {Named} value
 */
function isWritten({ name, value = name }) {
  return (value.match(/[\w-]+/g) ?? []).every((word) => known.has(word));
}

/**
 * Keep those of a list of selectors that are used; say whether there are any.
 * @param {Node | null | undefined} list
 */
function filtered(list) {
  if (list?.type !== "SelectorList" || !list.children) return true; // not understood: left
  list.children = list.children.filter(isUsed);
  return !list.children.isEmpty;
}

/**
 * Remove nodes from a tree, those inside a node before it.
 * @param {Node} tree
 * @param {(node: Node) => boolean} isSuperfluous
 */
function without(tree, isSuperfluous) {
  walk(tree, {
    /** @type {(node: Node, item: object, list: List | null) => void} */
    leave(node, item, list) {
      if (list && isSuperfluous(node)) list.remove(item);
    },
  });
}

/** @type {[string, Node][]} */
const trees = Object.entries(sheets).map(([name, css]) => [name, parse(css)]);
for (const [, tree] of trees) {
  without(tree, ({ type, prelude }) => type === "Rule" && !filtered(prelude));
}
// A variable that nothing reads any more: most of them are icons.
const left = trees.map(([, tree]) => generate(tree)).join("");
const read = new Set([...left.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name]) => name));
for (const [, tree] of trees) {
  without(tree, ({ property }) => property?.startsWith("--") === true && !read.has(property));
  without(tree, ({ block }) => block?.children?.isEmpty === true);
}
process.stdout.write(JSON.stringify(trees.map(([name, tree]) => [name, generate(tree)])));
