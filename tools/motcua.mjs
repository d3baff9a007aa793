#!/usr/bin/env node
import { start, tell } from './start.mjs'

await start('cli', process.argv.slice(2)).catch(tell)
