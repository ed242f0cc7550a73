/* Says on an open page that somebody else has changed the plan. It never reloads by itself: what
   is being typed stays. Without scripts the saving says it instead. */
"use strict";

(() => {
  const EVERY = 8000;
  let timer = 0;

  function tell(place, text) {
    place.querySelector("[data-watch-words]").textContent = text;
    place.querySelector("[data-watch-news]").hidden = !text;
  }

  async function look() {
    const place = document.querySelector("[data-watch]");
    if (!place || document.visibilityState !== "visible") return;
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
      clearInterval(timer);
      tell(place, place.dataset.watchGone);
    }
  }

  timer = setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  window.addEventListener("online", look);
})();
