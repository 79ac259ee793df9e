// Uses the link of a mail, when a button is pressed and not before.
"use strict";

const doors = {
  "confirm-email": [["Confirm the address", "/auth/verify"]],
  "reset-password": [["Set the password", "/auth/password/reset/confirm"]],
  "unlock": [["Unlock the account", "/auth/unlock"]],
  "magic-link": [["Sign in", "/auth/magic-link/confirm"]],
  "email-change": [["Agree to the new address", "/auth/email/confirm"]],
  "email-leaving": [
    ["Agree to the new address", "/auth/email/confirm"],
    ["Stop the change", "/auth/email/stop"],
  ],
};
const mail = location.pathname.split("/").pop();
const token = new URLSearchParams(location.hash.slice(1)).get("token");
history.replaceState(null, "", location.pathname);
const said = document.getElementById("said");

function body(path) {
  const members = { token };
  if (path === "/auth/password/reset/confirm") {
    members.password = document.getElementById("password").value;
  }
  if (path === "/auth/magic-link/confirm") {
    members.session = "cookie";
  }
  return JSON.stringify(members);
}

async function use(path) {
  said.textContent = "…";
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Requested-With": "engineroom" },
    body: body(path),
  });
  said.textContent = answer.ok ? "Done. " + (await answer.text()) : await answer.text();
}

document.getElementById("ask").hidden = mail !== "reset-password";
for (const [label, path] of token ? doors[mail] || [] : []) {
  const button = document.createElement("button");
  button.textContent = label;
  button.addEventListener("click", () => use(path).catch((e) => { said.textContent = String(e); }));
  document.getElementById("buttons").append(button);
}
if (!token) {
  said.textContent = "There is no token in this link: sign in.";
}
