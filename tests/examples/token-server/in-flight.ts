/** Waits until so many requests beside its own are being answered. */
export async function inFlight(url: string, others: number): Promise<void> {
  let seen = 0;
  while (seen < others + 1) {
    const response = await fetch(`${url}/metrics`);
    seen = Number(/^token_server_requests_in_flight (\d+)$/m.exec(await response.text())?.[1]);
  }
}
