/** Completeness of the papers of a dossier: the catalogue, rows against it, checks D1–D9. Pure; no file is opened here. */
export { type AssessOptions, assessPapers, type PaperAssessment } from './assess.ts';
export {
  type Catalogue,
  mergeCatalogues,
  procedureNumber,
  procedureOf,
  procedureOfDossier,
} from './catalogue.ts';
export {
  CHECK_RULES,
  type CheckId,
  type CheckResult,
  type CheckSeverity,
  checkDossier,
  type DossierFacts,
  INDICATORS,
} from './checks.ts';
export { type CatalogueReading, readCatalogueFile } from './import.ts';
export { wordsOf } from './names.ts';
export type { CheckReason, PaperReason, PaperRow, PaperState, VerdictNote } from './reasons.ts';
export { type CatalogueComponent, CatalogueFile, type CatalogueProcedure } from './schema.ts';
export { SHIPPED_CATALOGUE, shippedCatalogue } from './shipped.ts';
export { papersView } from './view.ts';
export { checkText, costText, noteText, reasonText, STATE_NAMES } from './words.ts';
