/** Somebody invented whom the sandbox provider vouches for, and who has an account in the demonstration. */
export const sandboxCitizen = {
  name: 'Nguyễn Thị Thu Hà',
  // 030: Hải Dương; 1: born in the 20th century, a woman; 90: in 1990 (NĐ 137/2015/NĐ-CP, Điều 13).
  identityNumber: '030190004215',
  birthDay: '1990-05-20',
  sex: 'female',
  email: 'thuha@dung-thu.example',
} as const
