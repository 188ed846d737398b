// Elements that a page has because the build put them there, each with its kind.

/**
 * Return the element of that kind; one that is missing is an error of the build, told by name.
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {ParentNode} within
 * @returns {T}
 */
export function one(selector, kind, within = document) {
  const found = within.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`This page has no ${kind.name} ${selector}`);
}

/**
 * Return all elements of that kind.
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {ParentNode} within
 * @returns {T[]}
 */
export function all(selector, kind, within = document) {
  const found = [];
  for (const each of within.querySelectorAll(selector)) {
    if (each instanceof kind) found.push(each);
  }
  return found;
}
