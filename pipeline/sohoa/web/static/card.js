// The card of one word: its ink, other readings under 1 2 3, and a place to type.

import { el, say } from "./dom.js";
import { crop } from "./viewer.js";

export class Card {
  constructor(root, { onSave, onDrop, onNext }) {
    this.root = root;
    this.onSave = onSave;
    this.onDrop = onDrop;
    this.onNext = onNext;
    this.word = null;
  }

  // Nothing chosen: say what can be done.
  rest(left) {
    this.word = null;
    const told = left ? say("word.pick") : say("word.none-left");
    const next = el("button", { className: "main", on: { click: () => this.onNext() } }, say("word.next"));
    this.root.replaceChildren(
      el("p", { className: "hint" }, told),
      ...(left ? [el("div", { className: "row" }, next, el("span", { className: "soft" }, say("word.count", { left })))] : []),
      el("p", { className: "keys" }, say("keys")),
    );
  }

  show(word, page, { picture, editable, left }) {
    this.word = word;
    this.editable = editable;
    const wide = Math.max(160, this.root.clientWidth - 28);
    const ink = picture
      ? crop(page, word.box, { width: wide, height: 60, margin: 0.45, around: true, label: say("word.crop") })
      : null;
    const doubt = word.locked
      ? say("word.locked")
      : word.doubt === undefined ? "" : say("word.doubt", { doubt: Math.round(word.doubt * 100) });
    const facts = [doubt, word.read ? say("word.read", { text: word.read }) : ""].filter(Boolean);
    const choices = (word.choices || []).map((text, index) => el(
      "button",
      { className: "choice", disabled: !editable, on: { click: () => this.onSave(this.word, text) } },
      el("kbd", {}, String(index + 1)), text,
    ));
    this.input = el("input", {
      className: "typed", value: word.text, disabled: !editable, autocomplete: "off",
      spellcheck: false, maxLength: 200, "aria-label": say("word.type"), lang: "vi",
      on: { input: () => this.relabel(), keydown: (event) => this.keydown(event) },
    });
    this.button = el(
      "button",
      { className: "main", disabled: !editable, on: { click: () => this.save() } },
      say("word.right"),
    );
    const drop = el(
      "button",
      { className: "plain", disabled: !editable, title: "Delete", on: { click: () => this.onDrop(this.word) } },
      say("word.not-text"),
    );
    this.root.replaceChildren(
      el("div", { className: "ink" }, ...(ink ? [ink] : [])),
      el("p", { className: "facts" }, el("b", {}, word.text), ...facts.map((fact) => el("span", {}, fact)),
        el("span", { className: "soft" }, say("word.count", { left }))),
      el("div", { className: "row choices", role: "group", "aria-label": say("word.choices") }, ...choices),
      el("div", { className: "row" }, this.input, this.button, drop),
    );
  }

  relabel() {
    const changed = this.input.value.trim() !== this.word.text;
    this.button.textContent = changed ? say("word.save") : say("word.right");
  }

  type() {
    if (!this.input || !this.word) return;
    this.input.focus();
    this.input.select();
  }

  choose(number) {
    const text = this.word && (this.word.choices || [])[number - 1];
    if (text !== undefined && this.editable) this.onSave(this.word, text);
  }

  save() {
    if (!this.word || !this.editable) return;
    this.onSave(this.word, this.input.value.trim().replace(/\s+/g, " ").normalize("NFC"));
  }

  keydown(event) {
    // A half-typed letter of an input method is not an Enter of ours.
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      this.save();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.input.value = this.word.text;
      this.relabel();
      this.input.blur();
    }
  }
}
