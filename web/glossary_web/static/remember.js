// Keep a choice of radio buttons, or of one check box, from page to page.
export function remember(root, name) {
  const inputs = [...root.querySelectorAll(`input[name="${name}"]`)];
  let kept = null;
  try {
    kept = localStorage.getItem(name);
  } catch {
    return; // storage is off
  }
  for (const input of inputs) {
    const box = input.type === "checkbox";
    if (box && kept !== null) input.checked = kept === "on";
    else if (input.value === kept) input.checked = true;
    input.addEventListener("change", () => localStorage.setItem(name, box ? (input.checked ? "on" : "off") : input.value));
  }
}
