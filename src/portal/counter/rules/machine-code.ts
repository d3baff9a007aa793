/** In groups, as people read it out and type it. */
export const writeMachineCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`

/** The eight digits of what was typed; undefined where it cannot be a code. */
export function readMachineCode(typed: string): string | undefined {
  const code = typed.replaceAll(/[\s.-]/g, '')
  return /^\d{8}$/.test(code) ? code : undefined
}
