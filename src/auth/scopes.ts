/** The algebra lives with the grants it is about; dispatch and events reach it through here. */
export { holdsScope } from "../domain/devices/index.ts";
