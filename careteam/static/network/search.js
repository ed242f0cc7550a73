/* Finding a person in the picture by name or discipline. */

const MOST_FOUND = 8;

/* Search as a combobox: what is typed filters the list, choosing centres and opens. */
export function wireSearch(page, choose) {
  const { viewer, part } = page;
  const input = part("search");
  const list = part("found");
  let found = [];
  let active = -1;

  const mark = (next) => {
    active = next;
    [...list.children].forEach((option, place) =>
      option.setAttribute("aria-selected", String(place === active)));
    if (active >= 0) input.setAttribute("aria-activedescendant", `network-found-${active}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const hide = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const show = () => {
    found = viewer.model ? viewer.model.search(input.value, MOST_FOUND) : [];
    list.replaceChildren(...found.map((person, place) => option(viewer.model, person, place)));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    mark(found.length ? 0 : -1);
    if (input.value.trim()) {
      page.announce(found.length ? `${found.length} found` : "Nobody found");
    }
  };
  const go = (place) => {
    const person = found[place];
    if (person === undefined) return;
    input.value = viewer.model.nodes.name[person];
    hide();
    choose(person);
    viewer.centre(person);
  };

  input.addEventListener("input", show);
  input.addEventListener("focus", () => { if (input.value.trim()) show(); });
  input.addEventListener("blur", hide);
  input.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && found.length && !list.hidden) {
      mark((active + steps[event.key] + found.length) % found.length);
    } else if (event.key === "Enter" && active >= 0) go(active);
    else if (event.key === "Escape" && !list.hidden) hide();
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const chosen = event.target.closest("[role=option]");
    if (chosen) go([...list.children].indexOf(chosen));
  });
}

function option(model, person, place) {
  const item = document.createElement("li");
  item.id = `network-found-${place}`;
  item.setAttribute("role", "option");
  const name = document.createElement("strong");
  name.textContent = model.nodes.name[person];
  const trade = document.createElement("span");
  trade.textContent = model.labels.disciplines[model.nodes.discipline[person]];
  item.append(name, " ", trade);
  return item;
}
