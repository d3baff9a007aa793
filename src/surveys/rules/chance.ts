// Chọn mẫu ngẫu nhiên lặp lại được: cùng hạt giống và cùng hồ sơ thì cùng kết quả, ai cũng kiểm lại được.

/** A number from 0 up to but not 1, fixed by the seed and the name. */
export function drawOf(seed: string, name: string): number {
  const text = `${seed} ${name}`
  let one = 0xdeadbeef
  let other = 0x41c6ce57
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    one = Math.imul(one ^ code, 2_654_435_761)
    other = Math.imul(other ^ code, 1_597_334_677)
  }
  one = Math.imul(one ^ (one >>> 16), 2_246_822_507) ^ Math.imul(other ^ (other >>> 13), 3_266_489_909)
  other = Math.imul(other ^ (other >>> 16), 2_246_822_507) ^ Math.imul(one ^ (one >>> 13), 3_266_489_909)
  return (4_294_967_296 * (2_097_151 & other) + (one >>> 0)) / 2 ** 53
}

export const isDrawn = (seed: string, name: string, percent: number): boolean => drawOf(seed, name) * 100 < percent
