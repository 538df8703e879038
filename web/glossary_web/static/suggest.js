// Search as you type: the ARIA combobox with a list. The form stays a form: Enter without a choice submits it.
const WAIT = 100; // ms after the last key

export function suggest(form) {
  const input = form.querySelector("input[type=search]");
  const list = Object.assign(document.createElement("ul"), { className: "typed", id: "typed", hidden: true });
  const said = Object.assign(document.createElement("p"), { className: "unseen" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Entries");
  said.setAttribute("role", "status");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  form.append(list, said);

  let timer = 0;
  let request = null;
  let chosen = -1;

  const options = () => [...list.children];
  function show(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  }
  function choose(number) {
    chosen = number;
    options().forEach((option, i) => option.setAttribute("aria-selected", String(i === number)));
    if (number < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", options()[number].id);
  }
  function stop() {
    clearTimeout(timer);
    request?.abort();
  }
  async function ask() {
    stop();
    const query = input.value.trim();
    if (!query || query.length > 300) return show(false);
    request = new AbortController();
    const mine = request;
    try {
      const answer = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: query })}`, { signal: mine.signal });
      if (!answer.ok || mine.signal.aborted) return;
      fill((await answer.json()).suggestions);
    } catch (error) {
      if (error.name !== "AbortError") show(false); // offline: the form still works
    }
  }
  function fill(found) {
    list.replaceChildren(...found.map(option));
    said.textContent = found.length ? `${found.length} entries; arrow keys to choose` : "no entry yet";
    choose(-1);
    show(found.length > 0 && document.activeElement === input);
  }
  function option(hit, number) {
    const item = Object.assign(document.createElement("li"), { id: `typed-${number}` });
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.url = hit.url;
    item.append(part("zh-Hans", "zh", hit.zh));
    if (hit.hant !== hit.zh) item.append(part("zh-Hant", "hant", hit.hant));
    item.append(part("zh-Latn", "py", hit.pinyin), part("en-GB", "en", hit.en));
    return item;
  }
  function part(lang, name, text) {
    return Object.assign(document.createElement("span"), { lang, className: name, textContent: text });
  }

  input.addEventListener("input", (event) => {
    if (event.isComposing) return; // an input method is at work; its end fires again
    stop();
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("compositionend", () => { stop(); timer = setTimeout(ask, WAIT); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = options().length;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      if (list.hidden) show(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(((chosen + 1 + step + count + 1) % (count + 1)) - 1); // -1 is the box itself
    } else if (event.key === "Enter" && !list.hidden && chosen >= 0) {
      event.preventDefault();
      location.assign(options()[chosen].dataset.url);
    } else if (event.key === "Escape") {
      event.preventDefault();
      stop();
      if (list.hidden) input.value = "";
      show(false);
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // keep the focus in the box
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) location.assign(item.dataset.url);
  });
  input.addEventListener("blur", () => show(false));
  form.addEventListener("submit", () => { stop(); show(false); });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
  if (document.activeElement === input) input.setSelectionRange(input.value.length, input.value.length);
  show(false);
}
