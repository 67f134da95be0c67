import type { RunOutcome } from "../domain/runs/index.ts";
import type { EventStream } from "../transport/exchange.ts";
import { begun, type CallItem, type Head, messageItem, type Part, resource } from "./response-resource.ts";
import { isCutShort } from "./run-once.ts";

/** The events of one response, in the order that clients build it from. */
export class ResponseStream {
  readonly #events: EventStream;
  readonly #head: Head;
  #told = "";

  constructor(events: EventStream, head: Head) {
    this.#events = events;
    this.#head = head;
  }

  open(): void {
    const response = begun(this.#head);
    this.#tell("response.created", { response });
    this.#tell("response.in_progress", { response });
    const { itemId: id } = this.#head;
    const item = { type: "message", id, role: "assistant", content: [], status: "in_progress" };
    this.#tell("response.output_item.added", { output_index: 0, item });
    this.#tell("response.content_part.added", { ...this.#place(), part: { type: "output_text", text: "" } });
  }

  text(delta: string): void {
    if (delta === "") return;
    this.#told += delta;
    this.#tell("response.output_text.delta", { ...this.#place(), delta });
  }

  finish(outcome: RunOutcome, failed: Part | undefined, calls: readonly CallItem[]): void {
    const phase = calls.length === 0 ? "final_answer" : "commentary";
    const done = calls.map((call) => ({ ...call, status: "completed" }));
    const spoken = messageItem(this.#head, outcome.text, "completed", phase);
    const output = calls.length === 0 ? [] : [spoken, ...done];
    const response = resource(this.#head, outcome, failed, output);
    if (failed === undefined) {
      const { text } = outcome;
      // A turn that ends with calls may have nothing to say.
      if (this.#told === "") this.text(text);
      this.#tell("response.output_text.done", { ...this.#place(), text });
      this.#tell("response.content_part.done", { ...this.#place(), part: { type: "output_text", text } });
      const isCut = isCutShort(outcome);
      const item = messageItem(this.#head, text, isCut ? "incomplete" : "completed", phase);
      this.#tell("response.output_item.done", { output_index: 0, item });
      calls.forEach((call, at) => {
        this.#tell("response.output_item.added", { output_index: at + 1, item: call });
        this.#tell("response.output_item.done", { output_index: at + 1, item: done[at] });
      });
      this.#tell(isCut ? "response.incomplete" : "response.completed", { response });
    } else this.#tell("response.failed", { response });
    this.#events.write("[DONE]");
    this.#events.end();
  }

  #place() {
    return { item_id: this.#head.itemId, output_index: 0, content_index: 0 };
  }

  #tell(type: string, members: object): void {
    this.#events.write(JSON.stringify({ type, ...members }), type);
  }
}
