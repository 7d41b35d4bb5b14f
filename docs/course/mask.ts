/**
 * What differs between two runs, replaced by what it is: ports that a kernel chose, times, process ids, inode numbers.
 * A transcript on a page and what the machine prints are both masked by this, and nothing else, before they are compared.
 */
export function mask(text: string): string {
  return text
    .replaceAll(/(?<=[:\s])(3[2-9]|[4-6]\d)\d{3}\b/g, 'PORT')
    .replaceAll(/\b(pid=|socket:\[|pipe:\[|ino:)\d+/g, '$1N')
    .replaceAll(/\b\d+(\.\d+)? ?(ms|s)\b/g, 'TIME')
    .replaceAll(/ +/g, ' ')
    .replaceAll(/ $/gm, '')
}
