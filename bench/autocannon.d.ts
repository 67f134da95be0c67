declare module "autocannon" {
  export interface Options {
    readonly url: string;
    readonly connections: number;
    /** In seconds. */
    readonly duration: number;
  }

  export interface Histogram {
    readonly average: number;
    readonly p50: number;
    readonly p99: number;
  }

  export interface Outcome {
    readonly latency: Histogram;
    readonly requests: Histogram;
    readonly errors: number;
    readonly non2xx: number;
  }

  export default function autocannon(options: Options): Promise<Outcome>;
}
