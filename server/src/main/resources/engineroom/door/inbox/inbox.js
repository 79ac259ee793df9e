"use strict";

// Mails are foreign text: it goes into the page as text only, and the HTML of a mail into a frame
// that may neither run scripts nor load anything.
const policy = window.trustedTypes
  ? window.trustedTypes.createPolicy("inbox", { createHTML: (html) => html })
  : { createHTML: (html) => html };
const FRAME_RULES =
  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; " +
  "style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'\">" +
  "<base target=\"_blank\">";
const EVERY_MS = 2000;
const PARTS = ["html", "text", "source"];
const at = (id) => document.getElementById(id);
let shown = "";
let listed = "";

async function ask(path) {
  const key = sessionStorage.getItem("key");
  const headers = key ? { Authorization: "Bearer " + key } : {};
  const answer = await fetch("/dev/inbox/messages" + path, { headers, cache: "no-store" });
  if (answer.status === 401 || answer.status === 403) {
    sessionStorage.removeItem("key");
    at("ask").hidden = false;
    throw new Error("The administrator's key is needed.");
  }
  if (!answer.ok) {
    throw new Error("The app answered " + answer.status + ".");
  }
  at("ask").hidden = true;
  return answer.json();
}

function tell(text) {
  if (at("state").textContent !== text) {
    at("state").textContent = text;
  }
}

function time(text) {
  return new Date(text).toLocaleString();
}

function entry(mail, open) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const subject = document.createElement("strong");
  const rest = document.createElement("span");
  subject.textContent = mail.subject;
  rest.textContent = mail.to + ", " + time(mail.time);
  link.href = "#" + mail.id;
  link.setAttribute("aria-current", String(mail.id === open));
  link.append(subject, rest);
  item.append(link);
  return item;
}

function withLinks(into, text) {
  into.textContent = "";
  let end = 0;
  for (const found of text.matchAll(/https?:\/\/[^\s<>"]+/g)) {
    const link = document.createElement("a");
    link.href = found[0];
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.textContent = found[0];
    into.append(text.slice(end, found.index), link);
    end = found.index + found[0].length;
  }
  into.append(text.slice(end));
}

function frame(html) {
  const frame = document.createElement("iframe");
  frame.title = "The mail as HTML";
  frame.setAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
  frame.referrerPolicy = "no-referrer";
  frame.srcdoc = policy.createHTML(FRAME_RULES + html);
  return frame;
}

async function open(id) {
  const known = /^[0-9a-f-]{36}$/.test(id);
  at("mail").hidden = !known;
  document.querySelector("main").classList.toggle("open", known);
  if (!known) {
    shown = "";
    return;
  }
  if (shown === id) {
    return;
  }
  const mail = await ask("/" + id);
  shown = id;
  at("subject").textContent = mail.subject;
  at("to").textContent = mail.to;
  at("time").textContent = time(mail.time);
  at("template").textContent = mail.template;
  at("html").replaceChildren(frame(mail.html));
  withLinks(at("text"), mail.text);
  at("source").textContent = mail.source;
}

function choose(part) {
  for (const name of PARTS) {
    at(name).hidden = name !== part;
    at("tab-" + name).setAttribute("aria-selected", String(name === part));
  }
}

async function look() {
  try {
    const id = location.hash.slice(1);
    const { data } = await ask("");
    const now = JSON.stringify(data) + id;
    if (now !== listed) {
      listed = now;
      at("list").replaceChildren(...data.map((mail) => entry(mail, id)));
    }
    tell(
      data.length === 0
        ? "No mail yet. What this app would send appears here and nowhere else."
        : "Mails that this app would send. None of them is sent.");
    await open(id);
    document.body.dataset.ready = "true";
  } catch (error) {
    tell(error.message);
  }
}

for (const name of PARTS) {
  at("tab-" + name).addEventListener("click", () => choose(name));
}
at("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem("key", at("key").value.trim());
  at("key").value = "";
  look();
});
window.addEventListener("hashchange", look);
setInterval(() => document.hidden || look(), EVERY_MS);
look();
