import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { exportCatalogue, exportVersions, importCatalogue, listFields, writeReport } from '../catalogue/index.ts'
import { rebuildRows, sealLog, verifyLog } from '../dossiers/index.ts'
import { createAccount, createPasswordLink, findUser, listUsers, setAccountDisabled } from '../identity/index.ts'
import { configOfProcess, typedIn } from '../platform/config.ts'
import { dayOf } from '../platform/day.ts'
import { StartProblem } from '../platform/start-problem.ts'
import { findAgencies, importUnits, listAgencyIds, listOfficers } from '../staff/index.ts'
import { runExchangeSandbox } from '../portal/exchange/index.ts'
import { runPaymentSandbox } from '../portal/payment/index.ts'
import { runCheck } from '../statistics/checker/index.ts'
import { rebuildFigures } from '../statistics/figures/index.ts'
import { runVerify } from '../statistics/forms/index.ts'
import { authorities, authorityOf, loadAuthority, pastAccounts, progressLine } from './demo.ts'
import { prepareInstallation, readState } from './first-start.ts'
import { openSystem, root, type System } from './system.ts'

type Given = {
  positionals: string[]
  dryRun: boolean
  dropSecondFactor: boolean
  json: boolean
  agency: string | undefined
}

type Command = {
  /** Words that name it, e.g. `units import`. */
  name: string
  usage: string
  help: { vi: string; en: string }
  /** Works before `motcua init`. */
  first?: boolean
} & (
  | { run: (system: System, given: Given) => Promise<void> }
  /** Needs neither settings nor a database; returns the exit code. */
  | { runAlone: (given: Given) => Promise<number> }
)

