// The scan: a small picture at once, tiles of the full one where it is looked at closely,
// boxes over words and marks. Zoom, pan and turn are one matrix on one element.

import { picture } from "./calls.js";
import { el, say, svg } from "./dom.js";

const TILE = 512;
const PREVIEW = 1240;
const MOST_TILES = 80;
const LARGEST = 6;

export class Viewer {
  constructor(frame, { onPick, onHover }) {
    this.frame = frame;
    this.onPick = onPick;
    this.onHover = onHover;
    this.page = null;
    this.turn = 0;
    this.scale = 1;
    this.x = 0;
    this.y = 0;
    this.fingers = new Map();
    this.paper = el("div", { className: "paper" });
    this.message = el("p", { className: "message" });
    frame.replaceChildren(this.paper, this.message);
    this.listen();
    new ResizeObserver(() => this.page && this.place()).observe(frame);
  }

  open(page, hasPicture) {
    const same = this.page && this.page.number === page.number;
    if (!this.page || this.page.number !== page.number) this.turn = page.turn || 0;
    this.page = page;
    this.tiles = new Map();
    this.boxes = svg("svg", { viewBox: `0 0 ${page.width} ${page.height}` });
    this.paper.style.width = `${page.width}px`;
    this.paper.style.height = `${page.height}px`;
    this.layer = el("div", { className: "tiles" });
    this.message.textContent = hasPicture ? say("scan.loading") : say("scan.none");
    this.message.hidden = false;
    const parts = [this.layer, this.boxes];
    if (hasPicture) {
      const preview = el("img", { className: "preview", alt: "", draggable: false });
      preview.addEventListener("load", () => { this.message.hidden = true; });
      preview.addEventListener("error", () => { this.message.textContent = say("scan.none"); });
      preview.src = picture(page.number, "preview");
      parts.unshift(preview);
    }
    this.hasPicture = hasPicture;
    this.paper.replaceChildren(...parts);
    if (same) this.place();
    else this.fit();
  }

  // Boxes over words: [{id, box, level}], and over seals and the like: [{box, sort, title}].
  mark(words, marks) {
    const drawn = [];
    for (const mark of marks) drawn.push(rectangle(mark.box, `mark ${mark.sort}`));
    this.rectangles = new Map();
    for (const word of words) {
      const shape = rectangle(word.box, `word ${word.level}`);
      shape.dataset.id = word.id;
      this.rectangles.set(word.id, shape);
      drawn.push(shape);
    }
    this.boxes.replaceChildren(...drawn);
  }

  highlight(id, name) {
    for (const old of this.boxes.querySelectorAll(`.${name}`)) old.classList.remove(name);
    const shape = this.rectangles && this.rectangles.get(id);
    if (shape) {
      shape.classList.add(name);
      if (name === "chosen") this.boxes.append(shape);
    }
  }

  // Bring a box into view, large enough to be read.
  show(box, least = 26) {
    const [left, top, right, bottom] = box;
    const tall = Math.max(1, this.turn % 2 ? right - left : bottom - top);
    const wide = Math.max(1, this.turn % 2 ? bottom - top : right - left);
    const { clientWidth, clientHeight } = this.frame;
    let scale = this.scale;
    if (tall * scale < least) scale = Math.min(LARGEST, least / tall);
    scale = Math.min(scale, (clientWidth * 0.9) / wide, LARGEST);
    this.scale = scale;
    const [x, y] = this.turned((left + right) / 2, (top + bottom) / 2);
    this.x = clientWidth / 2 - x * scale;
    this.y = clientHeight * 0.42 - y * scale;
    // A page narrower than the frame, and its edges, stay where the eye expects them.
    const [width] = this.size();
    if (width * scale <= clientWidth) this.x = (clientWidth - width * scale) / 2 + this.shift(scale);
    else this.x = Math.min(8 + this.shift(scale), Math.max(clientWidth - 8 - width * scale + this.shift(scale), this.x));
    this.place();
  }

  fit() {
    const [width] = this.size();
    this.scale = Math.min(2, (this.frame.clientWidth - 16) / width);
    this.x = 8 + this.shift(this.scale);
    this.y = 8 + this.drop(this.scale);
    this.place();
  }

  rotate() {
    this.turn = (this.turn + 1) % 4;
    this.fit();
  }

