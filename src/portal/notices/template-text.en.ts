import type { NoticeEvent } from './rules/notice-events.ts'
import type { ShippedTemplate } from './rules/template.ts'

const track = 'Follow it at:\n{{trackLink}}'
const letter = (...paragraphs: string[]): string => [...paragraphs, '{{agency}}'].join('\n\n')

export const en: Record<NoticeEvent, ShippedTemplate> = {
  'dossier-lodged': {
    subject: 'Dossier {{code}} has arrived',
    body: letter(
      'Your dossier {{code}} ({{procedure}}) has arrived. An officer will check it and answer within 8 working hours.',
      'This is not yet the receipt.',
      track,
    ),
    short: 'Dossier {{code}} has arrived. An officer will check it within 8 working hours. {{trackLink}}',
  },
  'dossier-received': {
    subject: 'Dossier {{code}} is taken in',
    body: letter(
      'Your dossier {{code}} ({{procedure}}) is taken in.[[ The result is due at {{due}}.]]',
      'We will tell you as soon as it is ready, or when there is something for you to do.',
      track,
    ),
    short: 'Dossier {{code}} is taken in.[[ Due: {{due}}.]] {{trackLink}}',
  },
  'dossier-not-received': {
    subject: 'Dossier {{code}} could not be taken in',
    body: letter('Your dossier {{code}} ({{procedure}}) could not be taken in. The slip of refusal says why.', track),
    short: 'Dossier {{code}} could not be taken in. See why: {{trackLink}}',
  },
  'dossier-supplement': {
    subject: 'Dossier {{code}} needs something more',
    body: letter(
      'Your dossier {{code}} ({{procedure}}) has to be completed.[[\n\nTo add or mend: {{papers}}.]][[\n\nBy: {{until}}.]]',
      'See all that is asked, and how to do it, at:\n{{trackLink}}',
    ),
    short: 'Dossier {{code}} has to be completed[[ by {{until}}]]. What to do: {{trackLink}}',
  },
  'dossier-payment': {
    subject: 'Dossier {{code}}: {{amount}} to pay',
    body: letter(
      'To go on with your dossier {{code}} ({{procedure}}), {{amount}} has to be paid.[[ By: {{until}}.]]',
      'How to pay:\n{{trackLink}}',
      'We never ask for money to be sent to the private account of an officer.',
    ),
    short: 'Dossier {{code}}: {{amount}} to pay[[ by {{until}}]]. How: {{trackLink}}',
  },
  'dossier-fee': {
    subject: 'Dossier {{code}}: {{amount}} of fees to pay',
    body: letter(
      'The fees of your dossier {{code}} ({{procedure}}) were counted again by the amount that the province has set. {{amount}} has to be paid before you receive the result.',
      'How to pay:\n{{trackLink}}',
      'We never ask for money to be sent to the private account of an officer.',
    ),
    short: 'Dossier {{code}}: fees counted again, {{amount}} to pay. How: {{trackLink}}',
  },
  'dossier-extended': {
    subject: 'Dossier {{code}} needs more time',
    body: letter(
      'We are sorry: your dossier {{code}} ({{procedure}}) needs more time. It is now due at {{due}}.',
      'The letter of apology lies with the dossier.',
      track,
    ),
    short: 'Sorry, dossier {{code}} needs more time. Now due: {{due}}. {{trackLink}}',
  },
  'dossier-apology': {
    subject: 'Our apology: dossier {{code}} is late',
    body: letter(
      'Your dossier {{code}} ({{procedure}}) is not ready on the day we promised. We are sorry.',
      'The new day: {{due}}.',
      track,
    ),
    short: 'We are sorry: dossier {{code}} is late, new day {{due}}. {{trackLink}}',
  },
  'dossier-ready': {
    subject: 'Dossier {{code}} is ready',
    body: letter(
      'The result of your dossier {{code}} ({{procedure}}) is ready[[, {{early}} days early]].[[\n\nPlease fetch it at: {{where}}. Bring the receipt or your identity card.]][[\n\nThere is an electronic copy. Once the one-stop desk has handed the result over, download it at:\n{{resultLink}}]]',
      track,
    ),
    short: 'Dossier {{code}} is ready[[, please fetch it at {{where}}]]. {{trackLink}}',
  },
  'dossier-refused': {
    subject: 'Decision on dossier {{code}}',
    body: letter(
      'Your dossier {{code}} ({{procedure}}) does not meet the conditions. The written answer gives the reason and says how to appeal.',
      track,
    ),
    short: 'Dossier {{code}} does not meet the conditions. The answer: {{trackLink}}',
  },
  'dossier-returned': {
    subject: 'The result of dossier {{code}} was handed over',
    body: letter(
      'The result of your dossier {{code}} ({{procedure}}) was handed over. If you do not have it, please tell us at once.[[\n\nDownload its file at:\n{{resultLink}}]]',
      track,
    ),
    short: 'The result of dossier {{code}} was handed over. If you do not have it, tell us. {{trackLink}}',
  },
  'dossier-withdrawn': {
    subject: 'Dossier {{code}} is withdrawn',
    body: letter('Your dossier {{code}} ({{procedure}}) is withdrawn, as you asked.', track),
    short: 'Dossier {{code}} is withdrawn, as you asked. {{trackLink}}',
  },
  'dossier-stopped': {
    subject: 'Work on dossier {{code}} has stopped',
    body: letter(
      'Work on your dossier {{code}} ({{procedure}}) has stopped. The notice in the dossier says why.',
      track,
    ),
    short: 'Work on dossier {{code}} has stopped. The notice: {{trackLink}}',
  },
  'dossier-closed': {
    subject: 'Dossier {{code}} is closed',
    body: letter(
      'Your dossier {{code}} ({{procedure}}) was not completed in time and is closed. You may file a new one at any time.',
      track,
    ),
    short: 'Dossier {{code}} was not completed in time and is closed. You may file a new one. {{trackLink}}',
  },
  'filing-lodged': {
    subject: 'You filed dossier {{code}}',
    body: letter(
      'You filed dossier {{code}} ({{procedure}}). Keep this code.',
      'An officer will check it and answer within 8 working hours.',
      track,
    ),
    short: 'You filed dossier {{code}}. Follow it: {{trackLink}}',
  },
  'filing-mend': {
    subject: 'Dossier {{code}}: something to mend',
    body: letter(
      'An officer marked what has to be mended in dossier {{code}} ({{procedure}}). Only these places need you.[[\n\nPapers to add: {{papers}}.]][[\n\nTo mend in the form: {{fields}}.]][[\n\nBy: {{until}}.]]',
      'Read what the officer wrote, and mend it, at:\n{{mendLink}}',
    ),
    short: 'Dossier {{code}} has something to mend[[ by {{until}}]]: {{mendLink}}',
  },
  'filing-draft-ends': {
    subject: 'Your draft will be deleted',
    body: letter(
      'Your draft ({{procedure}}) will be deleted on {{until}}.',
      'If you still need it, go on with the device you used, or after signing in, at:\n{{draftLink}}',
    ),
    short: 'Your draft will be deleted on {{until}}. Go on: {{draftLink}}',
  },
  'parcel-sent': {
    subject: 'The result of dossier {{code}} is in the post',
    body: letter(
      'The result of dossier {{code}} ({{procedure}}) was sent by post. Number of the parcel: {{parcel}}.',
      track,
    ),
    short: 'The result of dossier {{code}} was posted, number {{parcel}}. {{trackLink}}',
  },
  'payment-received': {
    subject: '{{amount}} received for dossier {{code}}',
    body: letter('We received {{amount}} for dossier {{code}}.', 'The receipt:\n{{receiptLink}}'),
    short: '{{amount}} received for dossier {{code}}. Receipt: {{receiptLink}}',
  },
  'payment-refunded': {
    subject: '{{amount}} of dossier {{code}} is paid back',
    body: letter('We have arranged for {{amount}} of dossier {{code}} to be paid back.'),
    short: '{{amount}} of dossier {{code}} is paid back.',
  },
  'one-time-code': {
    subject: 'Your code',
    body: letter(
      'Your code is {{code}}. It is good for {{minutes}} minutes.',
      'Tell it to nobody, not even to somebody who says to be an officer. If you did not ask for it, ignore this letter.',
    ),
    short: '{{code}} is your code for Mot Cua, good for {{minutes}} minutes. Tell it to nobody.',
  },
  'account-exists': {
    subject: 'You already have an account',
    body: letter(
      'Somebody has just tried to sign up with this address, but you have an account already. Nothing has changed.',
      'If it was you, sign in at\n{{signInLink}}\nIf you forgot your password, set a new one at\n{{recoverLink}}',
      'If it was not you, ignore this message.',
    ),
    short: 'You already have a Mot Cua account. Sign in: {{signInLink}}. Forgotten password: {{recoverLink}}',
  },
  'account-changed': {
    subject: 'Your account was changed',
    body: letter(
      'Changed in your account: {{what}}, at {{at}}.',
      'If it was not you, set a new password at once and tell us.',
    ),
    short: 'Your account was changed: {{what}}, at {{at}}. If it was not you, set a new password at once.',
  },
  'appointment-booked': {
    subject: 'Your appointment {{code}}',
    body: letter(
      'You have the appointment {{code}} at {{at}}.',
      'Matter: {{matter}}\nPlace: {{where}}',
      'Move it, cancel it or put it into your calendar at:\n{{appointmentLink}}',
    ),
    short: 'Appointment {{code}}: {{at}}, {{where}}. Move or cancel: {{appointmentLink}}',
  },
  'appointment-moved': {
    subject: 'Your appointment {{code}} was moved',
    body: letter(
      'Your appointment {{code}} is now at {{at}}.',
      'Matter: {{matter}}\nPlace: {{where}}',
      'See it at:\n{{appointmentLink}}',
    ),
    short: 'Appointment {{code}} is now at {{at}}, {{where}}. See: {{appointmentLink}}',
  },
  'appointment-cancelled': {
    subject: 'Your appointment {{code}} is cancelled',
    body: letter('Your appointment {{code}} at {{at}} is cancelled.', 'You may book another time at:\n{{bookLink}}'),
    short: 'Appointment {{code}} at {{at}} is cancelled. Book another: {{bookLink}}',
  },
  'appointment-reminder': {
    subject: 'A reminder: appointment {{code}}',
    body: letter(
      'You have the appointment {{code}} at {{at}}.',
      'Matter: {{matter}}\nPlace: {{where}}',
      'If you cannot come, please move or cancel it at:\n{{appointmentLink}}',
    ),
    short: 'Reminder {{code}}: {{at}}, {{where}}. Move or cancel: {{appointmentLink}}',
  },
  'petition-received': {
    subject: 'Petition {{code}} has arrived',
    body: letter('Your petition {{code}} has arrived.', 'Follow it at:\n{{petitionLink}}'),
    short: 'Petition {{code}} has arrived. Follow it: {{petitionLink}}',
  },
  'petition-supplement': {
    subject: 'Petition {{code}}: more is needed',
    body: letter(
      'To handle your petition {{code}} we need to know more.[[ By: {{until}}.]]',
      'Add it at:\n{{petitionLink}}',
    ),
    short: 'Petition {{code}} needs more from you[[ by {{until}}]]: {{petitionLink}}',
  },
  'petition-answered': {
    subject: 'Petition {{code}} is answered',
    body: letter(
      'Your petition {{code}} is answered.',
      'Read it, and say whether the matter is solved, at:\n{{petitionLink}}',
    ),
    short: 'Petition {{code}} is answered: {{petitionLink}}',
  },
  'petition-refused': {
    subject: 'About petition {{code}}',
    body: letter(
      'Your petition {{code}} cannot be handled in this way. The reason, and where you may turn, stand at:\n{{petitionLink}}',
    ),
    short: 'Petition {{code}} cannot be handled in this way. See why: {{petitionLink}}',
  },
  'survey-invitation': {
    subject: 'How were you served?',
    body: letter(
      'Please say how you were served. Your answers are not joined to your name or your dossier.',
      'Answer[[ by {{until}}]] at:\n{{surveyLink}}',
    ),
    short: 'Please say how you were served (anonymous)[[, by {{until}}]]: {{surveyLink}}',
  },
  'personal-data-received': {
    subject: 'Your request {{code}} about personal data',
    body: letter(
      'Your request {{code}} about your personal data has arrived; we answer by {{until}}.',
      'Follow it at:\n{{requestLink}}',
    ),
    short: 'Request {{code}} about your data has arrived, answer by {{until}}. {{requestLink}}',
  },
  'personal-data-answered': {
    subject: 'Answer to your request {{code}} about personal data',
    body: letter('Your request {{code}} about your personal data is answered.', 'See:\n{{requestLink}}'),
    short: 'Request {{code}} about your data is answered: {{requestLink}}',
  },
  'officer-online-waiting': {
    subject: 'Online dossier {{code}} is waiting',
    body: [
      'The online dossier {{code}} ({{procedure}}) is waiting.[[ Answer by: {{acceptBy}}.]]',
      'Open it:\n{{dossierLink}}',
    ].join('\n\n'),
    short: 'Online dossier {{code}} is waiting[[, answer by {{acceptBy}}]].',
  },
  'officer-petition-waiting': {
    subject: 'Petition {{code}} is waiting',
    body: ['Petition {{code}} is waiting.[[ By: {{until}}.]]', 'Open it:\n{{petitionLink}}'].join('\n\n'),
    short: 'Petition {{code}} is waiting[[, by {{until}}]].',
  },
}
