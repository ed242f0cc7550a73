// Axe on the page, those rules that look at colours on one element of each look that is not in
// `met`: {looks, results}.
//
// A look is all that contrast depends on: the ink and size of an element's own words, and what
// lies behind them. Whoever is lifted out of the flow may lie on something else, so its class
// belongs to the look as well.
async ({ options, met }) => {
  const papers = new Map([[null, ""]]);

  function paperUnder(element) {
    if (!papers.has(element)) {
      const style = getComputedStyle(element);
      const inFlow = ["static", "relative"].includes(style.position);
      const covers = style.backgroundColor.startsWith("rgb(") && inFlow;
      const own = [
        style.backgroundColor === "rgba(0, 0, 0, 0)" ? "" : style.backgroundColor,
        style.backgroundImage === "none" ? "" : style.backgroundImage,
        style.opacity === "1" ? "" : style.opacity,
        inFlow ? "" : `${style.position} ${element.className}`,
      ];
      papers.set(element, (covers ? "" : paperUnder(element.parentElement)) + own.join(""));
    }
    return papers.get(element);
  }

  function lookOf(element) {
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const link = element.closest("a");
    const inText = link && [style.textDecoration, getComputedStyle(link.parentElement).color];
    return [style.color, style.fill, isLarge, style.textShadow, inText, paperUnder(element)].join(" ");
  }

  const withWords = new Set(document.querySelectorAll("input, select, textarea"));
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    if (words.currentNode.data.trim()) withWords.add(words.currentNode.parentElement);
  }
  const looks = new Map();
  const known = new Set(met);
  for (const element of withWords) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const look = lookOf(element);
    if (!known.has(look) && !looks.has(look)) looks.set(look, element);
  }
  if (options.runOnly && !looks.size) return { looks: [], results: { violations: [] } };
  for (const element of looks.values()) element.dataset.newLook = "";
  axe.configure({
    rules: [
      { id: "color-contrast", selector: "[data-new-look]" },
      { id: "link-in-text-block", selector: "a[href][data-new-look]" },
    ],
  });
  const results = await axe.run(options);
  for (const element of looks.values()) delete element.dataset.newLook;
  return { looks: [...looks.keys()], results };
};
