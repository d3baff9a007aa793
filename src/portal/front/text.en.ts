import { clockOfMinute, writeDay } from '../../platform/day.ts'
import { writeNumber, writeSum } from '../../platform/money.ts'
import { type PortalText } from './text.vi.ts'

const weekdays = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const span = (intervals: readonly { from: number; to: number }[]) =>
  intervals.map(({ from, to }) => `${clockOfMinute(from)}–${clockOfMinute(to)}`).join(', ')
const grouped = (amount: number) => writeNumber(amount).replaceAll('.', ',')

const plural: Readonly<Record<string, string>> = {
  copy: 'copies',
  page: 'pages',
  signature: 'signatures',
  contract: 'contracts',
}

export const en: PortalText = {
  start: {
    home: 'Start',
    crumbs: 'You are here',
    title: 'What do you need to do?',
    lead: 'Describe it in everyday words, Vietnamese (with or without accents) or English.',
    search: 'Find a procedure',
    hint: 'For example: birth certificate, ket hon (marriage), chung thuc (certified copy)',
    button: 'Search',
    events: 'What people often come for',
    fields: 'By field',
    all: 'See all procedures',
    track: 'Follow a dossier',
    trackLead: 'See where it is, who is working on it and when the result is due.',
    trackCode: 'Dossier code',
    trackCodeHint: (example) => `Printed on the receipt, for example ${example}`,
    trackKey: 'Tracking key or telephone number',
    trackKeyHint: 'The key is printed below the QR code of the receipt',
    trackButton: 'Follow',
    more: 'More',
    links: [
      ['My dossiers and what I have begun', '/ho-so-cua-toi'],
      ['Make an appointment', '/dat-lich'],
      ['Send a petition', '/phan-anh'],
      ['Your personal data', '/du-lieu-ca-nhan'],
    ],
  },
  search: {
    title: 'Procedures',
    found: (words) => `Results for “${words}”`,
    inField: (field) => `Procedures: ${field}`,
    nearest: (words) => `No procedure has exactly the words “${words}”. The nearest are:`,
    nothing: (words) => `No procedure was found for “${words}”.`,
    nothingHelp: (desk) => `Try fewer words or Vietnamese ones, or choose a field below. You can also ask at ${desk}.`,
    elsewhere: (matter) => `${matter}: this is handled elsewhere`,
    elsewhereAt: 'Who handles it',
    elsewhereSource: 'By law',
    elsewhereUnsure: 'By the general rules; places may differ. Ask the office that handles it before you go.',
    elsewhereOnline: 'File it online on the National Public Service Portal',
    alsoHere: 'Procedures here that mention it',
    next: 'More',
    first: 'Back to the beginning',
    posterOfField: 'QR code of this field (PDF)',
  },
  count: (number) => `${grouped(number)} ${number === 1 ? 'procedure' : 'procedures'}`,
  weekday: (weekday) => weekdays[weekday] ?? '',
  day: (weekday, day) => `${weekdays[weekday]} ${writeDay(day)}`,
  hours(days, intervals) {
    const sorted = days.toSorted((a, b) => a - b)
    const first = sorted[0]
    const last = sorted.at(-1)
    const isRun = first !== undefined && last !== undefined && last - first === sorted.length - 1 && sorted.length > 2
    return `${isRun ? `${weekdays[first]} to ${weekdays[last]}` : sorted.map((each) => weekdays[each]).join(', ')}: ${span(intervals)}`
  },
  saturday: (intervals) => `Saturday, receiving only: ${span(intervals)}`,
  dong: (amount) => (amount === 0 ? 'Free' : writeSum(amount, 'en')),
  procedure: {
    code: (code) => `Procedure ${code}`,
    onlyVietnamese:
      'This procedure is published in Vietnamese only. Headings, times, costs and the names of papers are translated here; conditions, cases and explanations stand in Vietnamese as published. If you cannot read them, ask at the desk.',
    isItForMe: 'Is this for me?',
    subjects: 'For',
    conditions: 'Conditions',
    whichCase: 'Which case is yours?',
    chosen: 'chosen',
    papers: (sets) => `What do I bring?${sets > 1 ? ` (${sets} sets)` : ''}`,
    noPapers: 'You do not have to hand in any paper.',
    always: 'Papers to hand in',
    sometimes: 'Only in the situations named',
    shown: 'To show; you get them back at once',
    number: (originals, copies) =>
      [
        originals > 0 && `${originals} ${originals === 1 ? 'original' : 'originals'}`,
        copies > 0 && `${copies} ${copies === 1 ? 'copy' : 'copies'}`,
      ]
        .filter(Boolean)
        .join(', '),
    form: 'Form',
    reusable: 'Not needed when the office can look the data up itself.',
    cost: 'What does it cost?',
    free: 'Nothing.',
    setByProvince: 'The amount is set by the council of the province.',
    perUnit: (amount, unit) => `${amount} per ${unit}`,
    fromUnit: (number, unit) => `from ${unit} ${number} on`,
    cap: (amount, per) => `at most ${amount}${per === 'copy' ? ' a copy' : ''}`,
    fee: 'Fee',
    amount: 'Amount',
    exemptions: 'Reductions',
    exempt: (percent) => (percent === 100 ? 'Free' : `${percent} % off`),
    ready: 'When will it be ready?',
    ifToday: (channels) => `If everything is complete and taken in today (${channels}), the result is there`,
    ifOn: (channels, day) => `If everything is complete and taken in on ${day} (${channels}), the result is there`,
    ifOnline: (answerBy) =>
      `Filed online now, you are told by ${answerBy} (8 working hours) whether the dossier is accepted. If it is accepted only then, you have the result`,
    readyToday: 'today',
    by: (day, time) => `by ${time ? `${time} on ` : ''}${day}`,
    limit: (limit) => `Legal time limit: ${limit}.`,
    afterFifteen: 'What is taken in after 15:00 is ready on the next working day.',
    howCounted: 'How is this day counted?',
    howMany: (unit) => `Number of ${plural[unit] ?? unit}`,
    reckon: 'Work out the cost',
    comesTo: 'In total:',
    estimate: 'The exact day is printed on the receipt.',
    byChannel: { counter: 'at the counter', online: 'online', post: 'by post' },
    and: ' or ',
    where: 'Where do I go?',
    hoursLabel: 'Hours',
    phone: 'Telephone',
    begin: 'Begin',
    beginCounter: (papers) =>
      papers > 0
        ? 'Bring these papers to the desk; an officer checks them and gives you the day of the result at once.'
        : 'Come to the desk; an officer helps you and gives you the day of the result at once.',
    beginAppointment: 'Make an appointment, so that you need not wait',
    beginHere: 'File it here now',
    beginOnline: 'Submit online with a VNeID account.',
    beginOnlineLink: 'Open the National Public Service Portal',
    beginPost: 'Send the papers to the desk by the public postal service.',
    steps: 'The steps',
    results: 'What do I get?',
    noResult: 'This procedure gives no document.',
    law: 'Legal basis',
    details: 'As published',
    decision: 'Decision',
    inForce: (from, to) =>
      to ? `In force from ${writeDay(from)} to ${writeDay(to)}` : `In force since ${writeDay(from)}`,
    newerLaw: (date) =>
      `It follows a text issued on ${writeDay(date)}; before that text took effect some details may have differed.`,
    officialName: 'Full name',
    competent: 'Competent agency',
    executing: 'Carried out by',
    coordinating: 'Together with',
    level: 'Online service',
    related: 'Related procedures',
    print: 'To print',
    posting: 'Posting sheet (PDF)',
    poster: 'QR code (PDF)',
    summary: 'In short',
    summaryCost: 'Cost',
    summaryReady: 'Time limit',
    summaryHow: 'How to submit',
  },
  notFound: {
    title: 'There is no such procedure',
    detail: 'The code is wrong, or the procedure is not yet or no longer in force. Search for it by name.',
    back: 'Find a procedure',
  },
  faults: {
    kinds: {
      missing: {
        title: 'This page was not found',
        detail: 'The address may be mistyped, or the page is no longer there. You can look for it again below.',
      },
      closed: {
        title: 'You cannot see this page',
        detail: 'This page is only for those who have the right to see it.',
      },
      refused: {
        title: 'The request could not be carried out',
        detail: 'What was sent is not right. Go back to the page before, check it and send it again.',
      },
      large: { title: 'What you sent is too large', detail: 'Send less, or send it in parts.' },
      busy: {
        title: 'You have tried too often',
        detail: 'Wait a few minutes and try again. If it is urgent, call or visit the one-stop desk.',
      },
      broken: {
        title: 'The system has a fault',
        detail: 'The fault is ours, not yours. Nothing was recorded; try again in a few minutes.',
      },
      away: { title: 'The system is not ready', detail: 'Try again in a few minutes. Nothing was recorded.' },
    },
    report: (id) => `When you report it, give this code: ${id}`,
    ways: 'Where to go from here',
    links: [
      ['First page', '/'],
      ['Follow a dossier', '/tra-cuu'],
    ],
    desk: (desk) => `Ask at ${desk}`,
  },
  guide: {
    begin: 'Answer a few questions to find your case',
    notThis: 'You may need another procedure',
    instead: 'See the procedure:',
    back: 'Back',
    given: 'What you have answered',
    nothingKept: 'Your answers stand only in the address of this page; nothing is kept.',
  },
  app: { name: 'Một Cửa – procedures and dossiers', shortName: 'Một Cửa' },
  help: {
    title: 'Help',
    lead: 'How to use these pages, and where somebody helps you.',
    parts: [
      {
        title: 'Find a procedure and prepare',
        lines: [
          'Type what you need in everyday words, in Vietnamese (accents do not matter) or English.',
          'The page of a procedure tells: whom it is for, what to bring, what it costs and when it is ready.',
          'Where you do not know your case, a few questions on that page lead to it.',
        ],
        links: [['Find a procedure', '/thu-tuc']],
      },
      {
        title: 'File and follow',
        lines: [
          'Where the authority takes dossiers in online, the page of the procedure has a button; photographs from a telephone will do.',
          'What you have begun is kept as a draft, also without a network; you can go on with it on another device.',
          'Once filed you have a dossier code and a tracking key. With these you see where it is, mend it and pay.',
        ],
        links: [
          ['My dossiers', '/ho-so-cua-toi'],
          ['Follow a dossier', '/tra-cuu'],
        ],
      },
      {
        title: 'No telephone, or not at ease with the internet',
        lines: [
          'Everything here can be done at the desk; an officer does it with you, at no extra cost.',
          'A relative may file for you, with an authorisation or where the law allows it.',
        ],
        links: [['Make an appointment', '/dat-lich']],
      },
      {
        title: 'Made for everyone',
        lines: [
          'Larger type: hold Ctrl and press + on a computer; on a telephone set the size of type in its settings. The page rearranges itself.',
          'A keyboard is enough: Tab goes on, Enter opens; the first Tab leads straight to the main content.',
          'The pages follow WCAG 2.2, level AA, and are checked by automatic tools; nobody independent has assessed them yet.',
          'Not enough yet: texts of procedures are in Vietnamese only; the PDF sheets were not tried with a screen reader.',
          'Tell us what is hard for you to use; until it is mended, an officer at the desk does it with you.',
        ],
        links: [['Report what is hard to use', '/phan-anh']],
      },
      {
        title: 'Install it on a telephone',
        lines: [
          'Open the menu of your browser and choose “Add to home screen” or “Install app”.',
          'Pages that you have seen still open without a network.',
        ],
        links: [],
      },
      {
        title: 'Your personal data',
        lines: [
          'What we keep, why and for how long; who opened your dossiers; how to ask for a copy, a correction or erasure.',
        ],
        links: [['Your personal data', '/du-lieu-ca-nhan']],
      },
    ],
  },
  offline: {
    title: 'There is no network',
    detail: 'This page cannot be opened now. Check the connection and load it again.',
    kept: 'Pages that you have seen still open, and what you have filled in is still on this device.',
  },
}
