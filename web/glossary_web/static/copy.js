// Copy buttons: hidden until a script can serve them.
export function copying(root) {
  for (const button of root.querySelectorAll("button.copy")) {
    const label = button.textContent;
    let timer = 0;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const done = await write(button.dataset.copy);
      button.textContent = done ? "Copied" : "Select and copy by hand";
      clearTimeout(timer);
      timer = setTimeout(() => { button.textContent = label; }, 1600);
    });
  }
}

async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return byHand(text); // the clipboard is closed to pages that did not come over https
  }
}

function byHand(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "unseen";
  document.body.append(area);
  const before = document.activeElement;
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  before?.focus();
  return done;
}
