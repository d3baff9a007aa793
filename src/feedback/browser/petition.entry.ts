import { escapeHtml } from '../../platform/http/html.ts'
import { readCoordinates } from '../rules/draft.ts'
import { placePicture } from '../rules/place-picture.ts'

/** The position of the telephone, asked for on a button alone, and the picture of a point while it is typed. */
const box = document.querySelector<HTMLElement>('[data-picture]')
const north = document.querySelector<HTMLInputElement>('#vi-do')
const east = document.querySelector<HTMLInputElement>('#kinh-do')
const ask = document.querySelector<HTMLElement>('[data-locate]')
const problem = document.querySelector<HTMLElement>('[data-locate-problem]')

function draw(): void {
  if (!box || !north || !east) return
  const point = readCoordinates(north.value, east.value)
  const { label = '', cell = '', north: northWord = '' } = box.dataset
  box.innerHTML = point ? placePicture(point, { label, cell, north: northWord, write: escapeHtml }) : ''
}

for (const input of [north, east]) input?.addEventListener('input', draw)

if (ask && 'geolocation' in navigator) {
  ask.hidden = false
  ask.querySelector('button')?.addEventListener('click', () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        if (!north || !east) return
        north.value = coords.latitude.toFixed(5).replace('.', ',')
        east.value = coords.longitude.toFixed(5).replace('.', ',')
        if (problem) problem.textContent = ''
        draw()
      },
      () => {
        if (problem) problem.textContent = ask.dataset['denied'] ?? ''
      },
      { enableHighAccuracy: true, timeout: 15_000 },
    )
  })
}
