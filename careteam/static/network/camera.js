/* Where the picture stands on the screen: scale and shift, with glides that can be turned off. */

const GLIDE_MS = 260;
const FURTHEST = 0.04;
const NEAREST = 6;
/* Room for the search and names above, and for names below. */
const ABOVE = 70;
const BELOW = 24;
/* At each side of a narrow picture, where names are kept in. */
export const SIDES = 8;
/* From this width on buttons that move the picture lie at its right. */
const WIDE = 600;
const BUTTONS = 44;

export class Camera {
  constructor() {
    this.scale = 1;
    this.left = 0;
    this.top = 0;
    this.width = 1;
    this.height = 1;
    this.covered = 0;
    this.glide = null;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
  }

  breadth() {
    return this.width / Math.max(1, this.height - this.covered);
  }

  /* The shape of the whole picture decides, so that nobody jumps when a sheet opens. */
  isUpright() {
    return this.height - ABOVE - BELOW > this.width * 1.05;
  }

  /* Width over height of what the picture may fill. */
  freeBreadth() {
    return (this.width - 2 * SIDES) / Math.max(60, this.height - ABOVE - BELOW);
  }

  toScreenX(x) { return x * this.scale + this.left; }

  toScreenY(y) { return y * this.scale + this.top; }

  place() {
    return { scale: this.scale, left: this.left, top: this.top };
  }

  /* The place at which `box` fills the free part of the screen. */
  fitting(box, sides, most = 1.7) {
    const above = this.covered ? 46 : ABOVE;
    const below = this.covered ? 26 : BELOW;
    const wide = this.width - (this.width < WIDE ? 0 : BUTTONS);
    const free = Math.max(60, this.height - this.covered - above - below);
    const scale = clamp(
      Math.min((wide - 2 * sides) / (box[2] - box[0] || 1), free / (box[3] - box[1] || 1)),
      FURTHEST, most);
    return {
      scale,
      left: wide / 2 - ((box[0] + box[2]) / 2) * scale,
      top: above + free / 2 - ((box[1] + box[3]) / 2) * scale,
    };
  }

  centring(x, y, scale = this.scale) {
    return {
      scale,
      left: this.width / 2 - x * scale,
      top: (this.height - this.covered) / 2 - y * scale,
    };
  }

  shows(x, y, border = 40) {
    const left = this.toScreenX(x);
    const top = this.toScreenY(y);
    return left > border && left < this.width - border
      && top > border && top < this.height - this.covered - border;
  }

  /* Steps add up: a second one during a glide starts where the first will end. */
  panned(right, down) {
    const from = this.glide ? this.glide.end : this;
    return { scale: from.scale, left: from.left + right, top: from.top + down };
  }

  zoomed(factor, x = this.width / 2, y = (this.height - this.covered) / 2) {
    const from = this.glide ? this.glide.end : this;
    const scale = clamp(from.scale * factor, FURTHEST, NEAREST);
    const change = scale / from.scale;
    return { scale, left: x - (x - from.left) * change, top: y - (y - from.top) * change };
  }

  jump(place) {
    this.glide = null;
    Object.assign(this, place);
  }

  glideTo(place, now) {
    if (this.still.matches) {
      this.jump(place);
    } else {
      this.glide = { start: this.place(), end: place, since: now };
    }
  }

  /* Move one step of a glide; true while it lasts. */
  step(now) {
    if (!this.glide) return false;
    const { start, end, since } = this.glide;
    const part = Math.min(1, Math.max(0, (now - since) / GLIDE_MS));
    const eased = 1 - (1 - part) ** 3;
    for (const name of ["scale", "left", "top"]) {
      this[name] = start[name] + (end[name] - start[name]) * eased;
    }
    if (part === 1) this.glide = null;
    return part < 1;
  }
}

function clamp(value, least, most) {
  return Math.max(least, Math.min(most, value));
}
