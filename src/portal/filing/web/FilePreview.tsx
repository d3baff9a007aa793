import { Button } from '@mantine/core'
import { Icon, useFormat } from '../../../platform/web/index.ts'
import type { OnlineFile } from '../officer-contract.ts'
import { useOfficerText } from './use-officer-text.ts'

/**
 * A file of the dossier: a picture or a PDF opens in its place, everything else is downloaded. The frame is no sandbox, in
 * which browsers show no PDF: the answer itself says that nothing in it may run.
 */
export function FilePreview({ file, open, onToggle }: { file: OnlineFile; open: boolean; onToggle: () => void }) {
  const text = useOfficerText().panel
  const format = useFormat()
  const address = `/api/files/${file.fileId}${file.preview ? '?inline=1' : ''}`
  return (
    <>
      <div className="fo-file">
        <a href={address} target="_blank" rel="noreferrer">
          {file.name}
        </a>
        <span className="k-dimmed">{format.fileSize(file.size)}</span>
        {file.preview ? (
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<Icon name={open ? 'hide' : 'show'} size={14} />}
            aria-expanded={open}
            aria-label={`${open ? text.hide : text.preview}: ${file.name}`}
            onClick={onToggle}
          >
            {open ? text.hide : text.preview}
          </Button>
        ) : (
          <span className="k-dimmed">{text.cannotPreview}</span>
        )}
      </div>
      {open &&
        (file.mediaType.startsWith('image/') ? (
          <img className="fo-picture" src={address} alt={file.name} />
        ) : (
          // oxlint-disable-next-line react/iframe-missing-sandbox
          <iframe className="fo-frame" src={`${address}#navpanes=0`} title={file.name} />
        ))}
    </>
  )
}
