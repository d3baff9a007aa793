import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CampaignSummary } from '../contract.ts'
import { hasUninvited } from './campaign-view.ts'

test('more ballots than invitations are explained, where people are invited at all', () => {
  const given = (channels: CampaignSummary['channels'], invited: number, received: number) =>
    hasUninvited({ channels, progress: { invited, received, channels: [], inUrn: 0, papersOpen: 0 } })
  assert.equal(given(['token', 'kiosk', 'paper'], 30, 38), true)
  assert.equal(given(['token', 'kiosk', 'paper'], 30, 12), false)
  assert.equal(given(['paper'], 0, 38), false)
})
