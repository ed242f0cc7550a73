/* Names on the picture: who gets one, and where, so that none covers another or a dot. */

import { placeNames } from "./naming.js";

const CELL = 4;
const NAME_PX = 11.5;
const LINE = 1.18;
const MOST_NAMES = 90;
/* So many people are named in a narrow picture that is looked at from afar. */
const FEW_NAMES = 8;
/* Sizes of a group's name with the longest line, whether long words are shortened and how many
   lines at most, the best first. */
const STYLES = [
  [13.5, 20], [11.5, 20], [13.5, 13], [11.5, 13], [11.5, 13, true], [10.5, 12, true, 2]];
const NARROW_STYLES = [[11, 20], [11, 13], [10.5, 20, true], [10.5, 12, true], [9.5, 11, true, 2]];
const SHORT_STYLES = [[9.5, 11, true, 2], [9.5, 9, true, 2], [9, 9, true, 2]];
/* From more islands than this on, long words are shortened at once in a narrow picture. */
const MANY = 34;
const LONGEST_WORD = 10;
const LETTERS = 8;
const AIR = 2;
const HALO = 3.5;

/* The squares of the screen that are taken. */
class Room {
  constructor(width, height) {
    this.columns = Math.ceil(width / CELL) + 1;
    this.rows = Math.ceil(height / CELL) + 1;
    this.taken = new Uint8Array(this.columns * this.rows);
  }

  span(left, top, right, bottom) {
    return [
      Math.max(0, Math.floor(left / CELL)), Math.max(0, Math.floor(top / CELL)),
      Math.min(this.columns - 1, Math.floor(right / CELL)),
      Math.min(this.rows - 1, Math.floor(bottom / CELL))];
  }

  take(...box) {
    const [left, top, right, bottom] = this.span(...box);
    for (let row = top; row <= bottom; row += 1) {
      const start = row * this.columns;
      if (left <= right) this.taken.fill(1, start + left, start + right + 1);
    }
  }

  used(...box) {
    const [left, top, right, bottom] = this.span(...box);
    let used = 0;
    for (let row = top; row <= bottom; row += 1) {
      const start = row * this.columns;
      for (let column = left; column <= right; column += 1) used += this.taken[start + column];
    }
    return used;
  }
}

export class Labels {
  constructor(palette) {
    this.palette = palette;
    this.widths = new Map();
    this.wrapped = new Map();
  }

  font(pixels, weight) {
    return `${weight} ${pixels}px ${this.palette.font}`;
  }

