/* The referral network page: the picture, its buttons, the search, the panel and the filters.

   Expects the markup of templates/network/_picture.html. Without this script the page shows the
   server's drawing; the list beside it holds the same people either way.

   The panel is a fragment fetched from <data-panel>/<id>/panel. In it, an element with
   data-network-person="<id>" goes on to that person. A form with data-network-filters
   (method get, or the form inside an element marked so) is sent along to the data; links with
   data-network-keep-filters carry it too, all but the parameters that the attribute names. */

import { Model } from "./network/model.js";
import { wireSearch } from "./network/search.js";
import { wireTime } from "./network/time.js";
import { Viewer } from "./network/viewer.js";

const PAN = 140;
const ZOOM = 1.5;
const TYPING_MS = 250;
const MOST_KEPT = 24;
const LOOK_MS = 5000;
const MOST_LOOKS = 24;
const STOPPED = "This page has stopped looking by itself. Load it again to see how far it is.";
const SHEET = matchMedia("(width < 64rem)");

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
    kept: new Map(),
  };
  page.announce = (text) => { page.live.textContent = text; };
  canvas.hidden = false;
  page.viewer = new Viewer(canvas, {
    choose: (person) => choose(page, person),
    open: (tie) => openTie(page, ...page.viewer.endsOf(tie)),
    close: () => close(page),
    announce: page.announce,
  });
  wireControls(page);
  wireSearch(page, (person) => choose(page, person));
  wirePanel(page);
  wireFilters(page);
  wireTime(page);
  const font = getComputedStyle(canvas).fontFamily;
  Promise.all([load(page), document.fonts.load(`600 12px ${font}`).catch(() => null)])
    .then(() => page.viewer.recolour());
}

/* stays: where only time has changed the eye stays where it is. Answers whether it is drawn. */
async function load(page, { stays = false } = {}) {
  const { canvas, viewer, root } = page;
  const address = new URL(canvas.dataset.source, location.href);
  for (const [name, value] of new URLSearchParams(location.search)) {
    address.searchParams.append(name, value);
  }
  page.loading?.abort();
  page.loading = new AbortController();
  root.setAttribute("aria-busy", "true");
  try {
    const data = await read(page, address);
    const model = new Model(data);
    page.part("drawing").hidden = true;
    page.part("tools").hidden = false;
    showKey(page, model);
    viewer.show(model, stays);
    root.classList.add("is-ready");
    page.part("empty").hidden = viewer.model.count > 0;
    tell(page, data);
    lookAgain(page, data.is_coming);
    if (viewer.selected < 0 && viewer.tie < 0 && !page.sheet.hidden) close(page);
    page.announce([page.moment?.(), counted(viewer.model)].filter(Boolean).join(". "));
    return true;
  } catch (error) {
    if (error.name === "AbortError") return false;
    if (!viewer.model) canvas.hidden = true;
    page.announce("The picture could not be loaded. The list shows the same people.");
    return false;
  } finally {
    root.removeAttribute("aria-busy");
  }
}

/* What is worked out beside the pages is asked for again, but not for ever. */
function lookAgain(page, isComing) {
  clearTimeout(page.later);
  page.looks = isComing ? (page.looks ?? 0) + 1 : 0;
  if (isComing && page.looks <= MOST_LOOKS) page.later = setTimeout(() => load(page), LOOK_MS);
  else if (isComing) {
    document.querySelector("[data-network-notes]")?.append(element("p", STOPPED));
  }
}

/* Going to and fro in time asks once for each moment. */
async function read(page, address) {
  const key = address.search;
  if (!page.kept.has(key)) {
    const answer = await fetch(address, {
      headers: { Accept: "application/json" }, credentials: "same-origin",
      signal: page.loading.signal,
    });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const data = await answer.json();
    if (data.is_coming) return data;
    if (page.kept.size >= MOST_KEPT) page.kept.delete(page.kept.keys().next().value);
    page.kept.set(key, data);
  }
  return page.kept.get(key);
}

