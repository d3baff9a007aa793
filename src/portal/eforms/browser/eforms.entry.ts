// Helps with electronic forms where a script runs: checks at once, shows what has to be asked, finds places. The page is
// whole without: the same rules run on the server.
import { enhance } from './enhance.ts'

for (const root of document.querySelectorAll<HTMLElement>('.eform[data-eform]')) void enhance(root)
