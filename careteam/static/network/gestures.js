/* Hands on the picture: mouse, fingers, wheel and keys, told to the viewer as few plain words. */

const SLIP_TOUCH = 15;
const SLIP_MOUSE = 4;
const KEY_PAN = 90;
const DIRECTIONS = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};

/* hands: { move(dx, dy), zoom(factor, x, y), tap(x, y, touch), hover(x, y), leave(), settle() } */
export function listenToPointers(canvas, hands) {
  const down = new Map();
  let slipped = false;
  let spread = 0;

  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const point = at(event);
    canvas.setPointerCapture(event.pointerId);
    down.set(event.pointerId, { ...point, startX: point.x, startY: point.y });
    if (down.size === 1) slipped = false;
    if (down.size === 2) {
      slipped = true;
      spread = distance([...down.values()]);
    }
  });

  canvas.addEventListener("pointermove", (event) => {
    const point = at(event);
    const held = down.get(event.pointerId);
    if (!held) {
      if (event.pointerType === "mouse") hands.hover(point.x, point.y);
      return;
    }
    const slip = event.pointerType === "mouse" ? SLIP_MOUSE : SLIP_TOUCH;
    if (!slipped && Math.hypot(point.x - held.startX, point.y - held.startY) > slip) {
      slipped = true;
      canvas.classList.add("is-dragged");
    }
    const dx = point.x - held.x;
    const dy = point.y - held.y;
    if (slipped) {
      held.x = point.x;
      held.y = point.y;
      hands.move(dx / down.size, dy / down.size);
    }
    if (down.size === 2) {
      const points = [...down.values()];
      const now = distance(points);
      if (spread > 0 && now > 0) {
        hands.zoom(now / spread, (points[0].x + points[1].x) / 2, (points[0].y + points[1].y) / 2);
      }
      spread = now;
    }
  });

  const lift = (event) => {
    if (!down.delete(event.pointerId)) return;
    if (event.type === "pointerup" && down.size === 0 && !slipped) {
      const point = at(event);
      hands.tap(point.x, point.y, event.pointerType !== "mouse");
    }
    if (down.size === 0) canvas.classList.remove("is-dragged");
    hands.settle();
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("pointerleave", () => hands.leave());

  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const point = at(event);
    const lines = event.deltaMode === 1 ? 16 : 1;
    const change = Math.max(-240, Math.min(240, event.deltaY * lines));
    hands.zoom(Math.exp(-change * 0.0022), point.x, point.y);
  }, { passive: false });
}

/* keys: { step(dx, dy), pan(dx, dy), open(), close(), zoom(factor), whole(), mine() } */
export function listenToKeys(canvas, keys) {
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = DIRECTIONS[event.key];
    if (direction && event.shiftKey) keys.pan(-direction[0] * KEY_PAN, -direction[1] * KEY_PAN);
    else if (direction) keys.step(...direction);
    else if (event.key === "Enter" || event.key === " ") keys.open();
    else if (event.key === "Escape") keys.close();
    else if (event.key === "+" || event.key === "=") keys.zoom(1.4);
    else if (event.key === "-") keys.zoom(1 / 1.4);
    else if (event.key === "0") keys.whole();
    else if (event.key === "Home") keys.mine();
    else return;
    event.preventDefault();
  });
}

function distance([one, other]) {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