const commands: readonly Command[] = [
  {
    name: 'check',
    usage: 'check <tệp> [--json]',
    help: {
      vi: 'Kiểm tra số liệu của một báo cáo (.docx, .xlsx, .pdf, .html, .md, .txt). Mã kết thúc: 0 không sai, 1 có chỗ sai, 2 không đọc được.',
      en: 'Tests what a report asserts. Exit code: 0 nothing wrong, 1 errors found, 2 unreadable.',
    },
    runAlone: ({ positionals: [file], json }) =>
      runCheck(file === undefined ? undefined : resolve(typedIn(), file), { json, say: print }),
  },
  {
    name: 'report verify',
    usage: 'report verify <gói.zip|data.json> [--json]',
    help: {
      vi: 'Tính lại gói báo cáo: mã băm, công thức, các phép kiểm tra. Mã kết thúc: 0 khớp, 1 có chỗ không khớp, 2 không đọc được.',
      en: 'Derives a report package anew: hashes, formulas, checks. Exit code: 0 agrees, 1 does not, 2 unreadable.',
    },
    runAlone: ({ positionals: [file], json }) =>
      runVerify(file === undefined ? undefined : resolve(typedIn(), file), { json, say: print }),
  },
  {
    name: 'payment-sandbox',
    usage: 'payment-sandbox [cổng] [khóa bí mật] [wild]',
    help: {
      vi: 'Chạy cổng thanh toán thử trên máy này; wild: cố tình gửi trễ, gửi hai lần, sai số tiền, sai chữ ký, lỗi 500.',
      en: 'Runs a sandbox payment gateway on this machine; wild: delays, duplicates, wrong sums and signatures, 500s.',
    },
    runAlone: ({ positionals }) => runPaymentSandbox(positionals, print),
  },
  {
    name: 'exchange-sandbox',
    usage: 'exchange-sandbox <địa chỉ hệ thống> [tệp khóa.json]',
    help: {
      vi: 'Chạy Cổng quốc gia thử và bưu chính thử trên máy này: gửi hồ sơ, gửi lặp, bổ sung, rút, ký giả; nhận trạng thái, nhận bưu gửi.',
      en: 'Runs a sandbox national portal and carrier on this machine: sends, repeats, supplements, withdraws, forges; receives.',
    },
    runAlone: ({ positionals: [target, keyFile] }) => runExchangeSandbox({ target, keyFile, say: print }),
  },
  {
    name: 'init',
    usage: 'init',
    help: {
      vi: 'Chuẩn bị hệ thống trống: cơ sở dữ liệu, đơn vị hành chính, lịch, thủ tục; in liên kết cho quản trị viên đầu tiên.',
      en: 'Prepares an empty system and prints the link of the first administrator.',
    },
    first: true,
    run: async (system) =>
      print(...(await prepareInstallation(system, { empty: true, say: print })), 'Hệ thống đã sẵn sàng. (Ready.)'),
  },
  {
    name: 'migrate',
    usage: 'migrate',
    help: { vi: 'Nâng cấp cơ sở dữ liệu lên phiên bản của chương trình.', en: 'Brings the database up to date.' },
    first: true,
    run: async () => print('Cơ sở dữ liệu đã ở phiên bản mới nhất. (The database is up to date.)'),
  },
  {
    name: 'demo',
    usage: 'demo [thien-hung|bach-quang|tan-hong|cu-chi]',
    help: {
      vi: 'Nạp dữ liệu dùng thử vào cơ sở dữ liệu mới và in các tài khoản; có tên thì nạp thêm đơn vị ấy (cu-chi: 442.687 hồ sơ, mất nhiều phút).',
      en: 'Loads the demo into a new database and prints its accounts; with a name, that authority too.',
    },
    first: true,
    run: loadDemoOnly,
  },
  {
    name: 'units import',
    usage: 'units import [thư mục]',
    help: {
      vi: 'Nhập danh mục đơn vị hành chính và bảng chuyển đổi cũ – mới; không có thư mục thì dùng danh mục kèm theo.',
      en: 'Imports administrative units with their succession; without a folder, the lists that come along.',
    },
    run: runUnitImport,
  },
  {
    name: 'catalogue import',
    usage: 'catalogue import <tệp.xlsx|tệp.json> [--dry-run]',
    help: {
      vi: 'Nhập thủ tục hành chính; --dry-run chỉ xem trước. Nói rõ từng dòng không đọc được.',
      en: 'Imports procedures; --dry-run keeps nothing. Says line by line what could not be read.',
    },
    run: runCatalogueImport,
  },
  {
    name: 'catalogue export',
    usage: 'catalogue export <tệp.xlsx>',
    help: { vi: 'Ghi các thủ tục ra sổ tính Excel.', en: 'Writes the procedures as an Excel workbook.' },
    run: runCatalogueExport,
  },
  {
    name: 'verify-log',
    usage: 'verify-log',
    help: {
      vi: 'Kiểm tra nhật ký hồ sơ: chuỗi băm, niêm phong, các dòng kèm theo; báo mọi chỗ bị sửa, chèn, cắt, mất.',
      en: 'Checks the log of the dossiers against its chain and seals; reports what was altered, inserted, cut off or lost.',
    },
    run: runVerifyLog,
  },
  {
    name: 'rebuild-rows',
    usage: 'rebuild-rows [--agency <mã cơ quan>]',
    help: {
      vi: 'Dựng lại hiện trạng và việc đang chờ của hồ sơ từ nhật ký; hồ sơ có nhật ký sai lệch được giữ nguyên.',
      en: 'Makes the present and the open work of the dossiers anew from the log; those with a damaged log stay as they are.',
    },
    run: runRebuildRows,
  },
  {
    name: 'statistics rebuild',
    usage: 'statistics rebuild',
    help: {
      vi: 'Dựng lại toàn bộ số liệu thống kê từ nhật ký hồ sơ.',
      en: 'Makes all figures anew from the log of the dossiers.',
    },
    run: async ({ context }) =>
      print(`Đã dựng lại số liệu của ${await rebuildFigures(context)} hồ sơ. (Figures rebuilt.)`),
  },
  {
    name: 'user list',
    usage: 'user list',
    help: { vi: 'Liệt kê tài khoản.', en: 'Lists the accounts.' },
    run: runUserList,
  },
  {
    name: 'user add',
    usage: 'user add <số cán bộ> <tên đăng nhập>',
    help: {
      vi: 'Tạo tài khoản cho cán bộ và in liên kết đặt mật khẩu.',
      en: 'Makes an account for an officer and prints the link to set its password.',
    },
    run: runUserAdd,
  },
  {
    name: 'user link',
    usage: 'user link <tên đăng nhập> [--drop-second-factor]',
    help: {
      vi: 'In liên kết dùng một lần để đặt lại mật khẩu; có thể bỏ lớp xác thực thứ hai đã mất.',
      en: 'Prints a one-time link to set the password; may drop a lost second factor.',
    },
    run: async ({ context }, { positionals, dropSecondFactor }) => {
      const accountId = await getAccountId({ context }, positionals[0])
      print(await createPasswordLink(context, accountId, { by: null, dropSecondFactor }))
    },
  },
  {
    name: 'user disable',
    usage: 'user disable <tên đăng nhập>',
    help: {
      vi: 'Khóa tài khoản; phiên đang mở dừng sau nhiều nhất năm giây.',
      en: 'Disables an account; its open sessions end within five seconds.',
    },
    run: (system, given) => switchUser(system, given, true),
  },
  {
    name: 'user enable',
    usage: 'user enable <tên đăng nhập>',
    help: { vi: 'Mở lại tài khoản.', en: 'Enables an account again.' },
    run: (system, given) => switchUser(system, given, false),
  },
]

