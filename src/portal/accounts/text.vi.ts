export const vi = {
  notSignedIn: 'Bạn chưa đăng nhập hoặc phiên đăng nhập đã hết hạn.',
}

export type AccountText = typeof vi
