export {
  feesOf,
  placesFor,
  readyFor,
  soleAuthority,
  type Place,
  type PortalContext,
  type PortalTables,
  type Ready,
} from '../filing/index.ts'
