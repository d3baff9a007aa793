/** Telephone numbers as they are compared: digits only, the country code 84 written as 0. */
export const phoneIndexOf = (phone: string): string => phone.replace(/\D/g, '').replace(/^84/, '0')
