// A walk with the client that openapi-typescript makes the types of.
import createClient from "openapi-fetch";
import type { components, paths } from "./heed.js";

type Json = "application/json" | "application/problem+json";
declare const process: { env: Record<string, string> };

const survey = "walk-typescript";
const client = createClient<paths, Json>({
  baseUrl: process.env["HEED_API"] ?? "",
  headers: { Authorization: `Bearer ${process.env["HEED_KEY"]}` },
});

function expect(found: unknown, wanted: unknown): void {
  if (found !== wanted) throw new Error(`expected ${wanted}, found ${found}`);
}

await client.PUT("/v1/surveys/{survey}", {
  params: { path: { survey } },
  body: {
    name: "Walk",
    question: "How was it?",
    team: "IT",
    audience: "internal",
    success: "People get back to work within a day.",
  },
});

const invite = () =>
  client.POST("/v1/surveys/{survey}/invitations", {
    params: { path: { survey }, header: { "Idempotency-Key": survey } },
    body: { email: "walk-typescript@example.com" },
  });
const [first, again] = [await invite(), await invite()];
expect(first.data?.status !== undefined, true);
expect(again.data?.id, first.data?.id);

const scores = await client.GET("/v1/surveys/{survey}/scores", { params: { path: { survey } } });
expect(scores.data?.says, "no answers");

const due_at = new Date(Date.now() + 86_400_000).toISOString();
for (const number of [0, 1, 2]) {
  await client.POST("/v1/tasks", {
    params: { header: { "Idempotency-Key": `${survey}-${number}` } },
    body: { survey, note: `Ring ${number}`, due_at },
  });
}

const found: components["schemas"]["Task"][] = [];
let cursor: string | null | undefined;
do {
  const query = { survey, limit: 2, ...(cursor ? { cursor } : {}) };
  const page = await client.GET("/v1/tasks", { params: { query } });
  found.push(...(page.data?.items ?? []));
  cursor = page.data?.next;
} while (cursor);
expect(new Set(found.map((task) => task.id)).size, 3);

const missing = await client.GET("/v1/surveys/{survey}", {
  params: { path: { survey: "walk-nowhere" } },
});
expect(missing.error?.status, 404);
console.log(`${survey}: ${found.length} tasks`);
