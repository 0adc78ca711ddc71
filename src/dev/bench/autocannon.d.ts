/** As much of autocannon as the benchmark uses; it ships no types. */
declare module "autocannon" {
  type Options = { url: string; connections: number; duration: number; headers: Record<string, string> };
  type Outcome = {
    requests: { total: number };
    latency: { p50: number };
    non2xx: number;
    errors: number;
    /** Seconds. */
    duration: number;
  };
  export default function autocannon(options: Options): Promise<Outcome>;
}
