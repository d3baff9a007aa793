// How a paper that is not handed in is there all the same, or why it need not be.
import type { ComponentRule } from '../../catalogue/index.ts'
import type { ComponentWay } from './events.ts'

/** What is said of a paper: whether it is there, or how it stays out. */
type Said = { given: boolean; way?: ComponentWay | undefined }

/**
 * The ways that are open for a paper. NĐ 118/2025/NĐ-CP, Điều 17: what the agency can look up itself is not asked for;
 * what the law only has shown need not be brought before the result is fetched.
 */
export const openWays = ({ need, reusable }: Pick<ComponentRule, 'need' | 'reusable'>): ComponentWay[] => [
  ...(need === 'shown' ? [] : (['counter'] as const)),
  ...(reusable ? (['data'] as const) : []),
  ...(need === 'shown' ? (['shown'] as const) : []),
  ...(need === 'conditional' ? (['not-mine'] as const) : []),
]

/** What is handed in has no other way, and a way that the rule of the paper does not open is none. */
export const isOpenWay = ({ given, way }: Said, rule: Pick<ComponentRule, 'need' | 'reusable'>): boolean =>
  way === undefined || (!given && openWays(rule).includes(way))

/** The first of the papers that is said to stay out in a way that its rule does not open. */
export const withClosedWay = <Paper extends Said & { key: string }>(
  papers: readonly Paper[],
  rules: readonly ComponentRule[],
): Paper | undefined => papers.find((paper) => rules.some((rule) => rule.key === paper.key && !isOpenWay(paper, rule)))

/** Whether the dossier is incomplete without it: a paper that the agency looks up is not missing. */
export const isMissing = ({ need }: Pick<ComponentRule, 'need'>, state: Said | undefined): boolean =>
  need === 'required' && !state?.given && state?.way !== 'data'
