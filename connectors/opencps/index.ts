export { type DossierPage, type DossierWindow, OpenCpsClient, type OpenCpsConfig, type OpenCpsRow } from './client.ts';
export { type OpenCpsReaderOptions, opencpsReader } from './reader.ts';
