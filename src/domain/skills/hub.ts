/** A public registry of skills. */
export interface SkillHub {
  search(query: string | undefined, limit: number | undefined): Promise<unknown>;
  detail(slug: string): Promise<unknown>;
}
