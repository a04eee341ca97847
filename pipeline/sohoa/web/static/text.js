// The text of a page in reading order; each word leads to its ink, and back.

import { el, say } from "./dom.js";

// How much in doubt a word is, for its colour and its line below.
export function levelOf(word, least) {
  if (word.locked) return "locked";
  if (word.doubt === undefined) return "other";
  if (word.doubt >= Math.max(0.5, least)) return "poor";
  return word.doubt >= least ? "fair" : "sure";
}

export function* wordsOf(page) {
  for (const block of page.blocks) {
    for (const line of block.lines) yield* line.words;
    for (const cell of block.cells || []) for (const line of cell.lines) yield* line.words;
  }
}

export function drawText(panel, page, least) {
  panel.replaceChildren(...page.blocks.map((block) => drawBlock(block, least)));
}

function drawBlock(block, least) {
  if (!block.cells) {
    return el("div", { className: "block" }, ...block.lines.map((line) => drawLine(line, least)));
  }
  const rows = new Map();
  for (const cell of block.cells) {
    if (!rows.has(cell.row)) rows.set(cell.row, el("tr"));
    const lines = cell.lines.map((line) => drawLine(line, least));
    rows.get(cell.row).append(el("td", { rowSpan: cell.rows, colSpan: cell.columns }, ...lines));
  }
  const body = el("tbody", {}, ...[...rows.keys()].sort((a, b) => a - b).map((row) => rows.get(row)));
  return el("div", { className: "block table" }, el("table", {}, body));
}

function drawLine(line, least) {
  const words = line.words.flatMap((word, index) => {
    const shown = drawWord(word, least);
    return index ? [" ", shown] : [shown];
  });
  return el("span", { className: `line ${line.kind}` }, ...words);
}

function drawWord(word, least) {
  const level = levelOf(word, least);
  const told = word.read ? say("word.read", { text: word.read }) : null;
  return el("span", { className: `w ${level}`, data: { id: word.id }, title: told }, word.text);
}
