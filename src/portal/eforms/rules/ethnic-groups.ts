// The 54 ethnic groups: Quyết định 121-TCTK/PPCĐ ngày 02/3/1979 of the statistics office. Others are written all the same.

/** Offered beside a field of this kind; the first is nine people's of ten. */
export const ethnicGroups: readonly string[] =
  `Kinh, Tày, Thái, Mường, Khmer, Hoa, Nùng, Mông, Dao, Gia Rai, Ê Đê, Ba Na, Sán Chay, Chăm, Cơ Ho, Xơ Đăng, Sán Dìu,
  Hrê, Ra Glai, Mnông, Thổ, Xtiêng, Khơ Mú, Bru - Vân Kiều, Cơ Tu, Giáy, Tà Ôi, Mạ, Giẻ Triêng, Co, Chơ Ro, Xinh Mun,
  Hà Nhì, Chu Ru, Lào, La Chí, Kháng, Phù Lá, La Hủ, La Ha, Pà Thẻn, Lự, Ngái, Chứt, Lô Lô, Mảng, Pu Péo, Cơ Lao, Bố Y,
  Si La, Cống, Brâu, Rơ Măm, Ơ Đu`.split(/,\s*/)

/** Names by which the lists or the people themselves also call a group. */
const alsoSaid: readonly string[] =
  'Việt, Khơ Me, Khơ-me, Hán, Mèo, Hmông, HMông, H’Mông, Jrai, Gia-rai, Rhade, Ede, Bahnar, Ba-na, Cao Lan, Sán Chỉ, Chàm, Kơ Ho, Xê Đăng, Xê-đăng, Raglay, Raglai, Mơ Nông, M’Nông, Xtiêng, S’Tiêng, Bru, Vân Kiều, Cờ Tu, Cơ-tu, Tà-ôi, Pa Cô, Gié Triêng, Cor, Chơ-ro, Chu-ru, Chil, Nguồn, Cơ Lao, Cờ Lao'.split(
    ', ',
  )

/** Letters alone, without accents: `Ê-đê` and `ede` are one. */
const bare = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/[^A-Za-zđĐ]/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')

const known = new Set([...ethnicGroups, ...alsoSaid].map(bare))

/** Whether a group is called so; a person's name is not. Who belongs to a people of another country is not in the list. */
export const isEthnicGroup = (name: string): boolean => known.has(bare(name.replace(/^\s*(?:dân tộc|người)\s+/iu, '')))
