/* Small conveniences. Every page works without this file: it only saves steps and keeps focus. */
"use strict";

(() => {
  const on = (event, listener) => document.addEventListener(event, listener);

  /* Buttons that only scripts can serve arrive hidden. */
  function reveal(root) {
    const able = "[data-share-text], [data-copy], [data-print], [data-dismiss], [data-paste-into]";
    root.querySelectorAll(able).forEach((button) => { button.hidden = false; });
  }

  function announce(text) {
    const place = document.getElementById("toasts");
    if (!place) return;
    const toast = document.createElement("div");
    toast.className = "toast";
    toast.dataset.toast = "";
    const words = document.createElement("p");
    words.textContent = text;
    toast.append(words);
    place.replaceChildren(toast);
  }

  /* Focus: the summary of what is wrong, else the first wrong field. */
  function focusWrong(root) {
    const wrong = root.querySelector("[data-error-summary]") || root.querySelector("[aria-invalid='true']");
    if (wrong) wrong.focus();
    return Boolean(wrong);
  }

  /* Copying and sharing */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      announce("Copied.");
    } catch {
      announce("Copying is not possible here. Select the text and copy it by hand.");
    }
  }

  async function share(button) {
    const { shareText: text, shareTitle: title, shareUrl: url } = button.dataset;
    if (!navigator.share) {
      await copy(url ? `${text}\n${url}` : text);
      return;
    }
    try {
      await navigator.share({ text, title, url });
    } catch (reason) {
      if (reason.name !== "AbortError") await copy(url ? `${text}\n${url}` : text);
    }
  }

  async function paste(button) {
    const field = document.getElementById(button.dataset.pasteInto);
    try {
      field.value = await navigator.clipboard.readText();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    } catch {
      announce("Press and hold in the box, then choose Paste.");
    }
    field.focus();
  }

  function dismiss(button) {
    button.closest("[data-toast]").remove();
    document.getElementById("main").focus();
  }

  function openDialog(link, event) {
    const dialog = document.getElementById(link.dataset.dialog);
    if (!dialog) return;
    event.preventDefault();
    dialog.showModal();
  }

  /* After Call, the three answers stand open when she comes back to the page. */
  function openCallLog(link) {
    const log = link.parentElement.querySelector(".call-log");
    if (log) log.open = true;
  }

  on("click", (event) => {
    const pressed = event.target.closest("button, a");
    closeMenus(event.target);
    if (!pressed) return;
    const { dataset } = pressed;
    if (pressed.hash) unfoldFor(pressed.hash.slice(1));
    if ("shareText" in dataset) share(pressed);
    else if ("copy" in dataset) {
      const source = dataset.copyFrom && document.getElementById(dataset.copyFrom);
      copy(source ? source.value || source.innerText : dataset.copy);
    } else if ("print" in dataset) window.print();
    else if ("dismiss" in dataset) dismiss(pressed);
    else if ("pasteInto" in dataset) paste(pressed);
    else if ("dialog" in dataset) openDialog(pressed, event);
    else if ("call" in dataset) openCallLog(pressed);
  });

  /* The account menu closes when the reader turns elsewhere. */
  function closeMenus(target) {
    document.querySelectorAll("details.account[open]").forEach((menu) => {
      if (!menu.contains(target)) menu.open = false;
    });
  }

  /* Cards of a long page are folded on a phone, all but the one that the address asks for. */
  const phone = window.matchMedia("(width < 48rem)");
  const folds = () => document.querySelectorAll("[data-phone-fold]");
  const asksFor = (fold, id) => {
    const asked = id && document.getElementById(id);
    return Boolean(asked) && (fold.contains(asked) || asked === fold.parentElement);
  };
  function foldForPhone() {
    folds().forEach((fold) => { fold.open = !phone.matches || asksFor(fold, location.hash.slice(1)); });
  }
  function unfoldFor(id) {
    folds().forEach((fold) => { if (asksFor(fold, id)) fold.open = true; });
  }

  on("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = document.querySelector("details.account[open]");
      if (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
      return;
    }
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const boxes = document.querySelectorAll("main input[type='search'], [data-search]");
    const box = [...boxes].find((candidate) => candidate.checkVisibility());
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  /* A box for pasted rows says how many lines it holds. */
  on("input", (event) => {
    const counter = event.target.id && document.querySelector(`[data-lines-of="${event.target.id}"]`);
    if (!counter) return;
    const lines = event.target.value.split("\n").filter((line) => line.trim()).length;
    counter.textContent = lines === 1 ? "1 line" : `${lines} lines`;
  });

  /* Answers in place: give focus back to the control with the same id. Names of events are
     those of htmx 2 and 4, so that either version serves. */
  let focused = null;
  const beforeSwap = () => { focused = document.activeElement && document.activeElement.id; };
  const afterSwap = (event) => {
    const root = (event.detail && event.detail.elt) || event.target || document;
    reveal(document);
    if (root.querySelector && focusWrong(root)) return;
    const same = focused && document.getElementById(focused);
    if (same && document.activeElement !== same) same.focus({ preventScroll: true });
  };
  ["htmx:beforeSwap", "htmx:before:swap"].forEach((name) => on(name, beforeSwap));
  ["htmx:afterSettle", "htmx:after:settle"].forEach((name) => on(name, afterSwap));
  ["htmx:responseError", "htmx:sendError", "htmx:response:error"].forEach((name) =>
    on(name, () => announce("That did not reach us. Nothing was saved; please try again.")));

  reveal(document);
  foldForPhone();
  phone.addEventListener("change", foldForPhone);
  focusWrong(document.getElementById("main") || document);
})();
