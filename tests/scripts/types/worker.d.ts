// What a worker has and the types of pages leave out.

declare class FileReaderSync {
  readAsArrayBuffer(file: Blob): ArrayBuffer;
}
