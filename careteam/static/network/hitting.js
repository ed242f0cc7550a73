/* What lies under a point of the screen: a person, or else the line of a tie. */

import { ELBOW, FEW_TIES, NEAR } from "./painter.js";

/* The nearest person within reach; -1 for nobody. */
export function personAt({ model, camera }, radius, x, y, reach) {
  let best = -1;
  let nearest = Infinity;
  for (let person = 0; person < model.count; person += 1) {
    if (!model.isPresent(person)) continue;
    const away = Math.hypot(
      camera.toScreenX(model.x[person]) - x, camera.toScreenY(model.y[person]) - y);
    if (away < nearest && away <= Math.max(reach, radius(person) + 3)) {
      nearest = away;
      best = person;
    }
  }
  return best;
}

/* The nearest line that is drawn for itself; -1 for none. Of a chosen person only theirs count,
   and from afar, where flows between islands are drawn, none does. */
export function tieAt({ model, camera, selected }, x, y, reach) {
  if (selected < 0 && (model.present || (model.ties > FEW_TIES && camera.scale < NEAR))) return -1;
  const ties = selected < 0 ? model.weight.keys()
    : [...model.outgoing[selected], ...model.incoming[selected]];
  let best = -1;
  let nearest = reach;
  for (const tie of ties) {
    const away = distance(camera, model, tie, x, y, nearest);
    if (away < nearest) {
      nearest = away;
      best = tie;
    }
  }
  return best;
}

const PARTS = 16;

/* From a point to the bent line of a tie; Infinity where its box is further away than `most`. */
function distance(camera, model, tie, x, y, most) {
  const ax = camera.toScreenX(model.x[model.from[tie]]);
  const ay = camera.toScreenY(model.y[model.from[tie]]);
  const bx = camera.toScreenX(model.x[model.to[tie]]);
  const by = camera.toScreenY(model.y[model.to[tie]]);
  const bend = Math.hypot(bx - ax, by - ay) * ELBOW + most;
  if (x < Math.min(ax, bx) - bend || x > Math.max(ax, bx) + bend) return Infinity;
  if (y < Math.min(ay, by) - bend || y > Math.max(ay, by) + bend) return Infinity;
  const mx = (ax + bx) / 2 - (by - ay) * ELBOW;
  const my = (ay + by) / 2 + (bx - ax) * ELBOW;
  let nearest = Infinity;
  let fromX = ax;
  let fromY = ay;
  for (let part = 1; part <= PARTS; part += 1) {
    const t = part / PARTS;
    const toX = (1 - t) ** 2 * ax + 2 * t * (1 - t) * mx + t * t * bx;
    const toY = (1 - t) ** 2 * ay + 2 * t * (1 - t) * my + t * t * by;
    nearest = Math.min(nearest, toSegment(x, y, fromX, fromY, toX, toY));
    fromX = toX;
    fromY = toY;
  }
  return nearest;
}

function toSegment(x, y, ax, ay, bx, by) {
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const along = length ? ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length : 0;
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}
