// Cards for the words of a text: terms, and what the general dictionary has. One popover, moved to the word; its contents
// are those of the lists beside the text. Only terms take the focus: every other word would be a stop for the tab key.
const INTENT = 180; // ms that a pointer must rest
const LEAVE = 250;  // ms to get from the term into the card

export function cards(reader, card) {
  if (!card || typeof card.showPopover !== "function") return; // then a term is a link to its entry
  let term = null;
  let timer = 0;
  let byFocus = false;

  for (const each of reader.querySelectorAll(".term")) {
    each.setAttribute("role", "button");
    each.setAttribute("aria-haspopup", "dialog");
    each.setAttribute("aria-expanded", "false");
  }
  const general = new Map();
  for (const each of reader.querySelectorAll("#words [data-word]")) general.set(each.dataset.word, each);
  const box = reader.querySelector("input[name=words]");
  if (box) box.closest(".scripted").hidden = false;

  const entryOf = (word) => (word.matches(".term") ? document.getElementById(`t-${word.dataset.term}`) : general.get(written(word)));
  const wordAt = (event) => {
    const found = event.target.closest?.(".text .word, .text ruby");
    return box?.checked && found && general.has(written(found)) ? found : null;
  };

  function open(next) {
    clearTimeout(timer);
    if (next === term) return;
    close();
    const entry = entryOf(next);
    if (!entry) return;
    term = next;
    card.replaceChildren(...[...entry.children].map((child) => child.cloneNode(true)));
    for (const more of card.querySelectorAll("[hidden]")) more.hidden = false;
    const isTerm = next.matches(".term");
    if (isTerm) card.append(link(next.href));
    else card.append(reader.querySelector("#words .credit").cloneNode(true));
    card.classList.toggle("general", !isTerm);
    card.setAttribute("aria-label", isTerm ? "Term" : "General dictionary");
    card.showPopover();
    place(card, next);
    if (isTerm) next.setAttribute("aria-expanded", "true");
    else next.classList.add("on");
    entry.classList.add("on");
  }
  function close() {
    clearTimeout(timer);
    if (!term) return;
    if (term.matches(".term")) term.setAttribute("aria-expanded", "false");
    else term.classList.remove("on");
    entryOf(term)?.classList.remove("on");
    term = null;
    if (card.matches(":popover-open")) card.hidePopover();
  }
  const later = (what, wait) => { clearTimeout(timer); timer = setTimeout(what, wait); };
  const target = (event) => event.target.closest?.(".term") ?? wordAt(event);
  const termAt = (event) => event.target.closest?.(".term");
  box?.addEventListener("change", () => { if (term && !term.matches(".term")) close(); });

  reader.addEventListener("pointerover", (event) => {
    const over = target(event);
    if (over && event.pointerType === "mouse") later(() => open(over), INTENT);
  });
  reader.addEventListener("pointerout", (event) => {
    if (target(event) && event.pointerType === "mouse") later(() => { if (!byFocus) close(); }, LEAVE);
  });
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse" && !card.contains(document.activeElement)) later(close, LEAVE);
  });
  reader.addEventListener("focusin", (event) => {
    const focused = termAt(event);
    byFocus = Boolean(focused?.matches(":focus-visible"));
    if (byFocus) open(focused);
  });
  reader.addEventListener("focusout", (event) => {
    byFocus = false;
    if (termAt(event) && !card.contains(event.relatedTarget)) later(close, 0);
  });
  card.addEventListener("focusout", (event) => {
    if (!card.contains(event.relatedTarget) && event.relatedTarget !== term) later(close, 0);
  });
  reader.addEventListener("click", (event) => {
    const clicked = target(event);
    if (!clicked || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(clicked);
    if (event.detail === 0) card.querySelector("a")?.focus(); // from the keyboard: go into the card
  });
  reader.addEventListener("keydown", (event) => {
    if (event.key === " " && termAt(event)) {
      event.preventDefault();
      termAt(event).click();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !term) return;
    const back = card.contains(document.activeElement) ? term : null;
    close();
    if (back) {
      back.focus();
      close(); // the focus alone would open it again
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (term && !card.contains(event.target) && target(event) !== term) close();
  });
  const rests = [...reader.querySelectorAll(".text :hover")].pop(); // a pointer that was there before this script
  const under = rests && target({ target: rests });
  if (under) later(() => open(under), INTENT);
  for (const name of ["scroll", "resize"]) {
    window.addEventListener(name, () => { if (term) place(card, term); }, { passive: true });
  }
}

// A word as written, without the reading above it.
function written(word) {
  const parts = word.matches("ruby") ? [word] : [...word.querySelectorAll("ruby")];
  return parts.map((ruby) => ruby.firstChild.data).join("");
}

function link(href) {
  const line = Object.assign(document.createElement("p"), { className: "open" });
  line.append(Object.assign(document.createElement("a"), { href, textContent: "Open the entry" }));
  return line;
}

// Below the word where there is room, else above; never over it.
function place(card, term) {
  const boxes = [...term.getClientRects()];
  if (!boxes.length) return;
  const top = Math.min(...boxes.map((b) => b.top));
  const bottom = Math.max(...boxes.map((b) => b.bottom));
  const gap = 8;
  const below = innerHeight - bottom - 2 * gap;
  const above = top - 2 * gap;
  card.style.maxHeight = "";
  const height = card.offsetHeight;
  const under = below >= height || below >= above;
  card.style.maxHeight = `${Math.max(96, Math.min(under ? below : above, 352))}px`;
  const left = Math.max(gap, Math.min(boxes[0].left, document.documentElement.clientWidth - card.offsetWidth - gap));
  card.style.left = `${left}px`;
  card.style.top = `${under ? bottom + gap : top - gap - card.offsetHeight}px`;
}
