import { Type } from "@sinclair/typebox";

/** A node as lists, descriptions and pairing answers show it; which members are there depends on its state. */
export const NodeRow = Type.Record(Type.String(), Type.Unknown());
