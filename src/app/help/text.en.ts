import type { HelpText } from './text.vi.ts'

export const en: HelpText = {
  title: 'How to use it',
  note: 'Written by role: yours stands first. Each piece of work names its steps and the page for it.',
  mine: 'Your work',
  others: 'Work of the other roles',
  everybody: 'What everybody should know',
  keys: 'Keyboard shortcuts',
  keysNote: 'Press ? on any page to see the keys that work there; Ctrl K opens the search.',
  roles: {
    'receiving-officer': {
      name: 'Receiving officer',
      about: 'Takes dossiers in, asks for what is missing, passes them on, takes fees and hands results over.',
      tasks: [
        {
          title: 'Take a dossier in',
          steps: [
            'Scan the QR code of the identity card into the number field, or type the 12 digits. Somebody who has been here before is offered.',
            'Type the procedure in everyday words, without accents if you like; choose the case where there are several.',
            'Tick the papers that were handed in. The due date with its reason and the fee stand at the right at once.',
            'Press Receive (Ctrl Enter) and print the receipt. Where papers are missing, ask for them; where the authority is not competent, refuse: the slip is made.',
          ],
          to: '/tiep-nhan',
          link: 'Open intake',
        },
        {
          title: 'Receive online dossiers and pass them on',
          steps: [
            'An online dossier must be received, or its supplement asked for, within 8 working hours; what is due first stands first.',
            'Open it, check the papers, press Receive and then Forward. What came after 15:00 is passed on the next working morning at the latest.',
          ],
          to: '/ho-so?whose=unit',
          link: 'Open the work of the unit',
        },
        {
          title: 'Dossiers that another commune decides',
          steps: [
            'Where a procedure may be lodged anywhere, choose the deciding authority under the procedure. The dossier is noted here and sent there to be received.',
            'The desk where it was lodged still takes fees and supplements and hands the result over.',
          ],
        },
        {
          title: 'Hand a result over',
          steps: [
            'Find the dossier by the code on the receipt (it can be scanned), name, number or telephone.',
            'Take what is still owed, then press Return result and choose who receives it.',
          ],
          to: '/tra-cuu',
          link: 'Open look-up',
        },
      ],
    },
    specialist: {
      name: 'Specialist',
      about: 'Examines what came to the unit, asks for supplements and opinions, drafts the result.',
      tasks: [
        {
          title: 'Take and settle a dossier',
          steps: [
            'The list is ordered by due date. Press Take so that colleagues know that you have it.',
            'Open it, read the papers, attach the draft and your note when you complete the step. It goes to who signs.',
          ],
          to: '/ho-so',
          link: 'Open waiting work',
        },
        {
          title: 'Ask for a supplement',
          steps: [
            'Tick each paper, say what to change and why. The slip is made and the clock stops.',
            'While it is processed this is possible once; the applicant has 15 days. After that the dossier is closed.',
          ],
        },
        {
          title: 'Opinions and payments',
          steps: [
            'An opinion names the unit and the day of the answer; the clock runs on.',
            'A financial duty names the amount and the last day; waiting for it does not count.',
          ],
        },
      ],
    },
    leader: {
      name: 'Leader',
      about: 'Signs results, assigns work, apologises and extends, watches what is late.',
      tasks: [
        {
          title: 'Begin the day',
          steps: [
            'The morning page says what is late, due today, waiting to be signed, and who has it. Each number opens its list.',
            'Late dossiers without a letter of apology are counted apart: open them and write it.',
          ],
          to: '/dau-ngay',
          link: 'Open the morning page',
        },
        {
          title: 'Sign a result',
          steps: [
            'Open it from the list to be signed, read the draft, press Sign result. Attach the signed paper if there is one; the clerk gives the number afterwards.',
            'A refusal needs its reason and legal basis. Whoever took a dossier in does not sign its result.',
          ],
          to: '/ho-so?whose=agency&kind=sign',
          link: 'Open what waits to be signed',
        },
        {
          title: 'Apologise, extend, assign',
          steps: [
            'Will be late: apologise and extend, once, at least a day before. Is late: apologise and name a new day; it stays late.',
            'Somebody is absent: assign single dossiers, or hand all their work over.',
          ],
          to: '/ban-giao-viec',
          link: 'Open hand-over',
        },
      ],
    },
    clerk: {
      name: 'Clerk',
      about: 'Registers, numbers, seals and issues what was signed.',
      tasks: [
        {
          title: 'Register and issue',
          steps: [
            'Signed results stand in the waiting work of your unit. Open one, complete the step and give the number.',
            'It then goes to the one-stop desk to be handed over.',
          ],
          to: '/ho-so',
          link: 'Open waiting work',
        },
        {
          title: 'Print the register',
          steps: ['Choose the authority and the period, then print the form (PDF) or take the workbook.'],
          to: '/so',
          link: 'Open the register',
        },
      ],
    },
    'agency-admin': {
      name: 'Agency administrator',
      about: 'Keeps officers, units, calendar and processes of the agency right.',
      tasks: [
        {
          title: 'Officers, posts, accounts',
          steps: [
            'Add an officer, give a post (unit, role, from, to), then send the link to set a password.',
            'Rights follow the post. When somebody changes work, end the old post and add the new one; the history stays.',
          ],
          to: '/nhan-su',
          link: 'Open officers',
        },
        {
          title: 'Holidays and hours',
          steps: [
            'Enter days off and swapped days with the notice that set them. You are told how many dossiers move.',
            'Open Recompute to see each and apply it; due dates do not move by themselves.',
          ],
          to: '/lich-lam-viec',
          link: 'Open the calendar',
        },
        {
          title: 'Procedures and processes',
          steps: [
            'Each procedure has a process that follows from its time limit. Edit it for another; the sum stays within the law.',
            'A dossier keeps the version of procedure and process under which it came in.',
          ],
          to: '/quy-trinh',
          link: 'Open processes',
        },
        {
          title: 'Delegation, absence, hand-over',
          steps: [
            'A delegation lends a post for a period; what is done then says for whom.',
            'Hand-over moves all open work of somebody who is absent.',
          ],
          to: '/uy-quyen',
          link: 'Open delegations',
        },
      ],
    },
    supervisor: {
      name: 'Supervisor',
      about: 'Watches over the agencies below: late dossiers, apologies, holders.',
      tasks: [
        {
          title: 'Watch the agencies',
          steps: [
            'The morning page lists the agencies with open work, those with most late work first; open one to see more.',
            'The register of late dossiers says which have no letter of apology.',
          ],
          to: '/dau-ngay',
          link: 'Open the morning page',
        },
      ],
    },
    auditor: {
      name: 'Auditor',
      about: 'Reads the access log and dossiers to check them; changes nothing.',
      tasks: [
        {
          title: 'Read the log',
          steps: [
            'The access log holds sign-ins, password resets and each full view of an identity number with its reason.',
            'The story of a dossier is a log that is only added to; the system administrator checks it with motcua verify-log.',
          ],
          to: '/nhat-ky-truy-cap',
          link: 'Open the access log',
        },
      ],
    },
    'system-admin': {
      name: 'System administrator',
      about: 'Agencies, catalogue, national calendar, administrators and operation.',
      tasks: [
        {
          title: 'The tree of agencies',
          steps: ['Found, rename and merge agencies with their dates; the successor answers for the old dossiers.'],
          to: '/co-quan',
          link: 'Open agencies',
        },
        {
          title: 'The catalogue',
          steps: [
            'Import from Excel or JSON: what could not be read is shown line by line first. Each change is a new version with its date.',
          ],
          to: '/thu-tuc',
          link: 'Open the catalogue',
        },
        {
          title: 'Backup and checks',
          steps: [
            'Back up database, files and keys; keep the keys apart from the other two. Stop the system before copying the embedded database.',
            'Run motcua verify-log regularly to find what was altered, inserted or cut off.',
          ],
        },
      ],
    },
  },
  common: [
    {
      title: 'Colours and words',
      steps: [
        'Red with a sign: late. Amber: due today. Blue: waiting for the applicant. No colour: in time.',
        'The dark red button is the next right thing. What cannot be done now says why and what to do.',
      ],
    },
    {
      title: 'Why this due date?',
      steps: ['Each dossier tells day by day what counted and what did not, by which rule and notice; it prints.'],
    },
    {
      title: 'Personal data',
      steps: [
        'Identity numbers are masked; seeing one needs a reason and is logged. Lock the screen when you leave; what you typed stays.',
        'Forgotten password: ask the administrator of your agency for a link.',
      ],
      to: '/tai-khoan',
      link: 'Open my account',
    },
  ],
}
