export { type DossierPage, OpenCpsClient, type OpenCpsConfig } from './client.ts';
