// Uses the link of a mail, when a button is pressed and not before.
"use strict";

const signedIn = "You are signed in in this browser.";
const verify = {
  path: "/auth/mfa/verify", label: "Sign in", asks: ["code"], token: "mfaToken", session: true,
  done: signedIn,
};
const pages = {
  "confirm-email": {
    title: "Confirm your e-mail address",
    what: "The link is good once.",
    ways: [{ path: "/auth/verify", label: "Confirm", done: "The address is confirmed." }],
  },
  "reset-password": {
    title: "Choose a new password",
    what: "All sessions end with it. The link is good once.",
    ways: [{
      path: "/auth/password/reset/confirm", label: "Set the password", asks: ["password"],
      done: "The password is set: sign in with it.",
    }],
  },
  "unlock": {
    title: "Unlock your account",
    what: "Somebody guessed at it too often. The link is good once.",
    ways: [{ path: "/auth/unlock", label: "Unlock", done: "The account is unlocked: sign in." }],
  },
  "magic-link": {
    title: "Sign in",
    what: "The link is good once.",
    ways: [{ path: "/auth/magic-link/confirm", label: "Sign in", session: true, done: signedIn }],
  },
  "email-change": {
    title: "Use this address from now on?",
    what: "Both addresses have to agree.",
    ways: [{ path: "/auth/email/confirm", label: "Agree", done: agreed }],
  },
  "email-leaving": {
    title: "Leave this address?",
    what: "Both addresses have to agree. If you did not ask for it, stop it: all sessions end then.",
    ways: [
      { path: "/auth/email/confirm", label: "Agree", done: agreed },
      { path: "/auth/email/stop", label: "Stop the change", done: "The change is off, and all sessions have ended." },
    ],
  },
  "invitation": {
    title: "Accept the invitation",
    what: "Sign up with the address that the mail was sent to.",
    ways: [{
      path: "/auth/sign-up", label: "Sign up", asks: ["email", "password"], token: "invitation",
      session: true, done: signedIn,
    }],
  },
  "account-exists": { title: "You have an account already", what: "Sign in with it.", ways: [] },
};

const mail = location.pathname.split("/").pop();
const token = new URLSearchParams(location.hash.slice(1)).get("token");
history.replaceState(null, "", location.pathname);

function part(id) {
  return document.getElementById(id);
}

function agreed(answer) {
  return answer.changed
    ? "The address has changed."
    : "Agreed. The address changes once the other one has agreed, too.";
}

function say(text, kind) {
  part("said").textContent = text;
  part("said").className = kind;
}

/// What went wrong, as the answer says it.
function told(answer, status) {
  const errors = (answer.errors || []).map((e) => (e.path ? e.path + " " : "") + e.message);
  return errors.length ? errors.join("\n") : answer.title || "The program answered " + status + ".";
}

async function use(way, carried) {
  const body = { [way.token || "token"]: carried };
  for (const name of way.asks || []) {
    body[name] = part(name).value;
  }
  if (way === verify && !/^[\d ]{6,7}$/.test(body.code)) { // longer than a code of the app
    body.recoveryCode = body.code;
    delete body.code;
  }
  if (way.session) {
    body.session = "cookie";
  }
  const answer = await fetch(way.path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Requested-With": "engineroom" },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  const json = text ? JSON.parse(text) : {};
  if (!answer.ok) {
    say(told(json, answer.status), "bad");
  } else if (json.mfaToken) {
    show([verify], json.mfaToken);
    part("what").textContent = "This account has a second factor.";
    say("", "");
    part("code").focus();
  } else {
    part("form").hidden = true;
    say(typeof way.done === "function" ? way.done(json) : way.done, "good");
  }
}

/// Shows the ways to go on, and what they ask for.
function show(ways, carried) {
  const asks = new Set(ways.flatMap((way) => way.asks || []));
  for (const name of ["email", "password", "code"]) {
    part(name + "-ask").hidden = !asks.has(name);
    part(name).required = asks.has(name);
  }
  part("buttons").replaceChildren(...ways.map((way, index) => {
    const button = document.createElement("button");
    button.textContent = way.label;
    button.value = index;
    return button;
  }));
  part("form").onsubmit = async (event) => {
    event.preventDefault();
    const buttons = [...part("buttons").children];
    buttons.forEach((button) => { button.disabled = true; });
    say("…", "");
    await use(ways[event.submitter ? event.submitter.value : 0], carried)
      .catch((e) => say(String(e), "bad"));
    buttons.forEach((button) => { button.disabled = false; });
  };
  part("form").hidden = ways.length === 0;
}

const page = pages[mail] || { title: "Account", what: "", ways: [] };
document.title = page.title;
part("title").textContent = page.title;
part("what").textContent = page.what;
if (token || page.ways.length === 0) {
  show(page.ways, token);
} else {
  say("There is no token in this link: take the whole link of the mail.", "bad");
}
document.body.dataset.ready = "true";
