/* Says on an open page that somebody else has changed the plan. It never reloads by itself: what
   is being typed stays. Without scripts the saving says it instead. */
"use strict";

(() => {
  const EVERY = 8000;

  function tell(place, text) {
    place.querySelector("[data-watch-words]").textContent = text;
    place.querySelector("[data-watch-news]").hidden = !text;
  }

  async function look() {
    if (document.visibilityState !== "visible") return;
    await Promise.all(Array.from(document.querySelectorAll("[data-watch]"), ask));
  }

  async function ask(place) {
    const { watch, watchMark: mark, watchTag: tag } = place.dataset;
    let answer;
    try {
      answer = await fetch(`${watch}?since=${mark}`, {
        headers: { "If-None-Match": tag || `"${mark}"` }, redirect: "manual", cache: "no-store",
      });
    } catch {
      return; /* out of reach for now: the next look tells */
    }
    if (answer.status === 200) {
      place.dataset.watchTag = answer.headers.get("ETag");
      tell(place, (await answer.json()).text);
    } else if (answer.status === 404 || answer.type === "opaqueredirect") {
      tell(place, place.dataset.watchGone);
      place.removeAttribute("data-watch");
    }
  }

  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  window.addEventListener("online", look);
})();