// `motcua user list | head` ends when its reader has seen enough.
process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
  if (fault.code !== 'EPIPE') throw fault
  process.exit(0)
})

/** Runs what was typed after `motcua`. Returns the exit code: 0 done, 1 refused or failed, 2 not understood. */
export async function runCli(args: string[]): Promise<number> {
  const given = readArguments(args)
  if (!given || given.help || given.positionals.length === 0) return showHelp(given ? 0 : 2)
  const typed = given.positionals.join(' ')
  const command = commands.find(({ name }) => typed === name || typed.startsWith(`${name} `))
  if (!command) {
    print(`Không có lệnh "${typed}". (Unknown command.)`, '')
    return showHelp(2)
  }
  const words = command.name.split(' ').length
  if ('runAlone' in command) return command.runAlone({ ...given, positionals: given.positionals.slice(words) })
  const config = configOfProcess(root)
  const level = config.logLevel === 'info' ? 'warn' : config.logLevel
  const system = await openSystem({ ...config, logLevel: level }, { as: 'command' })
  try {
    if (!command.first && (await readState(system.ownerPool)) === undefined)
      throw new StartProblem('Hệ thống chưa được chuẩn bị; hãy chạy "motcua init" trước. (Run "motcua init" first.)')
    await command.run(system, { ...given, positionals: given.positionals.slice(words) })
    return 0
  } finally {
    await system.close()
  }
}

function readArguments(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        'dry-run': { type: 'boolean', default: false },
        'drop-second-factor': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        agency: { type: 'string' },
      },
    })
    const isHelp = values.help || positionals[0] === 'help'
    const { agency, json, 'dry-run': dryRun, 'drop-second-factor': dropSecondFactor } = values
    return { help: isHelp, dryRun, dropSecondFactor, json, agency, positionals }
  } catch (fault) {
    print(fault instanceof Error ? fault.message : String(fault), '')
    return undefined
  }
}

function showHelp(code: number): number {
  print(
    'motcua – quản trị hệ thống Một Cửa từ dòng lệnh (command line of Một Cửa)',
    '',
    ...commands.flatMap(({ usage, help }) => [`  motcua ${usage}`, `      ${help.vi}`, `      ${help.en}`]),
    '',
    'Thiết đặt (DATA_DIR, DATABASE_URL …): xem docs/configuration.md. (Settings: see docs/configuration.md.)',
  )
  return code
}

