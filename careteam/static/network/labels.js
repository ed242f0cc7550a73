/* Names on the picture: who gets one, and where, so that none covers another or a dot. */

const CELL = 4;
const NAME_PX = 11.5;
const GROUP_PX = 13.5;
const LINE = 1.18;
const MOST_NAMES = 90;
const LONGEST_LINE = 20;
const NARROW = 520;
const NARROW_GROUP_PX = 11.5;
const NARROW_LINE = 13;
const AIR = 2;
/* Part of an island's radius within which a name seems to belong to it. */
const HEART = 0.75;

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
    context.lineWidth = 3.5;
    context.strokeStyle = this.palette.ground;
    const chosen = scene.selected >= 0;
    for (const box of scene.reserved) room.take(...box);
    if (!chosen) {
      const dots = new Room(camera.width, camera.height);
      if (!scene.light && !scene.blurred) this.takeDots(scene, dots);
      for (const person of scene.chief) this.name(context, scene, room, person, true, dots);
      this.groupNames(context, scene, room);
    }
    if (!scene.light && !scene.blurred) this.takeDots(scene, room);
    if (chosen) for (const person of scene.chief) this.name(context, scene, room, person, true);
    if (!scene.light && !scene.blurred) {
      let left = MOST_NAMES;
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

  /* The larger group first. A name that would cover a dot or another name stands elsewhere
     around its island, or in smaller letters; where neither helps it waits until there is room,
     after zooming in: before that an island is told by its colour, its people and the list. */
  groupNames(context, scene, room) {
    const { model, camera, selected } = scene;
    const narrow = camera.width < NARROW;
    const styles = narrow
      ? [[NARROW_GROUP_PX, NARROW_LINE]]
      : [[GROUP_PX, LONGEST_LINE], [NARROW_GROUP_PX, LONGEST_LINE], [NARROW_GROUP_PX, NARROW_LINE]];
    const dots = new Room(camera.width, camera.height);
    if (!scene.light && !scene.blurred) this.takeDots(scene, dots);
    context.textAlign = "center";
    const largestFirst = Array.from(model.groups.label.keys())
      .filter((g) => model.shownInGroup[g] && model.groups.r[g] && isInView(camera, model, g))
      .sort((one, other) => model.shownInGroup[other] - model.shownInGroup[one] || one - other);
    for (const g of largestFirst) {
      const found = this.groupSpot(context, scene, g, styles, (left, top, right, bottom) =>
        room.used(left + AIR, top + AIR, right - AIR, bottom - AIR)
          + dots.used(left, top, right, bottom) === 0);
      if (!found) continue;
      const { x, top, wide, high, lines, pixels, font } = found;
      room.take(x - wide, top, x + wide, top + high);
      context.font = font;
      context.fillStyle = selected < 0 ? this.palette.islands[model.groups.colour[g]] : this.palette.muted;
      lines.forEach((line, number) => {
        const base = top + (number + 0.5) * pixels * LINE;
        context.strokeText(line, x, base);
        context.fillText(line, x, base);
      });
    }
  }

  /* The first free place of a group's name: above its island, then around it, largest first. */
  groupSpot(context, { model, camera, blurred }, g, styles, isFree) {
    const middle = camera.toScreenX(model.groupX[g]);
    const y = camera.toScreenY(model.groupY[g]);
    const r = model.groups.r[g] * camera.scale;
    const shapes = styles.map(([pixels, longest]) => {
      const font = this.font(pixels, 700);
      const lines = this.lines(model.groups.label[g], longest);
      const wide = Math.max(...lines.map((line) => this.width(context, line, font))) / 2 + 3;
      return { pixels, font, lines, wide, high: lines.length * pixels * LINE };
    });
    const others = islands({ model, camera }, g);
    const isClear = (...box) => others.every((disc) => !touches(disc, box));
    // On somebody else's island a name would be taken for theirs: only where nothing else is left.
    // From far away a disc shows nobody, and its own name may stand in the middle of it.
    const tries = [[around, isClear], [blurred ? onIt : around, () => true]];
    for (const [places, isOurs] of tries) {
      for (const shape of shapes) {
        const { wide, high } = shape;
        for (const [right, down] of places(r, wide, high)) {
          const x = Math.max(wide + 2, Math.min(camera.width - wide - 2, middle + right));
          const top = y + down;
          const box = [x - wide, top, x + wide, top + high];
          if (isFree(...box) && isOurs(...box)) return { ...shape, x, top };
        }
      }
    }
    return null;
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
    const text = model.nodes.name[person];
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

function islands({ model, camera }, but) {
  const discs = [];
  for (let g = 0; g < model.groups.id.length; g += 1) {
    if (g === but || !model.shownInGroup[g]) continue;
    discs.push([
      camera.toScreenX(model.groupX[g]), camera.toScreenY(model.groupY[g]),
      model.groups.r[g] * camera.scale * HEART]);
  }
  return discs;
}

function touches([x, y, r], [left, top, right, bottom]) {
  const dx = x - Math.max(left, Math.min(right, x));
  const dy = y - Math.max(top, Math.min(bottom, y));
  return dx * dx + dy * dy < r * r;
}

/* Places of a name from the middle of an island with radius `r`: [to the right, top]. */
function around(r, wide, high) {
  const aside = wide * 0.6;
  const tops = [-r - high - 3, -r + 2, r + 3, r - high - 2];
  return [
    ...tops.map((top) => [0, top]),
    ...tops.flatMap((top) => [[-aside, top], [aside, top]]),
    [-r - wide, -high / 2], [r + wide, -high / 2]];
}

function onIt(r, wide, high) {
  return [[0, -high / 2]];
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
