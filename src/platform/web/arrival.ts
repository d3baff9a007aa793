// Whether the page now shown was reached by going back (or forward): then lists keep their place and focus.
let back = false

export const noteArrival = (action: string): void => {
  back = action === 'BACK' || action === 'FORWARD' || action === 'GO'
}

export const arrivedBack = (): boolean => back

// The row that was opened last, by the address of its list.
const opened = new Map<string, string>()

export const rememberRow = (place: string, row: string): void => {
  opened.set(place, row)
}

export const rememberedRow = (place: string): string | undefined => opened.get(place)