  width(context, text, font) {
    const key = `${font}|${text}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      context.font = font;
      width = context.measureText(text).width;
      this.widths.set(key, width);
    }
    return width;
  }

  lines(label, longest) {
    const key = `${longest}|${label}`;
    let lines = this.wrapped.get(key);
    if (!lines) {
      lines = wrap(label, longest);
      this.wrapped.set(key, lines);
    }
    return lines;
  }

  /* Draw all names for `scene`: one's own or the chosen people's, groups, others by importance. */
  draw(context, scene) {
    const { camera } = scene;
    const room = new Room(camera.width, camera.height);
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = HALO;
    context.strokeStyle = this.palette.ground;
    const chosen = scene.selected >= 0;
    for (const [left, top, right, bottom] of scene.reserved) {
      room.take(left - HALO, top - HALO, right + HALO, bottom + HALO);
    }
    if (!chosen) {
      const dots = new Room(camera.width, camera.height);
      if (!scene.light && !scene.blurred) this.takeDots(scene, dots);
      // Names of islands stand clear of one's own, and stay where they are under a pointer.
      const [own, others] = [scene.chief.filter((one) => one === scene.model.me),
        scene.chief.filter((one) => one !== scene.model.me)];
      for (const person of own) this.name(context, scene, room, person, true, dots);
      this.groupNames(context, scene, room);
      for (const person of others) this.name(context, scene, room, person, true, dots);
    }
    if (!scene.light && !scene.blurred) this.takeDots(scene, room);
    if (chosen) for (const person of scene.chief) this.name(context, scene, room, person, true);
    if (!scene.light && !scene.blurred) {
      let left = scene.onIt ? 0 : scene.narrow && scene.isFar ? FEW_NAMES : MOST_NAMES;
      for (const person of chosen ? scene.partners : scene.model.byImportance) {
        if (left <= 0) break;
        if (!scene.chief.includes(person)) left -= this.name(context, scene, room, person, false);
      }
    }
    if (chosen && !scene.model.present) this.groupNames(context, scene, room);
  }

  /* Faded people may be written over, the others not. */
  takeDots({ model, camera, radius, selected, partners }, room) {
    for (let i = 0; i < model.count; i += 1) {
      if (selected >= 0 && i !== selected && !partners.has(i)) continue;
      const x = camera.toScreenX(model.x[i]);
      const y = camera.toScreenY(model.y[i]);
      if (x > 0 && y > 0 && x < camera.width && y < camera.height && model.isPresent(i)) {
        const r = radius(i);
        room.take(x - r, y - r, x + r, y + r);
      }
    }
  }

  /* Every island in view is named. While the picture moves names go along with their islands; at
     rest they are placed anew. */
  groupNames(context, scene, room) {
    const { model, camera, selected, moving } = scene;
    const key = [camera.width, selected, scene.onIt].join();
    const view = [camera.scale, camera.left, camera.top, camera.height, camera.covered].join();
    const isKept = this.placed?.model === model && this.placed.key === key
      && this.placed.x === model.groupX[0] && (moving || this.placed.view === view);
    if (!isKept) {
      const start = performance.now();
      const places = this.groupPlaces(context, scene, room);
      this.placed = { model, key, view, places, scale: camera.scale, x: model.groupX[0] };
      scene.placing = performance.now() - start;
    }
    const grown = camera.scale / this.placed.scale;
    context.textAlign = "center";
    for (const [g, { shape, right, down, leads }] of this.placed.places) {
      const { wide, high, lines, pixels, font } = shape;
      const x = camera.toScreenX(model.groupX[g]) + right * grown;
      const top = camera.toScreenY(model.groupY[g]) + (down + high / 2) * grown - high / 2;
      room.take(x - wide, top, x + wide, top + high);
      const colour = this.palette.islands[model.groups.colour[g]] ?? this.palette.ink;
      context.fillStyle = scene.blurred ? this.palette.ink : selected < 0 ? colour : this.palette.muted;
      context.lineWidth = scene.blurred ? 2 : HALO;
      if (leads) this.lead(context, scene, g, [x - wide, top, x + wide, top + high]);
      context.font = font;
      lines.forEach((line, number) => {
        const base = top + (number + 0.5) * pixels * LINE;
        context.strokeText(line, x, base);
        context.fillText(line, x, base);
      });
    }
  }

  /* The place of each name, from the middle of its island. */
  groupPlaces(context, scene, room) {
    const { model, camera, narrow } = scene;
    const many = scene.onIt && model.groups.id.length > MANY;
    const styles = narrow ? (many ? SHORT_STYLES : NARROW_STYLES) : STYLES;
    const dots = new Room(camera.width, camera.height);
    if (!scene.blurred) this.takeDots(scene, dots);
    const names = Array.from(model.groups.label.keys())
      .filter((g) => model.shownInGroup[g] && model.groups.r[g] && isInView(camera, model, g))
      .sort((one, other) => model.shownInGroup[other] - model.shownInGroup[one] || one - other)
      .map((g) => ({
        g,
        x: camera.toScreenX(model.groupX[g]),
        y: camera.toScreenY(model.groupY[g]),
        r: model.groups.r[g] * camera.scale,
        shapes: this.shapes(context, model.groups.label[g], styles),
      }));
    const isFree = (left, top, right, bottom, isOn) =>
      room.used(left + AIR, top + AIR, right - AIR, bottom - AIR) === 0
        && ((isOn && scene.onIt) || dots.used(left, top, right, bottom) === 0);
    const screen = { width: camera.width, height: camera.height - camera.covered };
    const places = placeNames(names, isFree, screen, { onThem: scene.onIt, alsoOn: narrow });
    return names.filter(({ g }) => places.has(g)).map(({ g, x, y }) => {
      const { shape, x: middle, top, leads } = places.get(g);
      return [g, { shape, right: middle - x, down: top - y, leads }];
    });
  }

  /* A name in each size and length of line that is another one. */
  shapes(context, label, styles) {
    const seen = new Set();
    return styles.flatMap(([pixels, longest, isShort, most]) => {
      const font = this.font(pixels, 700);
      const lines = cut(this.lines(isShort ? shortened(label) : label, longest), most);
      const key = `${pixels}|${lines.join("|")}`;
      if (seen.has(key)) return [];
      seen.add(key);
      const wide = Math.max(...lines.map((line) => this.width(context, line, font))) / 2 + 3;
      return [{ pixels, font, lines, wide, high: lines.length * pixels * LINE }];
    });
  }

  /* From a name that stands further off to the rim of its island. */
  lead(context, { model, camera }, g, [left, top, right, bottom]) {
    const x = camera.toScreenX(model.groupX[g]);
    const y = camera.toScreenY(model.groupY[g]);
    const fromX = Math.max(left, Math.min(right, x));
    const fromY = Math.max(top, Math.min(bottom, y));
    const share = Math.min(1, (model.groups.r[g] * camera.scale) / Math.hypot(fromX - x, fromY - y));
    context.save();
    context.strokeStyle = context.fillStyle;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(fromX, fromY);
    context.lineTo(x + (fromX - x) * share, y + (fromY - y) * share);
    context.stroke();
    context.restore();
  }

  /* Write one name where there is room; 1 if written. A `must` is written in any case. */
  name(context, scene, room, person, must, dots = null) {
    const { model, camera, radius } = scene;
    const x = camera.toScreenX(model.x[person]);
    const y = camera.toScreenY(model.y[person]);
    if (x < -20 || y < -20 || x > camera.width + 20 || y > camera.height + 20) return 0;
    const chief = person === scene.selected || person === scene.focused;
    const pixels = chief ? NAME_PX + 2.5 : NAME_PX;
    const bold = must || scene.selected >= 0;
    const font = this.font(pixels, chief ? 700 : bold ? 600 : 450);
    const text = scene.narrow && person === model.me && !chief ? "You" : model.nodes.name[person];
    const wide = this.width(context, text, font);
    const half = (pixels * LINE) / 2;
    const gap = radius(person) + (chief ? 8 : 4);
    const places = [
      [x + gap, y - half], [x - gap - wide, y - half],
      [x - wide / 2, y + gap - 1], [x - wide / 2, y - gap + 1 - 2 * half]];
    // In a bow tie names stand on the outside; that of its knot below, off the lines.
    if (model.present && person === model.only) places.unshift(places.pop());
    else if (model.present && model.x[person] < 0) places.unshift(...places.splice(1, 1));
    const spot = this.spot(places, wide, 2 * half, [room, dots], must, camera);
    if (!spot) return 0;
    room.take(spot[0] - 2, spot[1], spot[0] + wide + 2, spot[1] + 2 * half);
    context.font = font;
    context.textAlign = "left";
    context.lineWidth = HALO;
    context.fillStyle = this.palette.ink;
    context.strokeText(text, spot[0], spot[1] + half);
    context.fillText(text, spot[0], spot[1] + half);
    return 1;
  }

  spot(places, wide, high, rooms, must, camera) {
    let best = null;
    let least = Infinity;
    for (const [left, top] of places) {
      const outside = left < 2 || left + wide > camera.width - 2;
      const used = rooms.reduce(
        (sum, room) => sum + (room?.used(left - 1, top, left + wide + 1, top + high) ?? 0),
        outside ? 1000 : 0);
      if (used === 0) return [left, top];
      if (used < least) {
        least = used;
        best = [left, top];
      }
    }
    return must ? best : null;
  }
}

function isInView(camera, model, g) {
  const x = camera.toScreenX(model.groupX[g]);
  const y = camera.toScreenY(model.groupY[g]);
  const r = model.groups.r[g] * camera.scale;
  return x + r >= 0 && x - r <= camera.width && y + r >= 0 && y - r <= camera.height;
}

/* No more lines than `most`; what is left out is told by three dots. */
function cut(lines, most = lines.length) {
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `${lines[most - 1]}…`];
}

/* Long words end after a consonant: "Physioth.", "Dermatol.". */
function shortened(label) {
  return label.split(" ").map((word) => (word.length <= LONGEST_WORD || word.includes("-") ? word
    : `${word.slice(0, LETTERS).replace(/[aeiouy]+$/, "")}.`)).join(" ");
}

function wrap(label, longest) {
  const lines = [];
  for (const word of label.split(" ")) {
    const last = lines[lines.length - 1];
    if (last !== undefined && `${last} ${word}`.length <= longest) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
