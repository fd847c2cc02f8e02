// Colors. Blue for favor and orange for against are told apart with every kind of color blindness; what is little
// supported is pale, whatever it says (value-suppressing, after Correll, Moritz and Heer, 2018). No figure is color
// alone: the sign stands in the cell.
const PALETTES = {
  light: {
    surface: [255, 255, 255],
    neutral: [206, 204, 198],
    favor: [23, 99, 166],
    against: [196, 84, 17],
    ink: [24, 26, 29],
    paper: [255, 255, 255],
  },
  dark: {
    surface: [27, 31, 36],
    neutral: [92, 97, 104],
    favor: [88, 166, 240],
    against: [240, 136, 62],
    ink: [12, 14, 17],
    paper: [240, 242, 245],
  },
};
const darkPreferred = matchMedia('(prefers-color-scheme: dark)');
const THEMES = ['auto', 'light', 'dark'];
let theme = 'auto';
const isDark = () => (theme === 'auto' ? darkPreferred.matches : theme === 'dark');
const palette = () => PALETTES[isDark() ? 'dark' : 'light'];

const mix = (a, b, share) => a.map((part, at) => Math.round(part + (b[at] - part) * share));
const css = (color) => `rgb(${color.join(' ')})`;

/** How much of its color a figure gets, by its evidence: a third for one statement, half for two. */
const strength = (evidence) => (evidence === Infinity ? 1 : evidence / (evidence + 2));

function scoreColor(score, evidence) {
  const { surface, neutral, favor, against } = palette();
  return mix(surface, mix(neutral, score < 0 ? against : favor, Math.min(1, Math.abs(score))), strength(evidence));
}

/** Relative luminance, WCAG 2. */
function luminance(color) {
  const [red, green, blue] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Ink or paper, whichever is easier to read on a color. */
function readableOn(color) {
  const { ink, paper } = palette();
  const contrast = (other) => {
    const [low, high] = [luminance(color), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  return contrast(ink) >= contrast(paper) ? ink : paper;
}

function paint(element, score, evidence) {
  const color = scoreColor(score, evidence);
  element.style.backgroundColor = css(color);
  element.style.color = css(readableOn(color));
}

/** Favor, neutral and against as one bar. */
function balance(figure) {
  const bar = make('span', { class: 'balance', 'aria-hidden': 'true' });
  for (const part of ['against', 'neutral', 'favor']) {
    const piece = make('i', { class: part });
    piece.style.flexGrow = figure[part];
    bar.append(piece);
  }
  return bar;
}

const describe = (figure) =>
  `${signed(figure.score)}, interval ${signed(figure.low)} to ${signed(figure.high)}, ${counted(figure.statements, 'statement')}`;
