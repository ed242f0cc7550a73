/* The picture's colours, read from the stylesheet so that light, dark and forced colours hold.
   A custom property may still say light-dark(...); a probe element has it worked out. */

const ISLANDS = 12;
const NAMES = ["ground", "ink", "muted", "edge", "out", "in", "ring"];

export function readPalette(host) {
  const probe = document.createElement("span");
  probe.hidden = true;
  host.append(probe);
  const resolve = (name) => {
    probe.style.color = `var(--net-${name})`;
    return getComputedStyle(probe).color;
  };
  const palette = Object.fromEntries(NAMES.map((name) => [name, resolve(name)]));
  palette.islands = Array.from({ length: ISLANDS }, (_, number) => resolve(`island-${number}`));
  palette.font = getComputedStyle(host).fontFamily;
  probe.remove();
  return palette;
}

/* Call `changed` whenever the colours may be others now. */
export function watchPalette(changed) {
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", changed);
  }
  new MutationObserver(changed).observe(document.documentElement, {
    attributes: true, attributeFilter: ["class", "data-theme", "data-scheme"],
  });
}
