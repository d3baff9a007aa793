import type { MailboxText } from './mailbox-text.vi.ts'

export const en: MailboxText = {
  title: 'Demo mailbox',
  lead: 'A demonstration sends nothing to anybody. The messages that would have gone out by mail, SMS or Zalo lie here, the newest first.',
  careful:
    'Everybody who tries this demonstration can read this page. Do not type your real telephone number or mail address into it.',
  empty: 'No message yet. Sign up, file a dossier or book an appointment, then come back.',
  channels: { email: 'Mail', sms: 'SMS', zalo: 'Zalo' },
  to: 'To',
  from: 'From',
  later: (at) => `Would be sent at ${at}`,
  reload: 'Look for new messages',
}
