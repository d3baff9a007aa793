import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false }
const CommandId = Type.Optional(Type.String({ pattern: '^[0-9a-f-]{36}$' }))
const Line = (maxLength: number, minLength = 0) =>
  Type.String({ minLength, maxLength, pattern: '^[^\\u0000-\\u001f\\u007f]*$' })
const Uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })
const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })

export const PartnerKind = Type.Union([Type.Literal('national-portal'), Type.Literal('post')])
export type PartnerKind = Static<typeof PartnerKind>

const Address = Type.Union([Type.String({ maxLength: 300 }), Type.Null()])

export const NewPartner = Type.Object(
  {
    partnerId: Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$' }),
    kind: PartnerKind,
    name: Line(200, 1),
    address: Address,
    commandId: CommandId,
  },
  closed,
)
export const PartnerChange = Type.Object(
  { name: Line(200, 1), address: Address, enabled: Type.Boolean(), commandId: CommandId },
  closed,
)
export const PartnerParams = Type.Object({ partnerId: Type.String({ maxLength: 40 }) })
export const KeyParams = Type.Object({ ...PartnerParams.properties, keyId: Type.String({ maxLength: 40 }) })

export type PartnerView = {
  partnerId: string
  kind: PartnerKind
  name: string
  address: string | null
  enabled: boolean
  keys: { keyId: string; madeAt: string; lastUsedAt: string | null; revokedAt: string | null }[]
}
export type PartnerList = { items: PartnerView[] }
/** A key as it is shown this once. */
export type NewKey = { keyId: string; secret: string }

export const DeliveryQuery = Type.Object({
  refused: Type.Optional(Type.Literal('1')),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 100 }),
})
export type DeliveryView = {
  deliveryId: string
  partnerId: string
  receivedAt: string
  nationalCode: string
  outcome: 'lodged' | 'supplemented' | 'withdrawn' | 'repeated' | 'superseded' | 'refused'
  code: string | null
  detail: string | null
  dossierId: string | null
}
export type DeliveryList = { items: DeliveryView[] }

export const StatusQuery = Type.Object({
  unsent: Type.Optional(Type.Literal('1')),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 100 }),
})
export type StatusView = {
  agencyId: number
  dossierId: string
  version: number
  partnerId: string
  nationalCode: string
  status: number
  happenedAt: string
  state: 'queued' | 'sending' | 'sent' | 'failed' | 'skipped'
  attempts: number
  nextAt: string
  lastCode: string | null
  sentAt: string | null
}
export type StatusList = { items: StatusView[] }

export const StatusDecision = Type.Object(
  {
    agencyId: Id,
    dossierId: Uuid,
    version: Id,
    action: Type.Union([Type.Literal('resend'), Type.Literal('skip')]),
    commandId: CommandId,
  },
  closed,
)

export const DossierParams = Type.Object({ dossierId: Uuid })

/** What an officer sees of a dossier that came from the national portal. */
export type NationalView = {
  national: {
    nationalCode: string
    partnerName: string
    filedAt: string | null
    verified: boolean
    digitised: boolean
    paid: number
    /** What came in the form and fits none of ours. */
    otherData: OtherData[]
    statuses: StatusView[]
  } | null
}
export type OtherData = { name: string; value: string }

// --- Post ------------------------------------------------------------------------------------------------------------

export const ShipmentState = Type.Union(
  (
    ['asked', 'created', 'taken', 'under-way', 'failed-attempt', 'delivered', 'returned', 'lost', 'cancelled'] as const
  ).map((state) => Type.Literal(state)),
)
export type ShipmentState =
  | 'asked'
  | 'created'
  | 'taken'
  | 'under-way'
  | 'failed-attempt'
  | 'delivered'
  | 'returned'
  | 'lost'
  | 'cancelled'

export const Recipient = Type.Object(
  { name: Line(200, 1), phone: Type.String({ pattern: '^[0-9+ .()-]{8,20}$' }), address: Line(300, 5) },
  closed,
)
export type Recipient = Static<typeof Recipient>

export const NewShipment = Type.Object({ commandId: Uuid, recipient: Recipient }, closed)
export const ShipmentParams = Type.Object({ ...DossierParams.properties, shipmentId: Uuid })

/** Where a parcel is, without whose it is: also what the tracking page may show. */
export type ShipmentProgress = {
  shipmentId: string
  carrier: string
  number: string | null
  state: ShipmentState
  stateAt: string
  askedAt: string
  deliveredAt: string | null
  events: { state: ShipmentState; at: string; place: string }[]
}

export type ShipmentView = ShipmentProgress & {
  recipient: Recipient
  askedBy: string | null
  attempts: number
  lastCode: string | null
}

/** What the desk sees of the post on the page of a dossier. */
export type PostView = {
  /** The applicant wants it by post, the result is signed and ready at the desk, and none is on its way. */
  mayShip: boolean
  mayReturn: boolean
  refusal: { code: string; detail: string } | null
  suggested: Recipient | null
  shipments: ShipmentView[]
  /** Delivered, and the dossier is still to be ended by an officer. */
  proposeReturn: boolean
}

export const PostSettingInput = Type.Object(
  {
    agencyId: Id,
    partnerId: Type.Union([Type.String({ maxLength: 40 }), Type.Null()]),
    senderName: Line(200, 1),
    senderAddress: Line(300, 1),
    senderPhone: Line(20),
    returnByItself: Type.Boolean(),
    commandId: CommandId,
  },
  closed,
)
export type PostSettingInput = Static<typeof PostSettingInput>
export type PostSettings = {
  agencies: { agencyId: number; name: string }[]
  carriers: { partnerId: string; name: string }[]
  settings: Omit<PostSettingInput, 'commandId'>[]
}
