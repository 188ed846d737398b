// The page `releases` compares two of them: for one's own mail, or in general.
import { all, one } from "../theme/dom.js";
import { busy, clear, handy, later, lead, prepareBy } from "./form.js";
import { explain, loading } from "./ui.js";

const form = one("#compare-form", HTMLFormElement);
const old = one("[name=old]", HTMLSelectElement, form);
const coming = one("[name=new]", HTMLSelectElement, form);
const mail = one("textarea", HTMLTextAreaElement, form);
const file = one("[type=file]", HTMLInputElement, form);
const result = one("#compare-result", HTMLElement);
const status = one("[role=status]", HTMLElement, form);
const go = one("[type=submit]", HTMLButtonElement, form);
const halt = one("[name=stop]", HTMLButtonElement, form);
const fields = { form, result, status, go, halt };
const answered = later(() => import("./compared.js"));
const LARGEST = 30_000_001; // bytes: one more than Python takes for a mail
const encoder = new TextEncoder();
/** @type {File | null} a mail that was chosen or dropped; typing replaces it */
let chosen = null;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await compare();
});
handy(form, take);
halt.addEventListener("click", async () => (await answered()).stop());
mail.addEventListener("input", () => {
  chosen = null;
  status.textContent = "";
  prepareForAnswer();
});
file.addEventListener("change", () => take(file.files));

async function compare() {
  clear(result);
  busy(fields, true);
  try {
    const { ask, sentence, shown } = await answered();
    const given = [await content(), chosen?.name ?? "", old.value, coming.value];
    const answer = await ask("compare", given, loading(status));
    go.textContent = go.dataset.again ?? ""; // from now on there is nothing to load
    if (answer.error) return busy(fields, false, sentence(answer));
    busy(fields, false); // first: the form changes its height
    lead(result, shown(answer, all("li[data-change]", HTMLLIElement)));
  } catch (problem) {
    busy(fields, false, explain(problem));
  }
}

/** The bytes of the mail; nothing where none was given. */
async function content() {
  if (chosen) return new Uint8Array(await chosen.slice(0, LARGEST).arrayBuffer());
  return mail.value.trim() ? encoder.encode(mail.value) : null;
}

/** @param {FileList | null} files */
function take(files) {
  chosen = files?.[0] ?? null;
  mail.value = "";
  status.textContent = chosen?.name ?? "";
  prepareForAnswer();
}

function prepareForAnswer() {
  prepareBy(async () => (await answered()).prepare());
}
