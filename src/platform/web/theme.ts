import {
  Button,
  type CSSVariablesResolver,
  createTheme,
  InputWrapper,
  type MantineColorsTuple,
  Menu,
  Modal,
  Tooltip,
} from '@mantine/core'

// Lacquer red (sơn son): buttons of consequence, the seal, where one is. 7 on white 9.0:1, white on 6 7.2:1.
const lacquer: MantineColorsTuple = [
  '#fbf1ef',
  '#f4dcd8',
  '#eabdb6',
  '#e09b91',
  '#d4776b',
  '#bf4a3d',
  '#a3291f',
  '#8c1f17',
  '#741912',
  '#5b130d',
]

// Warm greys: paper, rules, ink. 4 draws the edges of fields: 3.6:1 on paper.
const gray: MantineColorsTuple = [
  '#faf8f5',
  '#f4f1ec',
  '#e9e5de',
  '#dcd6cd',
  '#8f867b',
  '#7d746a',
  '#6a6259',
  '#514a43',
  '#38332e',
  '#231f1b',
]

// The same ink turned round for the dark side; 7 is the page.
const dark: MantineColorsTuple = [
  '#ece8e2',
  '#d3cdc4',
  '#b8b0a6',
  '#9c9388',
  '#857c72',
  '#47413b',
  '#332e2a',
  '#1e1b18',
  '#171412',
  '#100e0c',
]

const red: MantineColorsTuple = [
  '#fdf0ee',
  '#fbdcd8',
  '#f6b9b2',
  '#f0948a',
  '#e96b5e',
  '#d9412f',
  '#c22a1a',
  '#b01f12',
  '#93180d',
  '#741108',
]

const amber: MantineColorsTuple = [
  '#fdf6e7',
  '#faeac4',
  '#f3d68c',
  '#ebc054',
  '#e0a92a',
  '#b98410',
  '#8f6200',
  '#7a5300',
  '#624300',
  '#4a3200',
]

const blue: MantineColorsTuple = [
  '#eef4fa',
  '#dbe7f4',
  '#b7cfe8',
  '#8fb4da',
  '#6497ca',
  '#3a78b5',
  '#235f9c',
  '#1b4f84',
  '#163f69',
  '#102f4f',
]

export const theme = createTheme({
  fontFamily: "'Be Vietnam Pro', system-ui, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  colors: { lacquer, gray, dark, red, amber, blue, yellow: amber },
  primaryColor: 'lacquer',
  primaryShade: { light: 7, dark: 5 },
  white: '#ffffff',
  black: '#231f1b',
  defaultRadius: 'sm',
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  fontSizes: { xs: '12px', sm: '14px', md: '15px', lg: '18px', xl: '22px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.45', xl: '1.4' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '22px', lineHeight: '32px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '24px' },
    },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  activeClassName: '',
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    InputWrapper: InputWrapper.extend({
      styles: { label: { fontWeight: 500, marginBottom: 4 }, description: { marginBottom: 4 } },
    }),
    Menu: Menu.extend({
      defaultProps: { transitionProps: { duration: 0 }, shadow: 'sm', withInitialFocusPlaceholder: false },
    }),
    Modal: Modal.extend({ defaultProps: { transitionProps: { duration: 0 }, centered: true } }),
    Tooltip: Tooltip.extend({ defaultProps: { transitionProps: { duration: 0 }, openDelay: 400 } }),
  },
})

/** Colours with a meaning, and Mantine's own faint ones made readable (4.5:1 on paper and on grey, both schemes). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': gray[9],
    '--mantine-color-dimmed': gray[6],
    '--mantine-color-placeholder': '#736b61',
    '--mantine-color-error': red[7],
    '--mantine-color-anchor': lacquer[7],
    '--mantine-color-default-border': gray[4],
    '--mantine-color-disabled-color': '#6f675d',
    '--k-ground': gray[0],
    '--k-rule': gray[2],
    '--k-hover': gray[1],
    '--k-chosen': lacquer[0],
    '--k-late': red[7],
    '--k-late-ground': red[0],
    '--k-today': amber[7],
    '--k-today-ground': amber[0],
    '--k-waiting': blue[7],
    '--k-waiting-ground': blue[0],
    '--k-accent': lacquer[7],
  },
  dark: {
    '--mantine-color-body': dark[7],
    '--mantine-color-text': dark[0],
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': '#a39a8f',
    '--mantine-color-error': '#f39a90',
    '--mantine-color-anchor': '#eba79e',
    '--mantine-color-default-border': dark[4],
    '--mantine-color-disabled-color': '#a39a8f',
    '--k-ground': dark[8],
    '--k-rule': '#38332e',
    '--k-hover': '#292521',
    '--k-chosen': '#3a221e',
    '--k-late': '#f6a79e',
    '--k-late-ground': '#401a15',
    '--k-today': '#ebc054',
    '--k-today-ground': '#35290c',
    '--k-waiting': '#9cc1e6',
    '--k-waiting-ground': '#172a3d',
    '--k-accent': '#eba79e',
  },
})