async function loadDemoOnly(system: System, { positionals: [name] }: Given): Promise<void> {
  const authority = name === undefined ? undefined : authorityOf(name)
  if (name !== undefined && !authority) {
    const names = authorities.map((each) => each.name).join(', ')
    throw new StartProblem(`Không có đơn vị ${name} trong dữ liệu dùng thử; chỉ có: ${names}. (No such authority.)`)
  }
  if ((await readState(system.ownerPool)) === 'empty')
    throw new StartProblem(
      'Hệ thống này đã được chuẩn bị để làm việc thật; không nạp dữ liệu dùng thử vào đây. Hãy đặt DATA_DIR khác.\n' +
        '(This system is prepared for real work; choose another DATA_DIR for the demo.)',
    )
  print(...(await prepareInstallation(system, { empty: false, say: print })))
  if (!authority) return
  const begun = performance.now()
  const outcome = await loadAuthority(system.context, authority.name, {
    tell: (progress) => print(progressLine(progress)),
  })
  if (outcome === 'elsewhere')
    throw new StartProblem(`${authority.title} đang được một tiến trình khác nạp. (Another process is loading it.)`)
  print(`${authority.title}: đã nạp xong sau ${Math.round((performance.now() - begun) / 1000)} giây. (Loaded.)`)
  for (const { username, password, post } of await pastAccounts(system.context, authority.name))
    print(`  ${username.padEnd(20)}  ${password}  ${post}`)
}

async function runUnitImport({ context }: System, { positionals: [folder] }: Given): Promise<void> {
  const report = await importUnits(context.db, folder === undefined ? undefined : resolve(typedIn(), folder))
  for (const problem of report.problems) print(`LƯU Ý ${problem}`)
  print(
    `Nguồn: ${report.source}`,
    `Đơn vị hành chính: ${report.agencies}, thêm mới ${report.addedAgencies}. Quan hệ kế thừa: ${report.successions}, thêm mới ${report.addedSuccessions}. Lưu ý: ${report.problems.length}.`,
    `(${report.addedAgencies} units and ${report.addedSuccessions} successions added, ${report.problems.length} remarks.)`,
  )
}

async function runCatalogueImport({ context }: System, { positionals: [file], dryRun }: Given): Promise<void> {
  const bytes = readTypedFile(file)
  const result = await importCatalogue(context.db, bytes, { dryRun })
  if (!result.ok)
    throw new StartProblem(
      `Tệp ${file} không phải sổ tính Excel hoặc JSON đọc được (${result.refusal.code}). (Neither a workbook nor JSON.)`,
    )
  print(writeReport(result.value))
}

async function runCatalogueExport({ context }: System, { positionals: [file] }: Given): Promise<void> {
  if (file === undefined) throw new StartProblem('Thiếu tên tệp .xlsx. (Name the .xlsx file.)')
  const versions = await exportVersions(context.db)
  writeFileSync(resolve(typedIn(), file), await exportCatalogue(versions, await listFields(context.db)))
  print(`Đã ghi ${versions.length} phiên bản thủ tục vào ${file}. (${versions.length} versions written.)`)
}

/** Every finding is a line; a log with findings ends the command with code 1. */
async function runVerifyLog({ context }: System): Promise<void> {
  await sealLog(context)
  const { agencies, dossiers, events, seals, findings } = await verifyLog(context)
  for (const { code, agencyId, dossierId, version } of findings)
    print(
      `SAI LỆCH ${code}: cơ quan ${agencyId}${dossierId ? `, hồ sơ ${dossierId}` : ''}${version === null ? '' : `, số ${version}`}`,
    )
  print(
    `Đã kiểm tra ${events} sự kiện của ${dossiers} hồ sơ tại ${agencies} cơ quan, ${seals} niêm phong: ${findings.length} sai lệch.`,
    `(${events} events, ${dossiers} dossiers, ${seals} seals checked: ${findings.length} findings.)`,
  )
  if (findings.length > 0) throw new StartProblem('Nhật ký có sai lệch. (The log does not fit.)')
}

