/** The image decoders of pdf.js and its worker script come without typings; this is what we use of them. */

declare module 'pdfjs-dist/legacy/image_decoders/pdf.image_decoders.mjs' {
  interface WasmOptions {
    useWasm: boolean;
    useWorkerFetch: boolean;
    wasmUrl: string;
  }
  export class JpegImage {
    constructor(options: object);
    width: number;
    height: number;
    numComponents: number;
    parse(bytes: Uint8Array): void;
    getData(size: { width: number; height: number }): Uint8Array | Uint8ClampedArray;
  }
  export const Jbig2Image: {
    setOptions(options: WasmOptions): void;
    instance: {
      decode(
        bytes: Uint8Array,
        width: number,
        height: number,
        globals: Uint8Array | null,
        fax: object | null,
      ): Promise<Uint8Array>;
    };
  };
  export const JpxImage: { instance: { decode(bytes: Uint8Array): Promise<Uint8Array> } };
  export const VerbosityLevel: { ERRORS: number };
  export function setVerbosityLevel(level: number): void;
}

declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs';
