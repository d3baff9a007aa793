import { serve } from './main.ts'

// For `npm run dev`, which starts this file again at each change.
await serve(process.argv.slice(2))
