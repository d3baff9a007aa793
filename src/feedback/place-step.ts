import { findPlaces, listPlaces, type Place } from '../staff/index.ts'
import type { Draft } from './drafts.ts'
import type { PublicText } from './public-text.vi.ts'
import { readCoordinates } from './rules/draft.ts'
import { choosePlace, placeInFull, type PlaceOffer } from './rules/place-choice.ts'

type Given = (name: string, longest?: number) => string
export type PlaceAnswer = { draft: Draft; errors: Record<string, string>; places?: PlaceOffer[] }

/** Value of the choice “none of these”: what was typed stays as words. */
export const NO_PLACE = '-'

const at = (place: Place): Pick<Draft, 'placeQuery' | 'placeCode' | 'placeName'> => {
  const named = `${place.name}, ${place.provinceName}`
  return { placeQuery: named, placeCode: place.code, placeName: named }
}

/**
 * Most things happen where the office is: its commune stands there already, to be changed or emptied. What the person wrote
 * stays, also when another office is chosen; `before` is the commune of the one chosen so far.
 */
export function beginAtHome(draft: Draft, home: string | null, before: string | null = null): Draft {
  const isOwnWords = draft.placeQuery !== '' && draft.placeCode !== before
  const place = isOwnWords ? undefined : listPlaces().find(({ code }) => code === home)
  return place ? { ...draft, ...at(place) } : draft
}

/** Reads the answer to where it happened; offers communes where the words mean several. */
export function readPlace(
  body: Given,
  draft: Draft,
  { text, home }: { text: PublicText['place']; home: string | null },
): PlaceAnswer {
  const query = body('noi', 200)
  const errors: Record<string, string> = {}
  const coordinates = readCoordinates(body('vi-do', 40), body('kinh-do', 40))
  if (coordinates === undefined) errors['vi-do'] = text.wrongPoint
  const next: Draft = {
    ...draft,
    placeQuery: query,
    placeDetail: body('cho', 300),
    coordinates: coordinates ?? null,
    placeCode: null,
    placeName: '',
  }
  if (!query) return { draft: next, errors }
  const isSame = query === draft.placeQuery
  if (isSame && draft.placeName)
    return { draft: { ...next, placeCode: draft.placeCode, placeName: draft.placeName }, errors }
  // A choice belongs to the words for which it was offered.
  const chosen = isSame ? body('noi-ma', 10) : ''
  if (chosen === NO_PLACE) return { draft: { ...next, placeName: query }, errors }
  const picked = chosen ? listPlaces().find(({ code }) => code === chosen) : placeInFull(query, listPlaces())
  const choice = picked
    ? { place: picked }
    : choosePlace(query, findPlaces({ query, limit: 12, near: home ?? undefined }), home)
  if (choice === 'unknown') return { draft: next, errors: { ...errors, noi: text.none } }
  if ('place' in choice) return { draft: { ...next, ...at(choice.place) }, errors }
  // Asked for the first time it is a question and no mistake.
  if (isSame && body('noi-chon', 1)) errors['noi-ma'] = text.many
  return { draft: next, errors, places: choice.offers }
}
