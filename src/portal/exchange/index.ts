import type { ShipmentState } from './contract.ts'
import { en } from './text.en.ts'
import { vi } from './text.vi.ts'

/** Front door of the exchange with the national portal and the post. */
export type { ShipmentProgress, ShipmentState } from './contract.ts'
export { followStatuses, sendStatuses } from './outbox.ts'
export { eraseOtherData, type NationalTables } from './national-store.ts'
export type { PartnerTables } from './partner-store.ts'
export { addPartner, makeKey, tidyPartners } from './partners.ts'
export { takeDelivery, type NationalContext } from './national.ts'
export { sandboxKeys, runExchangeSandbox } from './sandbox-command.ts'
export { sandboxDossier } from './sandbox.ts'
export { setPostSetting } from './shipments.ts'
export type { ShipmentTables } from './shipment-store.ts'
export { carryShipments, shipmentsOf } from './shipments.ts'

/** Words for the state of a parcel. */
export const shipmentStates = (language: 'vi' | 'en'): Readonly<Record<ShipmentState, string>> =>
  (language === 'en' ? en : vi).post.states
