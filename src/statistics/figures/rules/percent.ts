// Một tỷ lệ có tử số và mẫu số, hoặc không có: 0/0 là “không phát sinh”, không phải 0 hay 100.
export { percentOf } from '../../../platform/money.ts'
