/* The referral network page: the picture, its buttons, the search, the panel and the filters.

   Expects the markup of templates/network/_picture.html. Without this script the page shows the
   server's drawing; the list beside it holds the same people either way.

   The panel is a fragment fetched from <data-panel>/<id>/panel. In it, an element with
   data-network-person="<id>" goes on to that person. A form with data-network-filters
   (method get, or the form inside an element marked so) is sent along to the data; links with
   data-network-keep-filters carry it too, all but the parameters that the attribute names. */

import { Model } from "./network/model.js";
import { Viewer } from "./network/viewer.js";

const PAN = 140;
const ZOOM = 1.5;
const MOST_FOUND = 8;
const TYPING_MS = 250;
const SHEET = matchMedia("(width < 48rem)");

function start(root) {
  const part = (name) => root.querySelector(`[data-network-${name}]`);
  const canvas = part("canvas");
  const page = {
    root,
    part,
    canvas,
    sheet: part("sheet"),
    panel: root.querySelector("#network-panel"),
    live: part("live"),
    onlyButton: part("only"),
    openedFrom: null,
  };
  page.announce = (text) => { page.live.textContent = text; };
  canvas.hidden = false;
  page.viewer = new Viewer(canvas, {
    choose: (person) => choose(page, person),
    close: () => close(page),
    announce: page.announce,
  });
  wireControls(page);
  wireSearch(page);
  wirePanel(page);
  wireFilters(page);
  const font = getComputedStyle(canvas).fontFamily;
  Promise.all([load(page), document.fonts.load(`600 12px ${font}`).catch(() => null)])
    .then(() => page.viewer.recolour());
}

async function load(page) {
  const { canvas, viewer, root } = page;
  const address = new URL(canvas.dataset.source, location.href);
  for (const [name, value] of new URLSearchParams(location.search)) {
    address.searchParams.append(name, value);
  }
  page.loading?.abort();
  page.loading = new AbortController();
  root.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, {
      headers: { Accept: "application/json" }, credentials: "same-origin",
      signal: page.loading.signal,
    });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const data = await answer.json();
    const model = new Model(data);
    page.part("drawing").hidden = true;
    page.part("tools").hidden = false;
    viewer.show(model);
    root.classList.add("is-ready");
    page.part("empty").hidden = viewer.model.count > 0;
    tell(page, data);
    if (viewer.selected < 0 && !page.sheet.hidden) close(page);
    page.announce(counted(viewer.model));
  } catch (error) {
    if (error.name === "AbortError") return;
    if (!viewer.model) canvas.hidden = true;
    page.announce("The picture could not be loaded. The list shows the same people.");
  } finally {
    root.removeAttribute("aria-busy");
  }
}

