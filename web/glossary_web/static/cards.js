// Cards for the terms of a text. One popover, moved to the term; its contents are those of the list beside the text.
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

  function open(next) {
    clearTimeout(timer);
    if (next === term) return;
    close();
    const entry = document.getElementById(`t-${next.dataset.term}`);
    if (!entry) return;
    term = next;
    card.replaceChildren(...[...entry.children].map((child) => child.cloneNode(true)));
    for (const more of card.querySelectorAll("[hidden]")) more.hidden = false;
    card.append(link(next.href));
    card.showPopover();
    place(card, next);
    next.setAttribute("aria-expanded", "true");
    entry.classList.add("on");
  }
  function close() {
    clearTimeout(timer);
    if (!term) return;
    term.setAttribute("aria-expanded", "false");
    document.getElementById(`t-${term.dataset.term}`)?.classList.remove("on");
    term = null;
    if (card.matches(":popover-open")) card.hidePopover();
  }
  const later = (what, wait) => { clearTimeout(timer); timer = setTimeout(what, wait); };
  const target = (event) => event.target.closest?.(".term");

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
    const focused = target(event);
    byFocus = Boolean(focused?.matches(":focus-visible"));
    if (byFocus) open(focused);
  });
  reader.addEventListener("focusout", (event) => {
    byFocus = false;
    if (target(event) && !card.contains(event.relatedTarget)) later(close, 0);
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
    if (event.key === " " && target(event)) {
      event.preventDefault();
      target(event).click();
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
  for (const name of ["scroll", "resize"]) {
    window.addEventListener(name, () => { if (term) place(card, term); }, { passive: true });
  }
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
