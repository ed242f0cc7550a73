/* Draws the picture on a canvas: islands, ties, people, names. */

import { Labels } from "./labels.js";
import { BAND, DECLINED, OWN, RECALLED, UNANSWERED, dotRadius } from "./model.js";

export const NEAR = 0.75;
/* Further away than this the dots of a crowd run into each other. */
const BLURRED = 0.1;
const BLURRED_NARROW = 0.34;
/* From so many people on a narrow picture shows islands without them. */
const MANY_PEOPLE = 150;
/* Further away than this nobody of a crowd is named, and names of islands stand on them. */
const READABLE = 0.35;
/* Up to this width of the picture weak ties are thin, and of a larger one only flows are drawn. */
export const NARROW = 520;
/* So many of the strongest ties stand out in a narrow picture. */
const STRONGEST = 14;
export const FEW_TIES = 160;
export const ELBOW = 0.12;
/* What is remembered is drawn in dots, which lose most of a line's ink: nearly full colour keeps
   them at 3 to 1 against the ground. */
const DOTTED = [2, 3.5];
const DOTTED_ALPHA = 0.9;
const DOTTED_WIDTH = 1.6;
const FULL_TURN = 2 * Math.PI;

export class Painter {
  constructor(palette) {
    this.recolour(palette);
  }

  recolour(palette) {
    this.palette = palette;
    this.labels = new Labels(palette);
  }

  /* scene: model, camera, selected, focused, hovered (index or -1), reserved (boxes
     where no name goes), light (no ties, few names), drawn (a box that needs no people). */
  paint(context, scene) {
    const { model, camera } = scene;
    const growth = camera.scale < 1 ? Math.max(camera.scale ** 0.7, 0.36) : Math.sqrt(camera.scale);
    scene.radius = (person) => dotRadius(model.nodes.importance[person]) * growth;
    scene.partners = scene.selected >= 0 ? model.partners(scene.selected) : new Set();
    scene.chief = chief(scene);
    scene.narrow = camera.width < NARROW;
    scene.isFar = !model.present && camera.scale < NEAR;
    const isCrowd = scene.isFar && !model.isByTies && scene.selected < 0
      && (model.crowded || (scene.narrow && model.count > MANY_PEOPLE));
    scene.blurred = isCrowd && camera.scale < (scene.narrow ? BLURRED_NARROW : BLURRED);
    scene.onIt = isCrowd && camera.scale < READABLE;
    scene.byFlows = !model.isByTies && scene.isFar
      && (model.crowded || (scene.narrow && model.ties > FEW_TIES));
    context.fillStyle = this.palette.ground;
    context.fillRect(0, 0, camera.width, camera.height);
    if (!model.present) this.islands(context, scene);
    if (!scene.light && !model.present) this.ties(context, scene);
    if (!scene.blurred) this.people(context, scene);
    if (scene.selected >= 0) this.chosen(context, scene);
    for (const tie of new Set([scene.hoveredTie, scene.tie])) {
      if (tie >= 0) this.tie(context, scene, tie);
    }
    this.marks(context, scene);
    this.labels.draw(context, scene);
    context.globalAlpha = 1;
  }

  islands(context, { model, camera, selected, blurred }) {
    model.groups.r.forEach((r, g) => {
      if (!r) return;
      const full = blurred ? 0.3 : selected < 0 ? 0.1 : 0.07;
      context.globalAlpha = model.shownInGroup[g] ? full : 0.03;
      context.fillStyle = this.palette.islands[model.groups.colour[g]] ?? this.palette.edge;
      context.beginPath();
      context.arc(
        camera.toScreenX(model.groupX[g]), camera.toScreenY(model.groupY[g]),
        r * camera.scale, 0, FULL_TURN);
      context.fill();
    });
    context.globalAlpha = 1;
  }

