// NĐ 30/2020/NĐ-CP, Phụ lục I: tên cơ quan, tổ chức ban hành văn bản ghi đầy đủ.

/** `Xã Hải Hưng` → `Ủy ban nhân dân xã Hải Hưng`; agencies that are not a territory carry their own name. */
export const authorityName = ({ kind, fullName }: { kind: string; fullName: string }): string =>
  kind === 'province' || kind === 'district' || kind === 'commune'
    ? `Ủy ban nhân dân ${inSentence(fullName)}`
    : fullName

/** `UBND xã Hải Hưng`, for narrow places. */
export const shortAuthorityName = ({ kind, fullName }: { kind: string; fullName: string }): string =>
  authorityName({ kind, fullName }).replace('Ủy ban nhân dân', 'UBND')

/** `Xã Hải Hưng` → `xã Hải Hưng`, as it stands inside a sentence. */
export const inSentence = (fullName: string): string => {
  const kind = territories.find((word) => fullName.startsWith(`${word} `))
  return kind === undefined ? fullName : kind.toLowerCase() + fullName.slice(kind.length)
}

const territories = ['Tỉnh', 'Thành phố', 'Quận', 'Huyện', 'Thị xã', 'Thị trấn', 'Phường', 'Xã', 'Đặc khu'] as const
