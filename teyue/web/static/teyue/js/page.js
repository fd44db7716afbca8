/** The sentences of the page that only scripts show, translated by the server. */
export const words = () => JSON.parse(document.body.dataset.tyWords || "{}");

/** Run `each` on every match now, and on every match that htmx brings later. */
export function onEach(selector, each) {
  const within = (root) => {
    if (root.matches?.(selector)) each(root);
    root.querySelectorAll(selector).forEach(each);
  };
  within(document.body);
  document.body.addEventListener("htmx:load", (event) => within(event.detail.elt));
}

/** A random key of 32 hex digits; randomUUID needs https, this does not. */
export function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const remembered = (store, name) => {
  try { return store.getItem(name); } catch { return null; }
};

export const remember = (store, name, value) => {
  try {
    if (value === null) store.removeItem(name);
    else store.setItem(name, value);
  } catch { /* a full or forbidden store only means that nothing is remembered */ }
};
