/* Going through the half-years: a slider, a step to either side, and playing them one by one.
   The moment stands in the form's fields `since` and `until`, and so in the address. */

const PLAY_MS = 1200;
const PLAY_STILL_MS = 2400;
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

export function wireTime(page) {
  const bar = document.querySelector("[data-network-time]");
  if (!bar || !page.form) return;
  const slider = bar.querySelector("[data-network-moment]");
  const words = bar.querySelector("[data-network-words]");
  const play = bar.querySelector("[data-network-play]");
  const steps = [...bar.querySelectorAll("[data-network-step]")];
  const moments = [...bar.querySelectorAll("datalist option")].map((option) => (
    { half: option.dataset.half, words: option.label }));
  const last = moments.length - 1;
  let playing = 0;

  const show = (text) => {
    words.textContent = text;
    slider.setAttribute("aria-valuetext", text);
    const at = Number(slider.value);
    for (const step of steps) {
      const to = at + Number(step.dataset.networkStep);
      step.toggleAttribute("aria-disabled", to < 0 || to > last);
    }
  };

  /* Shows the moment at a place of the slider; answers whether it is drawn. */
  const go = (place) => {
    const moment = moments[Math.max(0, Math.min(last, place))];
    slider.value = moments.indexOf(moment);
    page.form.elements.since.value = moment.half;
    page.form.elements.until.value = moment.half;
    show(moment.words);
    return page.apply({ stays: true });
  };

  const stop = () => {
    clearTimeout(playing);
    playing = 0;
    play.classList.remove("is-playing");
    play.setAttribute("aria-label", "Play the half-years");
  };
  const advance = async (place) => {
    const drawn = await go(place);
    if (!playing) return;
    if (!drawn || place >= last) stop();
    else playing = setTimeout(() => advance(place + 1), STILL.matches ? PLAY_STILL_MS : PLAY_MS);
  };

  play.addEventListener("click", () => {
    if (playing) {
      stop();
      return;
    }
    play.classList.add("is-playing");
    play.setAttribute("aria-label", "Stop playing");
    playing = -1;
    const at = Number(slider.value);
    advance(at >= last ? 0 : at + 1);
  });
  slider.addEventListener("input", () => {
    stop();
    go(Number(slider.value));
  });
  for (const step of steps) {
    step.addEventListener("click", (event) => {
      event.preventDefault();
      stop();
      if (!step.hasAttribute("aria-disabled")) go(Number(slider.value) + Number(step.dataset.networkStep));
    });
  }

  /* The filters may have set another stretch of time: the bar follows. */
  page.follow = () => {
    stop();
    const { since, until } = page.form.elements;
    const place = moments.findIndex((moment) => moment.half === (until.value || since.value));
    slider.value = place < 0 ? last : place;
    const isOne = since.value === until.value;
    const named = (field, open) => (field.value ? field.selectedOptions[0].label : open);
    show(isOne ? moments[slider.value].words
      : `${named(since, "The beginning")} to ${named(until, "today")}`);
  };
  page.moment = () => words.textContent;

  slider.hidden = false;
  play.hidden = false;
  show(words.textContent);
}