/* What the filters cannot know, and where nobody fits which one to drop. */
function tell(page, data) {
  const notes = document.querySelector("[data-network-notes]");
  notes?.replaceChildren(...data.notes.map((note) => element("p", note)));
  page.part("ways").replaceChildren(...data.ways_out.map((way) => {
    const people = `${way.count} ${way.count === 1 ? "person" : "people"}`;
    const link = element("a", `Without “${way.label}”: ${people}`);
    link.href = way.href;
    link.dataset.fields = way.fields.join(" ");
    const item = document.createElement("li");
    item.append(link);
    return item;
  }));
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function counted(model) {
  return `${model.count} ${model.count === 1 ? "person" : "people"}, ${model.ties} `
    + `${model.ties === 1 ? "link" : "links"} in the picture`;
}

function wireControls({ part, viewer }) {
  const actions = {
    "zoom-in": () => viewer.zoom(ZOOM),
    "zoom-out": () => viewer.zoom(1 / ZOOM),
    "whole": () => viewer.whole(),
    "left": () => viewer.pan(PAN, 0),
    "right": () => viewer.pan(-PAN, 0),
    "up": () => viewer.pan(0, PAN),
    "down": () => viewer.pan(0, -PAN),
  };
  part("tools").addEventListener("click", (event) => {
    const button = event.target.closest("[data-network-do]");
    if (button && viewer.model) actions[button.dataset.networkDo]();
  });
}

/* Choosing somebody marks their links, says so, and opens the panel. */
function choose(page, person) {
  const { viewer, sheet, panel, canvas } = page;
  const { model } = viewer;
  const id = model.nodes.id[person];
  if (sheet.hidden) page.openedFrom = document.activeElement;
  viewer.select(person);
  sheet.hidden = false;
  page.root.classList.add("is-open");
  panel.replaceChildren();
  panel.setAttribute("aria-busy", "true");
  panel.focus({ preventScroll: true });
  fitSheet(page);
  viewer.reveal(person);
  const links = model.partners(person).size;
  page.announce(`${model.describe(person)}. Linked with ${links} ${links === 1 ? "person" : "people"}.`);
  fetchPanel(`${canvas.dataset.panel}/${encodeURIComponent(id)}/panel`, panel)
    .catch(() => null)
    .then(() => {
      if (viewer.selected !== person) return;
      panel.removeAttribute("aria-busy");
      panel.scrollTop = 0;
      if (!panel.hasChildNodes()) sayMissing(page);
    });
}

function sayMissing({ panel, announce }) {
  const words = document.createElement("p");
  words.textContent = "The details could not be loaded. Close the panel and try again.";
  panel.replaceChildren(words);
  announce(words.textContent);
}

async function fetchPanel(address, panel) {
  if (window.htmx) {
    await window.htmx.ajax("GET", address, { target: "#network-panel", swap: "innerHTML" });
    return;
  }
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  panel.innerHTML = await answer.text();
}

function close(page) {
  const { viewer, sheet, root, onlyButton } = page;
  if (sheet.hidden && viewer.selected < 0) return;
  const inside = sheet.contains(document.activeElement);
  sheet.hidden = true;
  root.classList.remove("is-open");
  onlyButton.setAttribute("aria-pressed", "false");
  viewer.select(-1);
  fitSheet(page);
  page.panel.replaceChildren();
  page.announce("Panel closed");
  if (inside) (page.openedFrom?.isConnected ? page.openedFrom : page.canvas).focus();
}

/* On a phone the panel covers the lower part of the picture, which fits itself above it. */
function fitSheet({ viewer, sheet }) {
  viewer.cover(SHEET.matches && !sheet.hidden ? sheet.getBoundingClientRect().height : 0);
}

function wirePanel(page) {
  const { viewer, sheet, panel, onlyButton } = page;
  page.part("close").addEventListener("click", () => close(page));
  onlyButton.addEventListener("click", () => {
    const only = onlyButton.getAttribute("aria-pressed") !== "true";
    onlyButton.setAttribute("aria-pressed", String(only));
    viewer.only(only ? viewer.selected : -1);
    page.announce(only ? "Only their links are drawn" : "Everybody is drawn");
  });
  sheet.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(page);
  });
  panel.addEventListener("click", (event) => {
    const link = event.target.closest("[data-network-person]");
    const person = link ? viewer.model.indexOf.get(link.dataset.networkPerson) : undefined;
    if (person === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(page, person);
  });
  SHEET.addEventListener("change", () => fitSheet(page));
}

/* Search as a combobox: what is typed filters the list, choosing centres and opens. */
function wireSearch(page) {
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
    choose(page, person);
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

/* Filters of the page change the address and the picture without a new page. */
function wireFilters(page) {
  const form = document.querySelector("form[data-network-filters], [data-network-filters] form");
  if (form) {
    let waiting = 0;
    const apply = () => {
      const wanted = new URLSearchParams();
      for (const [name, value] of new FormData(form)) {
        if (typeof value === "string" && value !== "") wanted.append(name, value);
      }
      history.replaceState(null, "", `${location.pathname}${wanted.size ? `?${wanted}` : ""}`);
      for (const link of document.querySelectorAll("a[data-network-keep-filters]")) {
        link.search = carried(link, wanted);
      }
      load(page);
    };
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(apply, TYPING_MS);
    });
    page.part("ways").addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link) return;
      event.preventDefault();
      for (const name of link.dataset.fields.split(" ")) {
        const field = form.elements[name];
        if (field.type === "checkbox") field.checked = false;
        else field.value = "";
      }
      apply();
      page.canvas.focus();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(waiting);
      apply();
    });
  }
  addEventListener("popstate", () => load(page));
}

/* The page's filters for a link that keeps some parameters of its own, such as which view it is. */
function carried(link, wanted) {
  const own = new URLSearchParams(link.search);
  const query = new URLSearchParams(wanted);
  for (const name of link.dataset.networkKeepFilters.split(" ").filter(Boolean)) {
    query.delete(name);
    for (const value of own.getAll(name)) query.append(name, value);
  }
  return query.toString();
}

const root = document.querySelector("[data-network]");
if (root) start(root);
