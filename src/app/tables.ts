import type { CalendarTables } from '../calendar/index.ts'
import type { CatalogueTables } from '../catalogue/index.ts'
import type { DocumentTables } from '../documents/index.ts'
import type { DossierTables } from '../dossiers/index.ts'
import type { FeedbackTables } from '../feedback/index.ts'
import type { IdentityTables } from '../identity/index.ts'
import type { AccountTables } from '../portal/accounts/index.ts'
import type { EformTables } from '../portal/eforms/index.ts'
import type { FilingTables, MarkTables } from '../portal/filing/index.ts'
import type { NationalTables, PartnerTables, ShipmentTables } from '../portal/exchange/index.ts'
import type { CounterTables } from '../portal/counter/index.ts'
import type { NoticeTables } from '../portal/notices/index.ts'
import type { PersonalDataTables } from '../portal/personal-data/index.ts'
import type { StaffTables } from '../staff/index.ts'
import type { SurveyTables } from '../surveys/index.ts'
import type { FigureTables } from '../statistics/figures/index.ts'
import type { FormTables } from '../statistics/forms/index.ts'
import type { ReportTables } from '../statistics/reports/index.ts'
import type { PaymentTables } from '../portal/payment/index.ts'
import type { WorkflowTables } from '../workflow/index.ts'

/** The tables of all features; each feature sees its own alone. */
export type Tables = StaffTables &
  IdentityTables &
  CalendarTables &
  CatalogueTables &
  WorkflowTables &
  DocumentTables &
  DossierTables &
  PaymentTables &
  EformTables &
  AccountTables &
  PersonalDataTables &
  FilingTables &
  MarkTables &
  FeedbackTables &
  SurveyTables &
  FigureTables &
  FormTables &
  ReportTables &
  NoticeTables &
  CounterTables &
  PartnerTables &
  NationalTables &
  ShipmentTables