async function runRebuildRows({ context }: System, { agency }: Given): Promise<void> {
  const agencyId = agency === undefined ? undefined : await getAgencyId({ context }, agency)
  const { agencies, dossiers, rebuilt, damaged } = await rebuildRows(context, { agencyId })
  for (const one of damaged) print(`NHẬT KÝ SAI LỆCH: cơ quan ${one.agencyId}, hồ sơ ${one.dossierId}`)
  print(
    `Đã đối chiếu ${dossiers} hồ sơ tại ${agencies} cơ quan với nhật ký, dựng lại ${rebuilt}.`,
    `(${dossiers} dossiers compared with their logs, ${rebuilt} made anew.)`,
  )
  if (damaged.length > 0)
    throw new StartProblem(
      'Có hồ sơ giữ nguyên vì nhật ký sai lệch; hãy chạy "motcua verify-log". (Some logs are damaged; run "motcua verify-log".)',
    )
}

/** An agency by its code, of today or of the past, or by the number that the other commands print. */
async function getAgencyId({ context }: Pick<System, 'context'>, typed: string): Promise<number> {
  const code = typed.trim().toUpperCase()
  const named = await findAgencies(context.db, { day: dayOf(context.clock()), query: code, closed: true })
  const exact = named.filter(({ dossierCode, gsoCode }) => dossierCode === code || gsoCode === code)
  const [found, another] = exact.length > 0 ? exact : named
  if (found && !another) return found.agencyId
  const ids = /^\d+$/.test(code) ? await listAgencyIds(context.db) : []
  if (!found && ids.includes(Number(code))) return Number(code)
  throw new StartProblem(
    found
      ? `Nhiều cơ quan có mã "${typed}". (Several agencies have this code.)`
      : `Không có cơ quan mã "${typed}". (No agency has this code.)`,
  )
}

async function runUserList({ context }: System): Promise<void> {
  const officers = await listOfficers(context.db, { day: dayOf(context.clock()), former: true, limit: 100_000 })
  for (const { userName, name, disabled, secondFactor, usedAt } of await listUsers(context, officers))
    print(
      [userName.padEnd(24), name, disabled ? `(khóa: ${disabled})` : '', secondFactor ? '2 lớp' : '1 lớp', usedAt]
        .filter(Boolean)
        .join('  '),
    )
}

async function runUserAdd({ context }: System, { positionals: [officer, userName] }: Given): Promise<void> {
  const officerId = Number(officer)
  if (!Number.isInteger(officerId) || userName === undefined)
    throw new StartProblem(
      'Cách dùng: motcua user add <số cán bộ> <tên đăng nhập>. (Give the officer number and the user name.)',
    )
  const made = await createAccount(context, { officerId, userName })
  if (!made.ok) {
    const words = {
      'user-name-taken': 'Tên đăng nhập đã có người dùng. (User name taken.)',
      'user-name-form':
        'Tên đăng nhập gồm 3–50 chữ thường không dấu, số, dấu chấm, gạch. (Small ASCII letters, digits, dot, dash.)',
      'officer-has-account': 'Cán bộ này đã có tài khoản. (The officer has an account.)',
    }
    throw new StartProblem(words[made.refusal.code])
  }
  print(await createPasswordLink(context, made.value, { by: null }))
}

async function switchUser(system: System, { positionals: [userName] }: Given, disabled: boolean): Promise<void> {
  const accountId = await getAccountId(system, userName)
  await setAccountDisabled(system.context, accountId, { disabled, by: null })
  print(disabled ? 'Đã khóa tài khoản. (Disabled.)' : 'Đã mở tài khoản. (Enabled.)')
}

async function getAccountId({ context }: Pick<System, 'context'>, userName: string | undefined): Promise<number> {
  const account = userName === undefined ? undefined : await findUser(context, userName)
  if (!account) throw new StartProblem(`Không có tài khoản "${userName ?? ''}". (No such account.)`)
  return account.accountId
}

function readTypedFile(file: string | undefined): Buffer {
  if (file === undefined) throw new StartProblem('Thiếu tên tệp. (Name the file.)')
  try {
    return readFileSync(resolve(typedIn(), file))
  } catch (cause) {
    throw new StartProblem(`Không đọc được tệp ${file}. (Cannot read the file.)`, { cause })
  }
}

const print = (...lines: string[]): void => void process.stdout.write(lines.map((line) => `${line}\n`).join(''))