  zoom(factor, at) {
    const point = at || [this.frame.clientWidth / 2, this.frame.clientHeight / 2];
    const scale = Math.min(LARGEST, Math.max(0.05, this.scale * factor));
    this.x = point[0] - ((point[0] - this.x) * scale) / this.scale;
    this.y = point[1] - ((point[1] - this.y) * scale) / this.scale;
    this.scale = scale;
    this.place();
  }

  pan(x, y) {
    this.x += x;
    this.y += y;
    this.place();
  }

  size() {
    const { width, height } = this.page;
    return this.turn % 2 ? [height, width] : [width, height];
  }

  turned(x, y) {
    return [[x, y], [-y, x], [-x, -y], [y, -x]][this.turn];
  }

  // How far the turned page reaches left of and above its own origin.
  shift(scale) {
    return [0, this.page.height, this.page.width, 0][this.turn] * scale;
  }

  drop(scale) {
    return [0, 0, this.page.height, this.page.width][this.turn] * scale;
  }

  place() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = null;
      const s = this.scale;
      const [a, b] = [[s, 0], [0, s], [-s, 0], [0, -s]][this.turn];
      this.paper.style.transform = `matrix(${a},${b},${-b},${a},${this.x},${this.y})`;
      this.loadTiles();
    });
  }

  loadTiles() {
    const { width, height, number } = this.page;
    const fine = Math.min(1, PREVIEW / width);
    if (!this.hasPicture || this.scale * (window.devicePixelRatio || 1) <= fine * 1.05) return;
    const [left, top, right, bottom] = this.visible();
    for (let row = Math.floor(top / TILE); row * TILE < Math.min(bottom, height); row += 1) {
      for (let column = Math.floor(left / TILE); column * TILE < Math.min(right, width); column += 1) {
        const name = `${column}-${row}`;
        if (this.tiles.has(name)) continue;
        const tile = el("img", { alt: "", draggable: false, src: picture(number, name) });
        tile.addEventListener("error", () => tile.remove());
        tile.style.left = `${column * TILE}px`;
        tile.style.top = `${row * TILE}px`;
        this.tiles.set(name, tile);
        this.layer.append(tile);
      }
    }
    for (const [name, tile] of this.tiles) {
      if (this.tiles.size <= MOST_TILES) break;
      tile.remove();
      this.tiles.delete(name);
    }
  }

  // The part of the page that is in the frame, in page pixels.
  visible() {
    const { clientWidth, clientHeight } = this.frame;
    const corners = [[0, 0], [clientWidth, 0], [0, clientHeight], [clientWidth, clientHeight]];
    const back = (4 - this.turn) % 4;
    const points = corners.map(([x, y]) => {
      const [u, v] = [(x - this.x) / this.scale, (y - this.y) / this.scale];
      return [[u, v], [-v, u], [-u, -v], [v, -u]][back];
    });
    const xs = points.map((point) => point[0]);
    const ys = points.map((point) => point[1]);
    return [
      Math.max(0, Math.min(...xs)), Math.max(0, Math.min(...ys)), Math.max(...xs), Math.max(...ys),
    ];
  }

  listen() {
    const { frame, fingers } = this;
    let moved = 0;
    let started = null;
    frame.addEventListener("pointerdown", (event) => {
      if (event.button > 0) return;
      frame.setPointerCapture(event.pointerId);
      started = event.target;
      fingers.set(event.pointerId, [event.clientX, event.clientY]);
      if (fingers.size === 1) moved = 0;
    });
    frame.addEventListener("pointermove", (event) => {
      const before = fingers.get(event.pointerId);
      if (!before) {
        const id = event.target.dataset ? event.target.dataset.id : undefined;
        this.onHover(id || null);
        return;
      }
      const now = [event.clientX, event.clientY];
      if (fingers.size === 1) {
        this.pan(now[0] - before[0], now[1] - before[1]);
      } else {
        const other = [...fingers].find(([id]) => id !== event.pointerId)[1];
        const bounds = frame.getBoundingClientRect();
        const middle = [(now[0] + other[0]) / 2 - bounds.left, (now[1] + other[1]) / 2 - bounds.top];
        this.zoom(apart(now, other) / Math.max(1, apart(before, other)), middle);
      }
      moved += Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]);
      fingers.set(event.pointerId, now);
    });
    const up = (event) => {
      fingers.delete(event.pointerId);
      const id = started && started.dataset ? started.dataset.id : undefined;
      if (event.type === "pointerup" && moved < 6 && id) this.onPick(id);
      started = null;
    };
    frame.addEventListener("pointerup", up);
    frame.addEventListener("pointercancel", up);
    frame.addEventListener("pointerleave", () => this.onHover(null));
    frame.addEventListener("wheel", (event) => {
      event.preventDefault();
      const bounds = frame.getBoundingClientRect();
      if (event.ctrlKey) {
        const at = [event.clientX - bounds.left, event.clientY - bounds.top];
        this.zoom(Math.exp(-event.deltaY / 400), at);
      } else {
        this.pan(-event.deltaX, -event.deltaY);
      }
    }, { passive: false });
  }
}

