// Each folder may use only the folders above it in this list.
const order = [
  'platform',
  'staff',
  'identity',
  'calendar',
  'catalogue',
  'workflow',
  'documents',
  'dossiers',
  'portal',
  'feedback',
  'surveys',
  'correspondence',
  'registers',
  'reform-plan',
  'statistics',
  'reform-index',
  'app',
]
// Two folders have rooms, each shaped like a feature; a room may use only those before it.
const feature = '(?:(?:statistics|portal)/[^/]+|(?!(?:statistics|portal)/)[^/]+)'
const rooms = {
  portal: ['eforms', 'notices', 'accounts', 'payment', 'filing', 'exchange', 'counter', 'personal-data', 'front'],
  statistics: ['figures', 'forms', 'reports', 'against', 'checker'],
}
const after = (name) => order.slice(order.indexOf(name) + 1).join('|')
const test = '[.]test[.]tsx?$|/testing[.]ts$'
// Sentences for people, and what puts them together; without effects.
const words = '([a-z-]*text[.](vi|en)|explain)[.]ts$'

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'every-folder-has-its-place',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(${order.join('|')})/` },
      to: {},
    },
    ...order.slice(0, -1).map((name) => ({
      name: `${name}-looks-only-up`,
      severity: 'error',
      from: { path: `^src/${name}/` },
      to: { path: `^src/(${after(name)})/` },
    })),
    ...Object.entries(rooms).flatMap(([folder, names]) =>
      names.slice(0, -1).map((room, place) => ({
        name: `${room}-looks-only-up`,
        severity: 'error',
        from: { path: `^src/${folder}/${room}/`, pathNot: test },
        to: { path: `^src/${folder}/(${names.slice(place + 1).join('|')})/` },
      })),
    ),
    {
      name: 'checker-stands-alone',
      severity: 'error',
      from: { path: '^src/statistics/checker/', pathNot: test },
      to: { path: '^src/', pathNot: '^src/(statistics/checker|platform|identity)/' },
    },
    {
      name: 'enter-by-the-front-door',
      severity: 'error',
      // The app composes: it takes each feature's routes, jobs and pages where they are. So do tests.
      from: { path: '^src/([^/]+)/', pathNot: `^src/app/|/web/|/contract[.]ts$|${test}` },
      to: { path: `^src/(?!platform/)${feature}/(?!(web/)?index[.]tsx?$|testing[.]ts$)`, pathNot: '^src/$1/' },
    },
    {
      name: 'web-enters-by-the-front-door',
      severity: 'error',
      // The front door leads to the server too; what a browser may see of another feature is its contract and its pages.
      from: { path: '^src/([^/]+)/(web/|contract[.]ts$)', pathNot: '^src/app/' },
      to: {
        path: `^src/(?!platform/)${feature}/(?!(web/)?index[.]tsx?$|contract[.]ts$|explain[.]ts$)`,
        pathNot: '^src/$1/',
      },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      from: { path: `^src/${feature}/rules/`, pathNot: test },
      to: {
        pathNot: `^src/${feature}/(rules/|index[.]ts$|contract[.]ts$)|^src/platform/(result|day|money|contact|identity-number|http/html)[.]ts$|node_modules/@cfworker/json-schema/`,
      },
    },
    {
      name: 'rules-take-only-types-from-contracts',
      severity: 'error',
      from: { path: `^src/${feature}/rules/`, pathNot: test },
      to: { path: '/contract[.]ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sql-only-in-stores',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: `^src/(platform|app)/|/(tables|store|[a-z-]+-store|queries|followers|commands)[.]ts$|${test}`,
      },
      to: { path: '(^|/)node_modules/(@types/)?(kysely|pg)/' },
    },
    {
      name: 'web-sees-no-server',
      severity: 'error',
      from: { path: `^src/${feature}/web/`, pathNot: test },
      to: {
        path: '^src/',
        pathNot: `^src/${feature}/(web/|rules/|[a-z-]*contract[.]ts$|${words})|^src/platform/(web/|result|day|money|identity-number|working-times)`,
      },
    },
    {
      name: 'browser-sees-no-server',
      severity: 'error',
      // Scripts of the public pages: small, without a framework, on the rules that the server uses too.
      from: { path: `^src/${feature}/browser/`, pathNot: test },
      to: {
        path: '^src/',
        pathNot: `^src/${feature}/(browser/|rules/|contract[.]ts$|${words})|^src/platform/(browser/|result|day|money|identity-number|http/html)`,
      },
    },
    {
      name: 'server-sees-no-web',
      severity: 'error',
      from: { path: '^src/', pathNot: '/(web|browser)/|^src/app/' },
      to: { path: '/(web|browser)/' },
    },
    {
      name: 'tests-stay-out-of-production',
      severity: 'error',
      from: { path: '^src/', pathNot: test },
      to: { path: test },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.](css|svg|woff2)$' },
  },
}
