import {
  sessionsCatalogArchive,
  sessionsCatalogContinue,
  sessionsCatalogList,
  sessionsCatalogRead,
  sessionsCatalogStartTerminal,
} from "../../../schemas/methods/sessions/catalog.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** Sessions of other programs are found by plugins; without one of them there is no catalog to name. */
function unknownCatalog({ params }: { readonly params: { readonly catalogId: string } }): never {
  throw invalidRequest(`unknown session catalog: ${params.catalogId}`);
}

export default [
  method(sessionsCatalogList, (call) => {
    const { catalogId } = call.params;
    return catalogId === undefined ? { catalogs: [] } : unknownCatalog({ params: { catalogId } });
  }),
  method(sessionsCatalogRead, unknownCatalog),
  method(sessionsCatalogContinue, unknownCatalog),
  method(sessionsCatalogArchive, unknownCatalog),
  method(sessionsCatalogStartTerminal, unknownCatalog),
] satisfies Method[];