function rectangle(box, name) {
  const [left, top, right, bottom] = box;
  const shape = svg("rect", { x: left, y: top, width: right - left, height: bottom - top });
  shape.setAttribute("class", name);
  return shape;
}

function apart(one, other) {
  return Math.hypot(one[0] - other[0], one[1] - other[1]);
}

// A piece of a page, upright, as wide and tall as asked for at most. With `around`, what stands left
// and right of it is shown too, and a frame tells the piece itself.
export function crop(page, box, { width = 320, height = 56, margin = 0.35, label = "", around = false } = {}) {
  const turn = page.turn || 0;
  const sideways = turn % 2 === 1;
  const most = sideways ? [height, width] : [width, height];
  const piece = pieceOf(page, box, { most, margin, around: around && !sideways, turn });
  const { wide, tall } = piece;
  const frame = el("span", { className: "crop", role: "img", "aria-label": label }, piece.element);
  frame.style.width = `${sideways ? tall : wide}px`;
  frame.style.height = `${sideways ? wide : tall}px`;
  return frame;
}

function pieceOf(page, box, { most, margin, around, turn }) {
  const [width, height] = most;
  const pad = Math.min(Math.max(4, turn % 2 ? box[2] - box[0] : box[3] - box[1]), 80) * margin;
  const above = turn % 2 ? pad * 2 : pad;
  const top = Math.max(0, box[1] - above);
  const bottom = Math.min(page.height, box[3] + above);
  const spare = (width / Math.min(height / (bottom - top), 2.5) - (box[2] - box[0])) / 2;
  const beside = around ? Math.max(pad, spare) : turn % 2 ? pad : pad * 2;
  const left = Math.max(0, box[0] - beside);
  const right = Math.min(page.width, box[2] + beside);
  const scale = Math.min(width / (right - left), height / (bottom - top), 2.5);
  const wide = Math.round((right - left) * scale);
  const tall = Math.round((bottom - top) * scale);
  const element = el("span", { className: "piece" });
  element.style.width = `${wide}px`;
  element.style.height = `${tall}px`;
  element.style.transform = `translate(-50%, -50%) rotate(${turn * 90}deg)`;
  const put = (name, x, y, whole) => {
    const image = el("img", { alt: "", draggable: false });
    image.addEventListener("error", () => image.remove());
    image.addEventListener("load", () => {
      const factor = whole ? whole / image.naturalWidth : scale;
      image.style.width = `${image.naturalWidth * factor}px`;
    });
    image.style.left = `${(x - left) * scale}px`;
    image.style.top = `${(y - top) * scale}px`;
    image.src = picture(page.number, name);
    element.append(image);
  };
  if (scale <= PREVIEW / page.width) {
    put("preview", 0, 0, page.width * scale);
  } else {
    for (let row = Math.floor(top / TILE); row * TILE < bottom; row += 1) {
      for (let column = Math.floor(left / TILE); column * TILE < right; column += 1) {
        put(`${column}-${row}`, column * TILE, row * TILE, 0);
      }
    }
  }
  if (around) {
    const sign = el("i");
    sign.style.left = `${(box[0] - left) * scale - 3}px`;
    sign.style.top = `${(box[1] - top) * scale - 3}px`;
    sign.style.width = `${(box[2] - box[0]) * scale + 6}px`;
    sign.style.height = `${(box[3] - box[1]) * scale + 6}px`;
    element.append(sign);
  }
  return { element, wide, tall };
}
