// What has not reached the server yet is kept in the browser: answers, and photographs on their way.

export type KeptAnswers = {
  key: string
  draftId: string
  url: string
  fields: [string, string][]
  at: number
  sent: boolean
}
export type KeptFile = {
  id: string
  draftId: string
  component: string
  url: string
  name: string
  blob: Blob
  at: number
  /** Set once the server has announced it. */
  location: string | null
}

type Store = 'answers' | 'files'

let opened: Promise<IDBDatabase> | undefined

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('motcua-nop-ho-so', 1)
    request.addEventListener('upgradeneeded', () => {
      request.result.createObjectStore('answers', { keyPath: 'key' })
      request.result.createObjectStore('files', { keyPath: 'id' })
    })
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('no database')))
  })
  return opened
}

async function on<Value>(
  store: Store,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<Value>,
): Promise<Value> {
  const transaction = (await database()).transaction(store, mode)
  return new Promise((resolve, reject) => {
    const request = work(transaction.objectStore(store))
    transaction.addEventListener('complete', () => resolve(request.result))
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('not kept')))
    transaction.addEventListener('error', () => reject(transaction.error ?? new Error('not kept')))
  })
}

export const keepAnswers = (answers: KeptAnswers): Promise<unknown> =>
  on('answers', 'readwrite', (store) => store.put(answers))
export const forgetAnswers = (key: string): Promise<unknown> => on('answers', 'readwrite', (store) => store.delete(key))
export const allAnswers = (): Promise<KeptAnswers[]> => on('answers', 'readonly', (store) => store.getAll())
export const keepFile = (file: KeptFile): Promise<unknown> => on('files', 'readwrite', (store) => store.put(file))
export const forgetFile = (id: string): Promise<unknown> => on('files', 'readwrite', (store) => store.delete(id))
export const allFiles = (): Promise<KeptFile[]> => on('files', 'readonly', (store) => store.getAll())
