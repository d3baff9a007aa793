const shapes = {
  intake: 'M3 11h4l1.5 2.5h3L13 11h4M3 11V16h14V11M10 3v6M7.5 6.5 10 9l2.5-2.5',
  dossiers: 'M2.5 5.5V15.5h15V7H10L8.2 5H2.5Z',
  lookup: 'M8.75 14.5a5.75 5.75 0 1 0 0-11.5 5.75 5.75 0 0 0 0 11.5ZM13 13l4 4',
  register: 'M4 3.5h10.5a1 1 0 0 1 1 1V17H5.5A1.5 1.5 0 0 1 4 15.5ZM4 15.5A1.5 1.5 0 0 1 5.5 14h10M7.5 7h5M7.5 10h3',
  reports: 'M3 17h14M5.5 17V11M10 17V4M14.5 17V8',
  plan: 'M8.5 5.5H17M8.5 10H17M8.5 14.5H17M3 5.5l1.2 1.2L6.3 4.5M3 10l1.2 1.2L6.3 9M3 14.5l1.2 1.2 2.1-2.2',
  catalogue: 'M4 3.5h5v5H4ZM11.5 3.5h5v5h-5ZM4 11.5h5v5H4ZM11.5 11.5h5v5h-5Z',
  admin: 'M3 6h7M14 6h3M12 4v4M3 14h3M10 14h7M8 12v4',
  home: 'M3 9.5 10 3.5l7 6M5 8v8.5h10V8M8.5 16.5V12h3v4.5',
  clock: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 6v4.2l2.7 1.6',
  late: 'M10 3 18 17H2ZM10 8.2v4M10 14.4v.2',
  warning: 'M10 3 18 17H2ZM10 8.2v4M10 14.4v.2',
  waiting:
    'M5.5 3.5h9M5.5 16.5h9M6.5 3.5c0 4 3.5 4.5 3.5 6.5s-3.5 2.5-3.5 6.5M13.5 3.5c0 4-3.5 4.5-3.5 6.5s3.5 2.5 3.5 6.5',
  done: 'M4 10.5l4 4 8-9',
  check: 'M4 10.5l4 4 8-9',
  info: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 9.2v4.3M10 6.4v.2',
  person: 'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM4 17c.4-3.2 2.8-5 6-5s5.6 1.8 6 5',
  building: 'M4 17V4.5h7.5V17M11.5 8.5H16V17M2.5 17h15M6.5 7.5h2.5M6.5 10.5h2.5M6.5 13.5h2.5',
  print: 'M6 7V3.5h8V7M6 13.5H3.5V7h13v6.5H14M6 11.5h8v5H6Z',
  file: 'M5 3h6.5L15 6.5V17H5ZM11.5 3v3.5H15',
  upload: 'M10 13V4M6.5 7.5 10 4l3.5 3.5M4 13v3.5h12V13',
  download: 'M10 4v9M6.5 9.5 10 13l3.5-3.5M4 13v3.5h12V13',
  close: 'M5 5l10 10M15 5 5 15',
  plus: 'M10 4v12M4 10h12',
  down: 'M5 8l5 5 5-5',
  right: 'M8 5l5 5-5 5',
  left: 'M12 5l-5 5 5 5',
  forward: 'M3.5 10h12M11 5.5l4.5 4.5-4.5 4.5',
  undo: 'M7 4 3.5 7.5 7 11M3.5 7.5H12a4.25 4.25 0 0 1 0 8.5H8',
  edit: 'M4 16l.8-3.5L13.5 3.8l2.7 2.7L7.5 15.2ZM11.5 5.8l2.7 2.7',
  remove: 'M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.7 11h7.6l.7-11M8.5 8.5v5M11.5 8.5v5',
  sun: 'M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM10 2v1.8M10 16.2V18M2 10h1.8M16.2 10H18M4.3 4.3l1.3 1.3M14.4 14.4l1.3 1.3M4.3 15.7l1.3-1.3M14.4 5.6l1.3-1.3',
  moon: 'M16 11.8A6.5 6.5 0 0 1 8.2 4a6.5 6.5 0 1 0 7.8 7.8Z',
  language: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM3 10h14M10 3c2.3 2 3 4.3 3 7s-.7 5-3 7c-2.3-2-3-4.3-3-7s.7-5 3-7Z',
  keyboard: 'M2.5 5.5h15v9h-15ZM5.5 8.5h.1M8.5 8.5h.1M11.5 8.5h.1M14.5 8.5h.1M6.5 11.7h7',
  lock: 'M5 9h10v7.5H5ZM7 9V6.5a3 3 0 0 1 6 0V9',
  signOut: 'M8 3.5H4v13h4M8 10h9M13.5 6.5 17 10l-3.5 3.5',
  more: 'M4.5 10h.1M10 10h.1M15.5 10h.1',
  show: 'M2 10c2-3.5 4.7-5.2 8-5.2s6 1.7 8 5.2c-2 3.5-4.7 5.2-8 5.2S4 13.5 2 10ZM10 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6Z',
  hide: 'M2 10c2-3.5 4.7-5.2 8-5.2s6 1.7 8 5.2c-2 3.5-4.7 5.2-8 5.2S4 13.5 2 10ZM3.5 16.5l13-13',
  calendar: 'M3.5 5h13v11.5h-13ZM3.5 8.5h13M7 3v3.5M13 3v3.5',
  filter: 'M3 4.5h14L11.5 11v5l-3-1.5V11Z',
  link: 'M8.5 11.5a3 3 0 0 0 4.2 0l3-3a3 3 0 0 0-4.2-4.2l-1 1M11.5 8.5a3 3 0 0 0-4.2 0l-3 3a3 3 0 0 0 4.2 4.2l1-1',
  copy: 'M7 7h9.5v9.5H7ZM13 7V3.5H3.5V13H7',
  scan: 'M3.5 7V3.5H7M13 3.5h3.5V7M16.5 13v3.5H13M7 16.5H3.5V13M6.5 10h7',
  reload: 'M16 10a6 6 0 1 1-1.8-4.3L16 7.5M16 3.5v4h-4',
  sign: 'M3 16.5h14M5 13c3-1 6.5-7 6-9s-2.5.5-2.5 4 1.5 5 3 5 2-1.5 2.5-2.5c.3 1 .8 2 2 2',
  hand: 'M3 12.5h3l2-1.5h3.5a1.2 1.2 0 0 1 0 2.5H9M11.7 12.8l4-1.8a1.2 1.2 0 0 1 1.2 2l-5 3.5H7L6 15.5H3M10 3v5M7.8 5.8 10 8l2.2-2.2',
  swap: 'M4 7h11M12 4l3 3-3 3M16 13H5M8 10l-3 3 3 3',
  question:
    'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM7.9 8c.1-1.3 1-2 2.1-2s2.1.7 2.1 1.9c0 1.6-2.1 1.7-2.1 3.3M10 13.6v.2',
} as const

export type IconName = keyof typeof shapes

/** One of our own line icons. Always beside a word, so it says nothing to a screen reader. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg className="k-icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  )
}
