import * as z from "zod";

/** How the envelope says that a request failed. `error` and `data` are both used for the reasons. */
const failure = z.looseObject({
  status: z.string().nullish().catch(undefined),
  error: z
    .union([z.string().transform((message) => ({ message })), z.looseObject({ message: z.string() })])
    .nullish()
    .catch(undefined),
  error_description: z.string().nullish().catch(undefined),
  data: z.record(z.string(), z.array(z.string())).nullish().catch(undefined),
});

/** What the server said went wrong, as one line, if it spoke the API's JSON. */
export function failureReason(body: unknown): string | undefined {
  const parsed = failure.safeParse(body);
  if (!parsed.success) return undefined;
  const { error, error_description: description, data } = parsed.data;
  const fields = Object.entries(data ?? {}).map(([field, messages]) => `${field}: ${messages.join(" ")}`);
  const said = [error?.message, description, ...fields].filter(
    (part) => part !== undefined && part !== null && part !== "",
  );
  return said.length === 0 ? undefined : said.join("; ");
}

const envelope = z
  .looseObject({ error: z.looseObject({ message: z.string() }) })
  .or(z.looseObject({ status: z.string(), data: z.unknown() }));

/** Whether the body is the API's own envelope: only that may say that a client does not exist. */
export const isEnvelope = (body: unknown): boolean => envelope.safeParse(body).success;

const bare = z.looseObject({ status: z.string(), data: z.null().optional() });

/** Whether the body is the API's own envelope with nothing in it. */
export const hasNoData = (body: unknown): boolean => bare.safeParse(body).success;

const failed = z.looseObject({ status: z.string().regex(/^(?:error|fail)$/i) });

/** Whether a 2xx answer says in its envelope that it failed all the same. */
export const saysFailed = (body: unknown): boolean => failed.safeParse(body).success;
