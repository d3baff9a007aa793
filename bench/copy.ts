import type pg from 'pg'

type Wire = { query: (text: string) => void; sendCopyFromChunk: (chunk: Buffer) => void; endCopyFrom: () => void }

/** `COPY … FROM STDIN`: pg can speak it, but has no function for it. */
export function copyIn(client: pg.PoolClient, statement: string, data: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    let fault: Error | undefined
    const nothing = () => undefined
    const query = {
      submit: (wire: Wire) => wire.query(statement),
      handleCopyInResponse(wire: Wire) {
        wire.sendCopyFromChunk(data)
        wire.endCopyFrom()
      },
      handleError: (error: Error) => (fault = error),
      handleReadyForQuery: () => (fault ? reject(fault) : resolve()),
      handleCommandComplete: nothing,
      handleRowDescription: nothing,
      handleDataRow: nothing,
      handleEmptyQuery: nothing,
      handlePortalSuspended: nothing,
    }
    client.query(query as unknown as pg.Submittable)
  })
}