/* Islands bear the names of disciplines; grouped otherwise, their colours have a key. */
function showKey({ part }, model) {
  const list = part("key");
  list.hidden = model.by === "discipline" || !model.count;
  list.replaceChildren(...(list.hidden ? [] : model.key()).map(([colour, labels]) => {
    const item = element("li", labels.join(", "));
    const mark = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const dot = document.createElementNS(mark.namespaceURI, "circle");
    mark.setAttribute("class", "is-dot");
    mark.setAttribute("viewBox", "0 0 12 12");
    mark.setAttribute("aria-hidden", "true");
    for (const [name, value] of [["cx", 6], ["cy", 6], ["r", 5]]) dot.setAttribute(name, value);
    dot.style.fill = `var(--net-island-${colour})`;
    mark.append(dot);
    item.prepend(mark);
    return item;
  }));
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
  const { viewer, canvas } = page;
  const { model } = viewer;
  const id = model.nodes.id[person];
  openSheet(page, () => viewer.select(person), false);
  viewer.reveal(person);
  const links = model.partners(person).size;
  page.announce(`${model.describe(person)}. Linked with ${links} ${links === 1 ? "person" : "people"}.`);
  fill(page, `${canvas.dataset.panel}/${encodeURIComponent(id)}/panel`, () => viewer.selected === person);
}

/* A tie by the ids of its ends, drawn here or not: its referrals, as far as one may see them. */
function openTie(page, from, to) {
  const { viewer, canvas } = page;
  const tie = viewer.model.tieBetween(from, to);
  openSheet(page, () => viewer.selectTie(tie), true);
  page.announce(tie >= 0 ? viewer.model.describeTie(tie) : "The other way round");
  page.tie = `${from}/${to}`;
  fill(page, `${canvas.dataset.ties}/${page.tie}/panel`, () => page.tie === `${from}/${to}`);
}

function openSheet(page, mark, isTie) {
  const { sheet, panel, root } = page;
  if (sheet.hidden) page.openedFrom = document.activeElement;
  page.tie = null;
  mark();
  sheet.hidden = false;
  root.classList.add("is-open");
  root.classList.toggle("is-tie", isTie);
  page.onlyButton.setAttribute("aria-pressed", String(page.viewer.model.only !== null));
  panel.replaceChildren();
  panel.setAttribute("aria-busy", "true");
  panel.focus({ preventScroll: true });
  fitSheet(page);
}

function fill(page, address, isStill) {
  const { panel } = page;
  fetchPanel(address, panel)
    .catch(() => null)
    .then(() => {
      if (!isStill()) return;
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
  page.tie = null;
  const inside = sheet.contains(document.activeElement);
  sheet.hidden = true;
  root.classList.remove("is-open", "is-tie");
  onlyButton.setAttribute("aria-pressed", "false");
  viewer.select(-1);
  fitSheet(page);
  page.panel.replaceChildren();
  page.announce("Panel closed");
  if (inside) (page.openedFrom?.isConnected ? page.openedFrom : page.canvas).focus();
}

/* On a phone the panel covers the lower part of the picture, which fits itself above it. */
function fitSheet({ viewer, sheet, canvas }) {
  const over = canvas.getBoundingClientRect().bottom - sheet.getBoundingClientRect().top;
  viewer.cover(SHEET.matches && !sheet.hidden ? Math.max(0, over) : 0);
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
    const way = event.target.closest("[data-network-tie]");
    const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (way && !isElsewhere) {
      event.preventDefault();
      openTie(page, ...way.dataset.networkTie.split(" "));
      return;
    }
    const link = event.target.closest("[data-network-person]");
    const person = link ? viewer.model.indexOf.get(link.dataset.networkPerson) : undefined;
    if (person === undefined || isElsewhere) return;
    event.preventDefault();
    choose(page, person);
  });
  SHEET.addEventListener("change", () => fitSheet(page));
}

/* Filters of the page change the address and the picture without a new page. */
function wireFilters(page) {
  const form = document.querySelector("form[data-network-filters], [data-network-filters] form");
  page.form = form;
  if (form) {
    let waiting = 0;
    const apply = (how) => {
      const wanted = new URLSearchParams();
      for (const [name, value] of new FormData(form)) {
        if (typeof value === "string" && value !== "") wanted.append(name, value);
      }
      history.replaceState(null, "", `${location.pathname}${wanted.size ? `?${wanted}` : ""}`);
      for (const link of document.querySelectorAll("a[data-network-keep-filters]")) {
        link.search = carried(link, wanted);
      }
      return load(page, how);
    };
    page.apply = apply;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        page.follow?.();
        apply();
      }, TYPING_MS);
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
      page.follow?.();
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
