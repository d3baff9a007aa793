import { Button } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  api,
  type ApiProblem,
  Dialog,
  Fields,
  ProblemAlert,
  TextField,
  toProblem,
  useCommand,
  useForget,
  useText,
  worded,
} from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'
import { LinkPanel } from './LinkPanel.tsx'
import { emptyPost, isPostReady, PostFields, toPost } from './PostFields.tsx'
import type { AgencyReply } from './replies.ts'
import { suggestUserName } from './staff-view.ts'

/** A new officer with the first post and, if wanted, an account whose link is shown once. */
export function NewOfficerDialog({
  agencyId,
  agency,
  onClose,
}: {
  agencyId: number
  /** With its name, as soon as the server has said it. */
  agency: AgencyReply | undefined
  onClose: () => void
}) {
  const text = useText({ vi, en })
  const forget = useForget()
  const [name, setName] = useState('')
  const [title, setTitle] = useState('')
  const [email, setEmail] = useState('')
  const [phone, setPhone] = useState('')
  const [staffCode, setStaffCode] = useState('')
  const [userName, setUserName] = useState('')
  const [post, setPost] = useState(emptyPost(agencyId))
  const [officerId, setOfficerId] = useState<number | null>(null)
  const [link, setLink] = useState<string | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const add = useCommand<{ officerId: number }>('/api/officers', { forget: ['/api/officers'] })

  const makeAccount = async (made: number) => {
    try {
      setLink((await api.post<{ link: string }>('/api/accounts', { officerId: made, userName })).link)
      setProblem(null)
      await forget('/api/officers')
    } catch (error) {
      // The officer is there already; only the account is asked for again.
      setProblem(toProblem(error))
    }
  }
  const save = async () => {
    const made =
      officerId ??
      (await add.run({ name, title, email, phone, staffCode: staffCode || null, post: toPost(post) }))?.officerId
    if (made === undefined) return
    if (officerId === null) announce(text.officers.added)
    setOfficerId(made)
    if (userName.trim() === '') onClose()
    else await makeAccount(made)
  }

  if (link)
    return (
      <Dialog opened onClose={onClose} title={text.officers.link}>
        <LinkPanel link={link} onDone={onClose} />
      </Dialog>
    )
  const person = officerId !== null
  return (
    <Dialog
      opened
      onClose={onClose}
      title={text.officers.add}
      size="lg"
      actions={
        <Button loading={add.busy} disabled={name.trim() === '' || !isPostReady(post)} onClick={() => void save()}>
          {person ? text.officers.makeAccount : text.officers.add}
        </Button>
      }
    >
      <ProblemAlert problem={worded(add.problem ?? problem, text.refusals)} keeps />
      {!person && (
        <Fields columns={2}>
          <TextField label={text.officers.name} required autoFocus maxLength={120} value={name} onChange={setName} />
          <TextField label={text.officers.titleField} maxLength={120} value={title} onChange={setTitle} />
          <TextField label={text.officers.phone} inputMode="tel" maxLength={30} value={phone} onChange={setPhone} />
          <TextField label={text.officers.email} inputMode="email" maxLength={200} value={email} onChange={setEmail} />
          <TextField label={text.officers.staffCode} maxLength={30} value={staffCode} onChange={setStaffCode} />
          <PostFields value={post} onChange={setPost} agency={agency?.agency} />
        </Fields>
      )}
      <Fields>
        <TextField
          label={text.officers.userName}
          hint={text.officers.userNameHint}
          placeholder={suggestUserName(name)}
          maxLength={50}
          value={userName}
          onChange={setUserName}
        />
      </Fields>
    </Dialog>
  )
}
