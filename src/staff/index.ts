export { isValidOn, roles, type Post, type Role, type Validity } from './rules/post.ts'
