// Everything works without this; here it gets quicker. Each part looks for what it improves.
import { suggest } from "./suggest.js";
import { copying } from "./copy.js";
import { cards } from "./cards.js";
import { remember } from "./remember.js";

for (const form of document.querySelectorAll("form[data-suggest]")) suggest(form);
copying(document);
for (const reader of document.querySelectorAll(".reader")) {
  cards(reader, document.getElementById("card"));
  for (const name of ["pinyin", "script", "nested", "words"]) remember(reader, name);
}
for (const form of document.querySelectorAll("form.paste")) {
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || button.name) return; // a button with a name only changes what is shown, or gives a file
    const label = button.textContent;
    button.textContent = `${label}ing …`;
    window.addEventListener("pageshow", () => { button.textContent = label; });
  });
}
