import { download } from '../shared/download.ts';

/** Hands a text to the person as a .json file. */
export function downloadJson(text: string, name: string): void {
  download(text, name, 'application/json');
}

/** A name that every file system takes. */
export function fileName(text: string): string {
  return `${text.replace(/[^\w.-]+/g, '-').slice(0, 80)}.json`;
}
