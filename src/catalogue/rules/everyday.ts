import { sayings } from './sayings.ts'
import { searchWords } from './search-key.ts'

/** One thing that a person asked for: any of these ways to say it, each a list of words. */
export type Meaning = readonly (readonly string[])[]

/** Words that say nothing of what somebody wants, as `searchWords` writes them. */
const empty = new Set(
  `ai anh ba bac ban bang bao bi biet bo boi bua cac cach cai can cau chac chang chau chi chien cho chu chua chung co con cua
  da dang dau day de den di dieu do duoc em ghe gi gia giay giup ha hang hay he hien het ho hoi la lai lam lan len luon ma mang may minh mot
  muon nao nay nen ngay nha nhe nhieu nhu nhung nhung no noi o oi phai ra roi sao sap se ta tai the thi tho thoi thu ti toi tren tu tuc tui
  va vay ve vi voi vua vui xem xin y
  an and apply certificate for get how is my need of open register registration want where with`
    .split(/\s+/)
    .filter(Boolean),
)

const table = sayings
  .map(([said, ...meant]) => ({ said: searchWords(said), meant: meant.map(searchWords) }))
  .toSorted((a, b) => b.said.length - a.said.length)

/**
 * What an everyday question asks for: sayings put into the words of the catalogue, empty words left out. A question of
 * empty words only gives them back as they are, so that nothing typed is without an answer.
 */
export function meaningsOf(question: string): Meaning[] {
  const words = searchWords(question).slice(0, 30)
  const found: Meaning[] = []
  let left = words
  while (left.length > 0) {
    const saying = table.find(({ said }) => said.every((word, place) => left[place] === word))
    if (saying) {
      found.push([saying.said, ...saying.meant])
      left = left.slice(saying.said.length)
      continue
    }
    const [word = '', ...rest] = left
    if (word.length > 1 && !empty.has(word)) found.push([[word]])
    left = rest
  }
  return found.length > 0 ? found : words.map((word) => [[word]])
}
