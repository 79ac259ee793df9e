// Runs the parts of a client's scenario, and prints a line of each.

/** What every part is given: where the server is, and how its administrator says who they are. */
export const [url, key] = process.argv.slice(2);
export const endpoint = `${url}/graphql`;
export const headers = { Authorization: `Bearer ${key}` };

/** Names that no earlier run took. */
export const mark = Math.random().toString(36).slice(2, 8);

export async function run(parts) {
  for (const [name, part] of Object.entries(parts)) {
    try {
      await part();
      console.log(`ok ${name}`);
    } catch (error) {
      console.log(`failed ${name}: ${error?.stack ?? error}`);
    }
  }
}

export function equal(found, wanted) {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) {
    throw new Error(`is ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
  }
}

export async function thrown(work) {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

/** `fetch`, and what went through it. */
export function watched() {
  const sent = [];
  const through = async (input, init) => {
    const response = await fetch(input, init);
    sent.push({ url: String(input), method: init.method ?? "GET", body: String(init.body ?? ""), status: response.status });
    return response;
  };
  return { sent, fetch: through };
}

/** Makes so many categories below one of their own, by REST. */
export async function categories(name, count) {
  const children = Array.from({ length: count }, (_, at) => ({ name: `${name} ${mark} ${at + 1}`, position: at + 1 }));
  const response = await fetch(`${url}/api/categories`, {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify({ name: `${name} ${mark}`, children }),
  });
  equal(response.status, 201);
  return (await response.json()).id;
}
