/* The picture on its canvas: what is chosen, where one looks, and when to draw how much.

   At rest everything is drawn crisply. While it moves, the cost of the last whole drawing
   decides: cheap, everything again; dearer, without ties; dear, the last frame is shifted
   and only the strip that comes into view is drawn, without ties. */

import { Camera, SIDES } from "./camera.js";
import { listenToKeys, listenToPointers } from "./gestures.js";
import { personAt, tieAt } from "./hitting.js";
import { NARROW, Painter } from "./painter.js";
import { readPalette, watchPalette } from "./palette.js";

const REST_MS = 140;
const CHEAP_MS = 8;
const DEAR_MS = 13;
const FRAME_MS = 17;
const HIT_TOUCH = 22;
const HIT_MOUSE = 9;
const HIT_TIE_TOUCH = 14;
const HIT_TIE_MOUSE = 6;
const NEAR_ENOUGH = 1.15;

export class Viewer {
  /* on: { choose(person), open(tie), close(), announce(text) } */
  constructor(canvas, on) {
    this.canvas = canvas;
    this.on = on;
    this.context = canvas.getContext("2d", { alpha: false });
    this.camera = new Camera();
    this.painter = new Painter(readPalette(canvas.parentElement));
    this.model = null;
    this.selected = -1;
    this.focused = -1;
    this.hovered = -1;
    this.tie = -1;
    this.hoveredTie = -1;
    this.sought = -1;
    this.cost = 0;
    this.movingUntil = 0;
    this.lastFrame = 0;
    this.requested = 0;
    this.wholeDrawn = false;
    this.reserved = [];
    this.still = null;
    watchPalette(() => this.recolour());
    this.listen();
    new ResizeObserver(() => this.resize()).observe(canvas.parentElement);
  }

  /* stays: the eye stays where it is. */
  show(model, stays = false) {
    const chosen = this.model && this.selected >= 0 ? this.model.nodes.id[this.selected] : null;
    const tie = this.tie >= 0 ? this.endsOf(this.tie) : null;
    this.model = model;
    this.tie = tie ? model.tieBetween(...tie) : -1;
    this.hoveredTie = -1;
    this.selected = chosen !== null && model.indexOf.has(chosen) ? model.indexOf.get(chosen) : -1;
    this.focused = -1;
    this.hovered = -1;
    this.sought = -1;
    this.cost = 0;
    this.resize();
    this.arrange();
    if (!stays) this.camera.jump(this.fitting());
    this.draw();
  }

  isUpright() {
    return this.camera.isUpright();
  }

  /* On a phone islands are spread over all of the little room there is. */
  arrange() {
    this.model.arrange(this.isUpright(), this.camera.width < NARROW ? this.camera.freeBreadth() : 0);
  }

  fitting() {
    const { model, camera } = this;
    const names = camera.width < 600 ? 78 : 120;
    return camera.fitting(model.box(), model.present ? names : camera.width < NARROW ? SIDES : 64);
  }

  resize() {
    const box = this.canvas.parentElement.getBoundingClientRect();
    if (!box.width || !box.height) return;
    const density = Math.min(window.devicePixelRatio || 1, 2);
    const changed = box.width !== this.camera.width || box.height !== this.camera.height;
    this.density = density;
    this.reserve();
    this.camera.width = box.width;
    this.camera.height = box.height;
    this.canvas.width = Math.round(box.width * density);
    this.canvas.height = Math.round(box.height * density);
    // Without alpha it is black until it is drawn on, which may be a frame later.
    this.context.fillStyle = this.painter.palette.ground;
    this.context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    this.still = null;
    if (this.model && changed) this.refit();
    this.draw();
  }

  /* Where names would be hidden by what lies over the canvas: [left, top, right, bottom]. */
  reserve() {
    const origin = this.canvas.parentElement.getBoundingClientRect();
    this.reserved = [...this.canvas.parentElement.querySelectorAll("[data-network-over]")]
      .map((element) => element.getBoundingClientRect())
      .filter((box) => box.width > 0)
      .map((box) => [
        box.left - origin.left, box.top - origin.top,
        box.right - origin.left, box.bottom - origin.top]);
  }

  recolour() {
    this.painter.recolour(readPalette(this.canvas.parentElement));
    this.still = null;
    this.draw();
  }

