// Files that people give instead of the source of a message, seen before anything is loaded.

/** How such files begin, and the section of `message-source` that answers them. */
const BEGINNINGS = [
  { bytes: [0x89, 0x50, 0x4e, 0x47], section: "screenshot" }, // PNG
  { bytes: [0xff, 0xd8, 0xff], section: "screenshot" }, // JPEG
  { bytes: [0x47, 0x49, 0x46, 0x38], section: "screenshot" }, // GIF
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], section: "msg-file" }, // Outlook's own
  { bytes: [0x50, 0x4b, 0x03, 0x04], section: "zip-file" },
];

/**
 * The section of `message-source` that says what to give instead of a file, "" if it can be read.
 * @param {File} file
 */
export async function wrongFile(file) {
  if (file.type.startsWith("image/")) return "screenshot";
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  const isLike = (/** @type {number[]} */ bytes) => bytes.every((byte, at) => head[at] === byte);
  return BEGINNINGS.find(({ bytes }) => isLike(bytes))?.section ?? "";
}
