/* Where the names of islands stand: each of them somewhere, none on another. Names begin at their
   best place around their island (or on it, from afar) and make way for each other in rounds;
   whoever has none at the end stands further off, with a line to its island. */

const ROUNDS = 12;
const CROSSING = 12;
const STEP = 8;
const TURNS = 20;
const FURTHEST = 64;
/* Part of an island's radius within which a name seems to belong to it. */
const HEART = 0.75;
/* What a place costs that lies on somebody else's island, and a smaller or narrower shape. */
const ON_OTHERS = 4;
const SMALLER = 2.5;
const SLIGHTLY = 0.7;
const AFTER_ALL = 3;

/* names: [{ g, x, y, r, shapes: [{ wide (half), high }] }], the largest first; isFree(left, top,
   right, bottom, isOn); onThem: they stand on their islands, alsoOn: where nothing else is free.
   Answers the place of each by g: { shape, x (middle), top, leads }. */
export function placeNames(names, isFree, screen, where) {
  const choices = names.map((name) => choicesOf(name, names, isFree, screen, where));
  const places = choices.map((some) => some[0] ?? null);
  for (let round = 0; round < ROUNDS; round += 1) if (!improve(choices, places)) break;
  dropCrossing(places);
  for (let at = 0; at < names.length; at += 1) {
    places[at] ??= furtherOff(names[at], screen, (box) => isFree(...box, false)
      && places.every((other) => !other || !cross(box, other.box)));
  }
  return new Map(names.map(({ g }, at) => [g, places[at]]).filter(([, place]) => place));
}

/* Each name in turn takes the place that costs least beside where the others stand now. */
function improve(choices, places) {
  let changed = false;
  for (let at = 0; at < places.length; at += 1) {
    let best = places[at];
    let least = Infinity;
    for (const place of choices[at]) {
      if (place.cost >= least) break;
      const cost = place.cost + CROSSING * crossings(places, at, place.box);
      if (cost < least) [best, least] = [place, cost];
    }
    if (best !== places[at]) {
      places[at] = best;
      changed = true;
    }
  }
  return changed;
}

function crossings(places, but, box) {
  let count = 0;
  for (let at = 0; at < places.length; at += 1) {
    if (at !== but && places[at] && cross(box, places[at].box)) count += 1;
  }
  return count;
}

/* Of names that still cross, whichever crosses most gives way, of equals the smaller island. */
function dropCrossing(places) {
  for (;;) {
    let worst = -1;
    let most = 0;
    places.forEach((place, at) => {
      const count = place ? crossings(places, at, place.box) : 0;
      if (count && count >= most) [worst, most] = [at, count];
    });
    if (worst < 0) return;
    places[worst] = null;
  }
}

/* Free places of a name, the best first. */
function choicesOf({ g, x, y, r, shapes }, names, isFree, { width, height }, { onThem, alsoOn }) {
  const found = [];
  shapes.forEach((shape, number) => {
    const places = around(r, shape).map(
      ([right, down], place) => [right, down, place * 0.3 + (onThem ? AFTER_ALL : 0), false]);
    const extra = onThem ? 0 : AFTER_ALL;
    if (onThem || alsoOn) places.push(...on(r, shape).map(([right, down, cost]) => [right, down, cost + extra, true]));
    for (const [right, down, cost, isOn] of places) {
      const middle = Math.max(shape.wide + 2, Math.min(width - shape.wide - 2, x + right));
      const top = y + down;
      const box = [middle - shape.wide, top, middle + shape.wide, top + shape.high];
      if (top < 2 || box[3] > height - 2 || !isFree(...box, isOn)) continue;
      const others = names.filter((other) => other.g !== g && touches(other, box)).length;
      found.push({ shape, x: middle, top, box, cost: cost + number * (onThem ? SLIGHTLY : SMALLER) + others * ON_OTHERS });
    }
  });
  return found.sort((one, other) => one.cost - other.cost);
}

/* [to the right, top] from the middle of an island. */
function around(r, { wide, high }) {
  const aside = wide * 0.6;
  const tops = [-r - high - 3, -r + 2, r + 3, r - high - 2];
  return [
    ...tops.map((top) => [0, top]),
    ...tops.flatMap((top) => [[-aside, top], [aside, top]]),
    [-r - wide, -high / 2], [r + wide, -high / 2],
    [-r * 0.8 - wide, -r * 0.8 - high / 2], [r * 0.8 + wide, -r * 0.8 - high / 2],
    [-r * 0.8 - wide, r * 0.8 - high / 2], [r * 0.8 + wide, r * 0.8 - high / 2]];
}

/* [to the right, top, cost] across an island, the middle first. */
function on(r, { high }) {
  return [0, -0.5, 0.5].flatMap((right) => [0, -0.35, 0.35, -0.7, 0.7, -1, 1].map(
    (down) => [right * r, down * r - high / 2, Math.hypot(right, down)]));
}

/* The nearest free place around an island, with a line to it. */
function furtherOff({ x, y, r, shapes }, { width, height }, isFree) {
  const shape = shapes[shapes.length - 1];
  for (let away = r + STEP; away <= r + FURTHEST; away += STEP) {
    for (let turn = 0; turn < TURNS; turn += 1) {
      const angle = (turn * 2 * Math.PI) / TURNS;
      const middle = x + Math.cos(angle) * (away + shape.wide);
      const top = y + Math.sin(angle) * (away + shape.high / 2) - shape.high / 2;
      const box = [middle - shape.wide, top, middle + shape.wide, top + shape.high];
      if (box[0] < 2 || box[2] > width - 2 || top < 2 || box[3] > height - 2) continue;
      if (isFree(box)) return { shape, x: middle, top, box, leads: true };
    }
  }
  return null;
}

function cross(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}

function touches({ x, y, r }, [left, top, right, bottom]) {
  const dx = x - Math.max(left, Math.min(right, x));
  const dy = y - Math.max(top, Math.min(bottom, y));
  return dx * dx + dy * dy < (r * HEART) ** 2;
}