  /* The lower part of the canvas that a sheet covers, in pixels. */
  cover(pixels) {
    if (pixels === this.camera.covered) return;
    this.camera.covered = pixels;
    if (this.model) this.refit();
  }

  refit() {
    const { model } = this;
    if (model.only !== null) model.arrangeBowTie(model.only, this.camera.breadth());
    else if (model.upright !== this.isUpright()) this.arrange();
    if (this.sought >= 0) this.camera.jump(this.seeking(this.sought));
    else this.camera.jump(this.fitting());
    this.wake();
  }

  whole() {
    this.glide(this.fitting());
  }

  zoom(factor) {
    this.glide(this.camera.zoomed(factor));
  }

  pan(dx, dy) {
    this.glide(this.camera.panned(dx, dy));
  }

  glide(place) {
    this.sought = -1;
    this.camera.glideTo(place, performance.now());
    this.wake();
  }

  /* Choose somebody (or -1 for nobody) without opening anything. */
  select(person) {
    this.selected = person;
    this.tie = -1;
    this.focused = -1;
    if (person < 0 && this.model.only !== null) this.only(-1);
    else if (person >= 0 && this.model.only !== null) this.only(person);
    this.draw();
  }

  /* Choose one tie (or -1 for none) without opening anything. */
  selectTie(tie) {
    if (this.selected >= 0) this.select(-1);
    this.tie = tie;
    this.draw();
  }

  endsOf(tie) {
    const { nodes, from, to } = this.model;
    return [nodes.id[from[tie]], nodes.id[to[tie]]];
  }

  /* Bring somebody to the middle; they stay there while the panel opens. */
  centre(person) {
    this.glide(this.seeking(person));
    this.sought = person;
  }

  seeking(person) {
    const { camera, model } = this;
    return camera.centring(
      model.x[person], model.y[person], Math.max(camera.scale, NEAR_ENOUGH));
  }

  reveal(person) {
    if (!this.camera.shows(this.model.x[person], this.model.y[person])) this.centre(person);
  }

  /* Only this person's links, as a bow tie; -1 goes back to the islands. */
  only(person) {
    this.sought = -1;
    if (person >= 0) this.model.arrangeBowTie(person, this.camera.breadth());
    else this.arrange();
    this.camera.jump(this.fitting());
    this.still = null;
    this.draw();
  }

  hit(x, y, reach) {
    return personAt(this, this.scene ? this.scene.radius : () => 4, x, y, reach);
  }

  step(dx, dy) {
    const { model } = this;
    if (!model || !model.count) return;
    const here = [this.focused, this.selected, model.me].find((person) => person >= 0);
    const next = this.focused < 0
      ? here ?? model.byImportance[0]
      : model.neighbour(this.focused, dx, dy);
    if (next < 0) {
      this.on.announce("Nobody further in this direction");
      return;
    }
    this.focused = next;
    this.reveal(next);
    this.on.announce(model.describe(next));
    this.draw();
  }

  listen() {
    listenToPointers(this.canvas, {
      move: (dx, dy) => this.shift(this.camera.panned(dx, dy)),
      zoom: (factor, x, y) => this.shift(this.camera.zoomed(factor, x, y)),
      tap: (x, y, touch) => this.tap(x, y, touch),
      hover: (x, y) => this.hover(x, y),
      leave: () => this.setHovered(-1),
      settle: () => this.wake(),
    });
    listenToKeys(this.canvas, {
      step: (dx, dy) => this.step(dx, dy),
      pan: (dx, dy) => this.pan(dx, dy),
      open: () => this.model && this.focused >= 0 && this.on.choose(this.focused),
      close: () => this.on.close(),
      zoom: (factor) => this.model && this.zoom(factor),
      whole: () => this.model && this.whole(),
      mine: () => this.model && this.model.me >= 0 && this.centre(this.model.me),
    });
    this.canvas.addEventListener("blur", () => {
      this.focused = -1;
      this.draw();
    });
  }

  shift(place) {
    if (!this.model) return;
    this.sought = -1;
    this.camera.jump(place);
    this.wake();
  }

