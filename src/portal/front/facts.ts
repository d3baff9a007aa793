export {
  feesOf,
  placeOf,
  placesFor,
  readyFor,
  type Place,
  type PortalContext,
  type PortalTables,
  type Ready,
} from '../filing/index.ts'