  ties(context, scene) {
    const { model, camera, selected } = scene;
    if (scene.byFlows) {
      this.flows(context, scene);
      if (!scene.blurred) this.own(context, scene);
      return;
    }
    if (model.ties <= FEW_TIES) {
      this.threads(context, scene);
      return;
    }
    const faint = Math.max(0.16, Math.min(0.3, 6 / Math.sqrt(model.ties + 1)));
    context.strokeStyle = this.palette.edge;
    context.globalAlpha = selected < 0 ? faint : 0.07;
    // From afar, and where people stand by their ties, the weakest lines would cover the others.
    const isFar = model.crowded && camera.scale < NEAR;
    for (const [least, most, width] of [[0, 9, 0.8], [9, 18, 1.3], [18, Infinity, 2]]) {
      if (isFar && most === 9) continue;
      context.lineWidth = width;
      context.setLineDash([]);
      this.stroke(context, scene, (tie) => model.kind[tie] !== RECALLED
        && model.weight[tie] > least && model.weight[tie] <= most);
    }
    context.lineWidth = DOTTED_WIDTH;
    context.globalAlpha = selected < 0 ? DOTTED_ALPHA : 0.12;
    context.setLineDash(DOTTED);
    this.stroke(context, scene, (tie) => model.kind[tie] === RECALLED);
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  /* Few enough ties to show each one's direction. */
  threads(context, { model, camera, radius, selected, narrow, isFar }) {
    const strongest = narrow && isFar ? model.strongest(STRONGEST) : null;
    context.strokeStyle = this.palette.edge;
    context.fillStyle = this.palette.edge;
    for (let tie = 0; tie < model.ties; tie += 1) {
      const from = model.from[tie];
      const to = model.to[tie];
      const isRecalled = model.kind[tie] === RECALLED;
      const isWeak = strongest && !strongest.has(tie);
      const width = isWeak ? 0.8 : Math.min(3, 0.7 + 0.32 * Math.sqrt(model.weight[tie]));
      const alpha = isWeak ? 0.26 : strongest ? 0.7 : 0.45;
      context.globalAlpha = selected >= 0 ? 0.08 : isRecalled ? DOTTED_ALPHA : alpha;
      context.lineWidth = isRecalled ? Math.max(isWeak ? 1.2 : DOTTED_WIDTH, width) : width;
      context.setLineDash(isRecalled ? DOTTED : []);
      const line = curve(
        camera.toScreenX(model.x[from]), camera.toScreenY(model.y[from]),
        camera.toScreenX(model.x[to]), camera.toScreenY(model.y[to]),
        radius(from) + 1, radius(to) + 2);
      this.arrow(
        context, line, 4.5 + context.lineWidth * 1.4, isWeak ? "none" : endOf(model, tie));
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  /* One's own ties over the flows. */
  own(context, scene) {
    const { model, selected } = scene;
    context.strokeStyle = this.palette.edge;
    for (const [kind, width, alpha, dash] of [[OWN, 1, 0.6, []], [RECALLED, 1.2, 0.75, DOTTED]]) {
      context.lineWidth = width;
      context.globalAlpha = selected < 0 ? alpha : 0.1;
      context.setLineDash(dash);
      this.stroke(context, scene, (tie) => model.kind[tie] === kind);
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  stroke(context, { model, camera }, wanted) {
    const { width, height } = camera;
    context.beginPath();
    for (let tie = 0; tie < model.ties; tie += 1) {
      if (!wanted(tie)) continue;
      const ax = camera.toScreenX(model.x[model.from[tie]]);
      const ay = camera.toScreenY(model.y[model.from[tie]]);
      const bx = camera.toScreenX(model.x[model.to[tie]]);
      const by = camera.toScreenY(model.y[model.to[tie]]);
      const off = (ax < 0 && bx < 0) || (ay < 0 && by < 0)
        || (ax > width && bx > width) || (ay > height && by > height);
      if (off) continue;
      context.moveTo(ax, ay);
      context.quadraticCurveTo(
        (ax + bx) / 2 - (by - ay) * ELBOW, (ay + by) / 2 + (bx - ax) * ELBOW, bx, by);
    }
    context.stroke();
  }

  /* From afar: thick arrows between islands instead of thousands of threads. */
  flows(context, { model, camera, selected, narrow }) {
    const most = model.groupTies.length ? model.groupTies[0].weight : 1;
    context.strokeStyle = this.palette.edge;
    context.fillStyle = this.palette.edge;
    const shown = narrow ? model.groupTies.slice(0, model.groups.id.length) : model.groupTies;
    for (const { from, to, weight } of shown) {
      const share = Math.sqrt(weight / most);
      context.globalAlpha = selected < 0 ? (0.12 + 0.22 * share) * (narrow ? 0.6 : 1) : 0.06;
      context.lineWidth = 0.8 + (narrow ? 1.6 : 3.6) * share;
      const line = curve(
        camera.toScreenX(model.groupX[from]), camera.toScreenY(model.groupY[from]),
        camera.toScreenX(model.groupX[to]), camera.toScreenY(model.groupY[to]),
        model.groups.r[from] * camera.scale, model.groups.r[to] * camera.scale);
      this.arrow(context, line, 5 + 1.6 * context.lineWidth);
    }
    context.globalAlpha = 1;
  }

  /* Filled: taking clients. Hollow: full. Hollow with a point: not known. */
  people(context, scene) {
    const { model, camera, radius, selected, partners, drawn } = scene;
    const faded = selected >= 0 && !model.present;
    const batches = new Map();
    for (let i = 0; i < model.count; i += 1) {
      if (!model.isPresent(i)) continue;
      const x = camera.toScreenX(model.x[i]);
      const y = camera.toScreenY(model.y[i]);
      const r = radius(i);
      if (x < -r || y < -r || x > camera.width + r || y > camera.height + r) continue;
      if (drawn && x - r > drawn[0] && y - r > drawn[1] && x + r < drawn[2] && y + r < drawn[3]) {
        continue;
      }
      const bright = !faded || i === selected || partners.has(i);
      const key = (model.colour[i] * 2 + Number(bright)) * 3 + model.nodes.accepting[i] + 1;
      if (!batches.has(key)) batches.set(key, []);
      batches.get(key).push(x, y, r);
    }
    for (const [key, dots] of [...batches].sort((one, other) => one[0] - other[0])) {
      const colour = this.palette.islands[Math.floor(key / 6)];
      context.globalAlpha = Math.floor(key / 3) % 2 ? (scene.onIt ? 0.5 : 1) : 0.28;
      this.dots(context, dots, colour, (key % 3) - 1);
    }
    context.globalAlpha = 1;
  }

  dots(context, dots, colour, accepting) {
    context.beginPath();
    for (let at = 0; at < dots.length; at += 3) {
      const r = accepting === 1 ? dots[at + 2] : Math.max(0.8, dots[at + 2] - 0.8);
      context.moveTo(dots[at] + r, dots[at + 1]);
      context.arc(dots[at], dots[at + 1], r, 0, FULL_TURN);
    }
    context.fillStyle = accepting === 1 ? colour : this.palette.ground;
    context.fill();
    if (accepting === 1) return;
    context.strokeStyle = colour;
    context.lineWidth = Math.max(1, Math.min(2.2, dots[2] * 0.32));
    context.stroke();
    if (accepting === 0) return;
    context.beginPath();
    for (let at = 0; at < dots.length; at += 3) {
      context.moveTo(dots[at] + dots[at + 2] * 0.3, dots[at + 1]);
      context.arc(dots[at], dots[at + 1], dots[at + 2] * 0.3, 0, FULL_TURN);
    }
    context.fillStyle = colour;
    context.fill();
  }

  /* The chosen person's ties: outgoing solid, incoming dashed, remembered ones dotted. */
  chosen(context, scene) {
    const { model, camera, radius, selected } = scene;
    const sides = [
      [model.incoming[selected], this.palette.in, [6, 4]],
      [model.outgoing[selected], this.palette.out, []]];
    for (const [ties, colour, dash] of sides) {
      context.strokeStyle = colour;
      context.fillStyle = colour;
      for (const tie of ties) {
        const from = model.from[tie];
        const to = model.to[tie];
        context.lineWidth = Math.min(4, 1 + 0.45 * Math.sqrt(model.weight[tie]));
        context.setLineDash(model.kind[tie] === RECALLED ? DOTTED : dash);
        const line = curve(
          camera.toScreenX(model.x[from]), camera.toScreenY(model.y[from]),
          camera.toScreenX(model.x[to]), camera.toScreenY(model.y[to]),
          radius(from) + 2, radius(to) + 3);
        this.arrow(context, line, 6 + context.lineWidth * 1.5, endOf(model, tie));
      }
    }
    context.setLineDash([]);
  }

  /* One tie that was opened, or is under the pointer. */
  tie(context, { model, camera, radius }, tie) {
    const from = model.from[tie];
    const to = model.to[tie];
    context.strokeStyle = this.palette.out;
    context.fillStyle = this.palette.out;
    context.lineWidth = Math.min(5, 2 + 0.45 * Math.sqrt(model.weight[tie]));
    context.setLineDash(model.kind[tie] === RECALLED ? DOTTED : []);
    const line = curve(
      camera.toScreenX(model.x[from]), camera.toScreenY(model.y[from]),
      camera.toScreenX(model.x[to]), camera.toScreenY(model.y[to]),
      radius(from) + 2, radius(to) + 3);
    this.arrow(context, line, 7 + context.lineWidth * 1.6, endOf(model, tie));
    context.setLineDash([]);
  }

  /* Rings around me, the chosen one, and the one the keyboard or pointer is on. */
  marks(context, scene) {
    const { model, camera, radius, selected, focused, hovered } = scene;
    const ring = (person, colour, gap, width) => {
      if (person < 0 || !model.isPresent(person)) return;
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.beginPath();
      context.arc(
        camera.toScreenX(model.x[person]), camera.toScreenY(model.y[person]),
        radius(person) + gap, 0, FULL_TURN);
      context.stroke();
    };
    ring(model.me, this.palette.ink, 3, 1.6);
    ring(hovered, this.palette.ink, 3, 1.4);
    ring(selected, this.palette.ink, 4, 2.6);
    ring(focused, this.palette.ring, 7, 2.6);
  }

  /* The end says what came of it: filled accepted, hollow no answer, a bar declined; of others'
     ties, where it is not told, two strokes. */
  arrow(context, line, head, end = "filled") {
    if (!line) return;
    const { ax, ay, mx, my, bx, by } = line;
    const angle = Math.atan2(by - my, bx - mx);
    const length = Math.hypot(bx - ax, by - ay);
    const size = Math.min(head, length * 0.5);
    context.beginPath();
    context.moveTo(ax, ay);
    const short = end === "strokes" || end === "none" ? 0 : end === "bar" ? 2 : size * (end === "hollow" ? 0.92 : 0.7);
    context.quadraticCurveTo(mx, my, bx - Math.cos(angle) * short, by - Math.sin(angle) * short);
    context.stroke();
    if (end === "none") return;
    const dash = context.getLineDash();
    context.setLineDash([]);
    context.beginPath();
    if (end === "bar") {
      const x = bx - Math.cos(angle) * short;
      const y = by - Math.sin(angle) * short;
      context.moveTo(x - Math.sin(angle) * size * 0.55, y + Math.cos(angle) * size * 0.55);
      context.lineTo(x + Math.sin(angle) * size * 0.55, y - Math.cos(angle) * size * 0.55);
    } else {
      context.moveTo(bx - Math.cos(angle - 0.42) * size, by - Math.sin(angle - 0.42) * size);
      context.lineTo(bx, by);
      context.lineTo(bx - Math.cos(angle + 0.42) * size, by - Math.sin(angle + 0.42) * size);
      if (end === "hollow") context.closePath();
    }
    if (end === "filled") context.fill();
    else context.stroke();
    context.setLineDash(dash);
  }
}

function endOf(model, tie) {
  if (model.kind[tie] === BAND) return "strokes";
  if (model.outcome[tie] === UNANSWERED) return "hollow";
  return model.outcome[tie] === DECLINED ? "bar" : "filled";
}

/* A bent line from rim to rim, or null where the rims meet. */
function curve(ax, ay, bx, by, fromRadius, toRadius) {
  const mx = (ax + bx) / 2 - (by - ay) * ELBOW;
  const my = (ay + by) / 2 + (bx - ax) * ELBOW;
  const first = Math.hypot(mx - ax, my - ay);
  const last = Math.hypot(bx - mx, by - my);
  if (Math.hypot(bx - ax, by - ay) <= fromRadius + toRadius || !first || !last) return null;
  return {
    ax: ax + ((mx - ax) / first) * fromRadius, ay: ay + ((my - ay) / first) * fromRadius,
    mx, my,
    bx: bx - ((bx - mx) / last) * toRadius, by: by - ((by - my) / last) * toRadius,
  };
}

/* Those who are named in any case. */
function chief({ model, selected, focused, hovered, tie, hoveredTie }) {
  const people = [selected, focused, hovered];
  for (const each of [tie, hoveredTie]) if (each >= 0) people.push(model.from[each], model.to[each]);
  if (selected < 0) people.push(model.me);
  return [...new Set(people)].filter((person) => person >= 0 && model.isPresent(person));
}
