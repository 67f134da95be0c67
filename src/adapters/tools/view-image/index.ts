import { readFile, stat } from "node:fs/promises";
import type { ImagePart, Tool } from "../../../domain/runs/index.ts";
import { ArgumentError, Arguments, answered } from "../arguments.ts";
import { PICTURE_BYTES_MAX, pictureType } from "../pictures.ts";
import { inWorkspace, isMissing } from "../workspace-path.ts";

/** Pictures of one call, when the model does not say how many it wants. */
const PICTURES_DEFAULT = 20;

export function viewImageTool(): Tool {
  return {
    name: "view_image",
    description:
      "Puts pictures of the workspace before you: one by `path`, several by `paths`. Nobody else is shown them.",
    parameters: {
      type: "object",
      properties: {
        prompt: { type: "string" },
        path: { type: "string" },
        paths: { type: "array", items: { type: "string" } },
        maxBytesMb: { type: "number", exclusiveMinimum: 0 },
        maxImages: { type: "integer", minimum: 1 },
      },
    },
    isCommandBearing: false,
    isInOrder: false,
    describe: (given) => namesIn(new Arguments(given))[0],
    run: (given, context) =>
      answered("view_image", async () => {
        const args = new Arguments(given);
        const names = namesIn(args);
        if (names.length === 0) throw new ArgumentError("path required");
        const most = args.number("maxImages") ?? PICTURES_DEFAULT;
        if (names.length > most)
          throw new ArgumentError(`Too many images: ${names.length} provided, maximum is ${most}.`);
        const bytesMax = Math.min(
          (args.number("maxBytesMb") ?? Number.POSITIVE_INFINITY) * 1_048_576,
          PICTURE_BYTES_MAX,
        );
        const found = await Promise.all(names.map((name) => load(context.workspace, name, bytesMax)));
        const [only] = found;
        const which = found.length === 1 ? { image: only?.file } : { images: found.map(({ file }) => file) };
        const text = `Loaded ${found.length} ${found.length === 1 ? "image" : "images"} into private model context for inspection; not displayed, attached, or sent to the user.`;
        return {
          text,
          isError: false,
          images: found.map(({ image }) => image),
          details: { transport: "native", ...which, media: { outbound: false } },
        };
      }),
  };
}

function namesIn(args: Arguments): readonly string[] {
  const path = args.text("path");
  return [...(path === undefined ? [] : [path]), ...args.list("paths").map(String)];
}

async function load(
  workspace: string,
  name: string,
  bytesMax: number,
): Promise<{ readonly file: string; readonly image: ImagePart }> {
  const file = await inWorkspace(workspace, name);
  try {
    const { size } = await stat(file);
    if (size > bytesMax) throw new Error(`Image is too large (${size} bytes): ${name}`);
    const bytes = await readFile(file);
    const mimeType = pictureType(bytes);
    if (mimeType === undefined) throw new Error(`Not an image: ${name}`);
    return { file, image: { mimeType, base64: bytes.toString("base64") } };
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new Error(`File not found: ${file}.`);
  }
}
