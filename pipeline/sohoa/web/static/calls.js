// Talking with the server: one correction after the other, repeated until it is on the disk.

import { csrf, key } from "./dom.js";

const AGAIN_MS = 3000;

export class Refused extends Error {
  constructor(status, body) {
    super(body.error || String(status));
    this.status = status;
    this.body = body;
  }
}

async function call(path, body) {
  const options = { credentials: "same-origin", headers: { Accept: "application/json" } };
  if (body !== undefined) {
    options.method = "POST";
    options.headers["Content-Type"] = "application/json";
    options.headers["X-CSRF-Token"] = csrf;
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(`/api/documents/${key}${path}`, options);
  const value = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, value);
  return value;
}

export const getDocument = () => call("");
export const getPage = (number) => call(`/pages/${number}`);
export const greet = () => call("/presence", {});

// Gone from the page: others need not wait for it to be noticed.
export function leave() {
  fetch(`/api/documents/${key}/absence`, {
    method: "POST", keepalive: true, credentials: "same-origin", headers: { "X-CSRF-Token": csrf },
  });
}

export function picture(page, name) {
  return `/api/documents/${key}/pages/${page}/${name}.jpg`;
}

// An id made here lets a repeated call be known as the same one.
export function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Send corrections; while there is no connection, try again with the same ids.
export async function send(version, made, offline) {
  for (;;) {
    try {
      return await call("/corrections", { version, made });
    } catch (error) {
      if (error instanceof Refused && error.status < 500) throw error;
      offline();
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }
}
