/** Why a file cannot be checked; the words stand in text.vi.ts. */
export type Unreadable = {
  code:
    | 'unknown-type'
    | 'wrong-content'
    | 'old-office'
    | 'encrypted'
    | 'no-text-layer'
    | 'empty'
    | 'too-large'
    | 'unpacks-too-large'
    | 'too-slow'
    | 'too-heavy'
    | 'damaged'
    | 'busy'
}

/** Thrown by readers, caught by `readReport`: what a sender may get wrong. */
export class UnreadableFile extends Error {
  readonly code: Unreadable['code']

  constructor(code: Unreadable['code'], options?: ErrorOptions) {
    super(code, options)
    this.name = 'UnreadableFile'
    this.code = code
  }
}
