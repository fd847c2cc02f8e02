//! What each reading of a mark costs, judged by its neighbours: a mark between a space and a letter opens, one
//! between a full stop and a space closes, and anything else is a typing error of some size. Costs are integers
//! (100 is one plain repair unit) so that the twin of this code in training breaks ties alike.
use super::{
    apostrophe,
    character::{Class, Mark, MarkStyle, Shape, neighbours},
    measure,
};

/// More than any reading of a paragraph may cost.
pub(super) const BARRED: u32 = 100_000;

/// A mark that is passed over.
const STRAY: u32 = 450;
/// A mark that is passed over beside one of its kind, `""Go," he said`.
const STRAY_DOUBLED: u32 = 200;

/// The costs of the three readings of a mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Price {
    /// It is no quotation mark.
    pub pass: u32,
    /// It opens a quotation.
    pub open: u32,
    /// It closes a quotation.
    pub close: u32,
}

pub(super) fn price(text: &[char], marks: &[Mark], index: usize) -> Price {
    let mark = marks[index];
    let (before, after) = neighbours(text, marks, index);
    let open = open_cost(text, before, after);
    let close = close_cost(text, before, after);
    if mark.is_single() {
        return apostrophe::price(text, mark, (before, after), (open, close));
    }
    let (open, close) = match mark.shape {
        Shape::CurlyOpen => (open / 4, 200 + close),
        Shape::CurlyClose => (200 + open, close / 4),
        Shape::LowOpen => (open / 4, BARRED),
        // French sets a space inside its marks.
        Shape::GuillemetLeft => ((open / 4).min(20), 120 + close),
        Shape::GuillemetRight => (120 + open, (close / 4).min(20)),
        Shape::TicksOpen => (open / 4, 300 + close),
        _ => (open, close),
    };
    let pass = if is_doubled(marks, index) { STRAY_DOUBLED } else { STRAY };
    measured(text, mark, Price { pass, open, close })
}

fn is_doubled(marks: &[Mark], index: usize) -> bool {
    let twin = |other: Option<&Mark>| {
        other.is_some_and(|other| {
            other.shape.style() == marks[index].shape.style()
                && (other.end == marks[index].start || marks[index].end == other.start)
        })
    };
    twin(marks[..index].last()) || twin(marks.get(index + 1))
}

/// Takes into account that the mark may stand for inches or seconds.
fn measured(text: &[char], mark: Mark, price: Price) -> Price {
    let digit_before = mark.start > 0 && measure::is_digit(text[mark.start - 1]);
    match mark.shape {
        Shape::Prime if digit_before => measure_price(price),
        Shape::Straight | Shape::CurlyClose | Shape::Ticks | Shape::Prime
            if measure::ends_after_foot(&text[..mark.start]) =>
        {
            measure_price(price)
        }
        Shape::Straight | Shape::Ticks if digit_before && !text.get(mark.end).is_some_and(|c| c.is_alphanumeric()) => {
            Price { pass: 50, ..price }
        }
        _ => price,
    }
}

fn measure_price(price: Price) -> Price {
    Price { pass: 0, open: price.open + 600, close: price.close + 600 }
}

fn open_cost(text: &[char], before: Option<usize>, after: Option<usize>) -> u32 {
    let Some(after) = after else { return 400 };
    let (previous, next) = (Class::at(text, before), Class::of(text[after]));
    let cost = match previous {
        Class::Space | Class::Opening | Class::Dash => 0,
        Class::Closing => 250,
        Class::Point if before.is_some_and(|before| text[before] == ':') => 40,
        Class::Point if next == Class::Other => 80,
        Class::Point => 200,
        Class::Other => 300,
    };
    cost + match next {
        Class::Point if text[after] == '…' || text[after..].starts_with(&['.', '.']) => 0,
        Class::Point => 250,
        Class::Space if previous == Class::Space => 150,
        Class::Space | Class::Closing => 300,
        Class::Dash => 70,
        Class::Opening | Class::Other => 0,
    }
}

fn close_cost(text: &[char], before: Option<usize>, after: Option<usize>) -> u32 {
    let Some(before) = before else { return 500 };
    let (previous, next) = (Class::of(text[before]), Class::at(text, after));
    match (previous, next) {
        (Class::Space, Class::Space) | (Class::Dash, Class::Other) => 150,
        (Class::Space, Class::Point | Class::Closing) => 100,
        (Class::Space, _) => {
            // "We go, "he said: the clause goes on after the mark.
            let comma = before > 0 && matches!(text[before - 1], ',' | '?' | '!');
            if comma && after.is_some_and(|after| text[after].is_lowercase()) { 200 } else { 400 }
        }
        (Class::Opening, _) => 300,
        (_, Class::Opening) | (Class::Point | Class::Closing, Class::Other) => 80,
        (_, Class::Other) => 200,
        _ => 0,
    }
}

/// What opening a quotation costs inside those that stand open already, outermost first.
pub(super) fn nest_cost(open: &[MarkStyle], style: MarkStyle) -> u32 {
    let Some(&top) = open.last() else { return 0 };
    match (top.is_single(), style.is_single()) {
        (false, true) => 0,
        (true, false) => 30,
        (true, true) => 600,
        _ if top != style => 100,
        _ if matches!(style, MarkStyle::Straight | MarkStyle::Ticks) => 360,
        _ => 220,
    }
}

/// What closing costs where a mark of this shape closes what was opened in that style.
pub(super) fn pair_cost(opened: MarkStyle, shape: Shape, close: u32) -> u32 {
    let style = shape.style();
    match (opened, shape) {
        (MarkStyle::Low, Shape::CurlyOpen) => close.saturating_sub(200),
        (MarkStyle::Reversed, Shape::GuillemetLeft) => close.saturating_sub(120),
        (MarkStyle::SingleLow, Shape::SingleOpen) => close.saturating_sub(250),
        (MarkStyle::Low | MarkStyle::SingleLow, _) => close,
        (MarkStyle::Reversed, _) => close + 300,
        _ if opened == style => close,
        (MarkStyle::Guillemet | MarkStyle::Angle, _) => close + 250,
        _ if matches!(style, MarkStyle::Guillemet | MarkStyle::Angle) => close + 250,
        _ if opened.is_single() => close + 150,
        _ => close + 50,
    }
}
