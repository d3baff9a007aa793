// The numbers by which the law knows persons are checked in one place, for the desk and for what citizens fill in.
export * from '../../platform/identity-number.ts'