  tap(x, y, touch) {
    if (!this.model) return;
    const person = this.hit(x, y, touch ? HIT_TOUCH : HIT_MOUSE);
    const tie = person < 0 ? tieAt(this, x, y, touch ? HIT_TIE_TOUCH : HIT_TIE_MOUSE) : -1;
    if (person >= 0) this.on.choose(person);
    else if (tie >= 0) this.on.open(tie);
    else if (this.selected < 0 && this.tie < 0 && touch) this.pan(this.camera.width / 2 - x, this.camera.height / 2 - y);
    else if (this.model.only === null) this.on.close();
  }

  hover(x, y) {
    if (!this.model) return;
    const person = this.hit(x, y, HIT_MOUSE);
    this.setHovered(person, person < 0 ? tieAt(this, x, y, HIT_TIE_MOUSE) : -1);
  }

  setHovered(person, tie = -1) {
    if (person === this.hovered && tie === this.hoveredTie) return;
    this.hovered = person;
    this.hoveredTie = tie;
    this.canvas.classList.toggle("is-over", person >= 0 || tie >= 0);
    this.canvas.title = person >= 0 ? this.model.describe(person)
      : tie >= 0 ? this.model.describeTie(tie) : "";
    this.draw();
  }

  wake() {
    this.movingUntil = performance.now() + REST_MS;
    this.draw();
  }

  draw() {
    if (!this.requested) this.requested = requestAnimationFrame((now) => this.frame(now));
  }

  frame(now) {
    this.requested = 0;
    if (!this.model) return;
    const gliding = this.camera.step(now);
    if (gliding) this.movingUntil = now + REST_MS;
    const moving = now < this.movingUntil;
    this.moving = moving;
    const gap = now - this.lastFrame;
    // A canvas may be painted after the script: the gap between two frames tells the true cost.
    if (moving && this.wholeDrawn && gap < 400) this.cost = Math.max(this.cost, gap - FRAME_MS);
    this.lastFrame = now;
    this.wholeDrawn = !moving || this.cost <= CHEAP_MS;
    if (this.wholeDrawn) this.paintWhole();
    else if (this.cost <= DEAR_MS || !this.still) this.paint(true);
    else this.paintShifted();
    if (moving) this.draw();
  }

  paint(light, drawn = null) {
    const { model, camera, selected, focused, hovered, tie, hoveredTie, density, moving } = this;
    const reserved = this.reserved;
    this.scene = {
      model, camera, selected, focused, hovered, tie, hoveredTie, light, moving, reserved, drawn };
    this.context.setTransform(density, 0, 0, density, 0, 0);
    this.painter.paint(this.context, this.scene);
  }

  paintWhole() {
    const start = performance.now();
    this.paint(false);
    // Names of islands are placed at rest alone.
    const cost = performance.now() - start - (this.scene.placing ?? 0);
    // What was seen while moving fades slowly: the next movement begins with the right means.
    this.cost = Math.max(cost, this.cost * 0.9);
    if (this.cost > CHEAP_MS) this.keep();
  }

  keep() {
    const { canvas } = this;
    if (!this.still) this.still = { canvas: document.createElement("canvas") };
    const copy = this.still.canvas;
    if (copy.width !== canvas.width || copy.height !== canvas.height) {
      copy.width = canvas.width;
      copy.height = canvas.height;
    }
    copy.getContext("2d", { alpha: false }).drawImage(canvas, 0, 0);
    this.still.place = this.camera.place();
  }

  /* The kept frame at its new place, over a light drawing of what it does not cover. */
  paintShifted() {
    const { context, camera, density } = this;
    const { place, canvas } = this.still;
    const grown = camera.scale / place.scale;
    const left = camera.left - place.left * grown;
    const top = camera.top - place.top * grown;
    const width = camera.width * grown;
    const height = camera.height * grown;
    const covers = left <= 0 && top <= 0
      && left + width >= camera.width && top + height >= camera.height;
    context.setTransform(density, 0, 0, density, 0, 0);
    if (!covers) {
      context.save();
      context.beginPath();
      context.rect(0, 0, camera.width, camera.height);
      context.rect(left, top, width, height);
      context.clip("evenodd");
      this.paint(true, [left, top, left + width, top + height]);
      context.restore();
    }
    context.globalAlpha = 1;
    context.drawImage(canvas, left, top, width, height);
  }
}
