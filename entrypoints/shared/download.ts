/** Hands a text, or the bytes of a file, to the person as a file. */
export function download(content: string | Uint8Array, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([content as BlobPart], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken its own hold of the file once the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
