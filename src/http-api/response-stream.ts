import type { RunOutcome } from "../domain/runs/index.ts";
import type { EventStream } from "../transport/exchange.ts";
import { begun, type Head, messageItem, type Part, resource } from "./response-resource.ts";
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

  finish(outcome: RunOutcome, failed: Part | undefined): void {
    const response = resource(this.#head, outcome, failed);
    if (failed === undefined) {
      const { text } = outcome;
      if (this.#told === "") this.text(text);
      this.#tell("response.output_text.done", { ...this.#place(), text });
      this.#tell("response.content_part.done", { ...this.#place(), part: { type: "output_text", text } });
      const isCut = isCutShort(outcome);
      const item = messageItem(this.#head, text, isCut ? "incomplete" : "completed");
      this.#tell("response.output_item.done", { output_index: 0, item });
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
