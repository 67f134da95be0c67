export type { ProposalEvent, ProposalRecord, SupportFile } from "./record.ts";
export {
  createWorkshop,
  type Decision,
  type Drafted,
  type NewProposal,
  type Revision,
  type Workshop,
  type WorkshopParts,
} from "./workshop.ts";
