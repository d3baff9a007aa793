/** The front door of the web kit: pages of features import from here only. */
export { ApiProblem, api, command, newCommandId, serverNow, toProblem, uploadFile, type FieldError } from './api.ts'
export { Choice, FindChoice, type Option } from './Choice.tsx'
export type { Finder, Found } from './CommandBox.tsx'
export { type Column, DataTable } from './DataTable.tsx'
export { announce, Dialog, SideSheet, useConfirm } from './dialogs.tsx'
export { type Due, type Tone } from './due-view.ts'
export { DayField, IdentityNumberField, MoneyField, TextField } from './fields.tsx'
export { FileDrop } from './FileDrop.tsx'
export { withQuery } from './filters.ts'
export type { Format } from './format.ts'
export { Icon, type IconName } from './Icon.tsx'
export type { Language, Words } from './language.ts'
export type { Page, SectionName } from './page.ts'
export { type Panel, Slot, type SlotFacts } from './slots.tsx'
export {
  DueCell,
  EmptyState,
  Facts,
  Fields,
  Figure,
  KeyHint,
  LinkButton,
  PageHeader,
  PageLink,
  PrintButton,
  printFile,
  Section,
  StatusBadge,
  Timeline,
  type TimelineEntry,
  Toolbar,
} from './parts.tsx'
export { ProblemAlert } from './ProblemAlert.tsx'
export { type Me, useMay, useMe } from './session.tsx'
export { useShortcut } from './shortcuts.tsx'
export { useFormat, useLanguage, useText } from './text.tsx'
export { useApi, useCommand, useForget, usePages } from './use-api.ts'
export { useDraft } from './use-draft.ts'
export { useUnsentFiles } from './unsent-files.tsx'
export { useFilters, useGo, useGoBack, useParameter } from './use-filters.ts'
export { useNow } from './use-now.ts'
export { worded } from './worded.ts'
