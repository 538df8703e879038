// Keep a choice of radio buttons from page to page.
export function remember(root, name) {
  const inputs = [...root.querySelectorAll(`input[name="${name}"]`)];
  let kept = null;
  try {
    kept = localStorage.getItem(name);
  } catch {
    return; // storage is off
  }
  for (const input of inputs) {
    if (input.value === kept) input.checked = true;
    input.addEventListener("change", () => localStorage.setItem(name, input.value));
  }
}
