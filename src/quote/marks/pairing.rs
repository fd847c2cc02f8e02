//! The cheapest reading of a paragraph's marks. Every mark opens, closes or is passed over at a price; what stands
//! open at the end, or a close without an open, costs a repair. Alternating marks naively would let one typing
//! error turn every quotation after it inside out; a shortest path over the whole paragraph mends it where it is.
use super::{
    super::attribution,
    character::{Mark, MarkStyle},
    price::{BARRED, nest_cost, pair_cost, price},
};

const NO_OPEN: u32 = 320;
const NO_OPEN_SINGLE: u32 = 800;
const UNCLOSED_AT_END: u32 = 300;
const UNCLOSED_CONTINUED: u32 = 50;
const UNCLOSED_BETWEEN: u32 = 350;
/// Behind an attribution a missing close is likelier than a nested quotation.
const UNCLOSED_ATTRIBUTED: u32 = 200;
const NESTED_ATTRIBUTED: u32 = 350;
/// A single mark that reads as an apostrophe does not stay open.
const UNCLOSED_APOSTROPHE: u32 = 600;
/// A double mark that closes what a single one opened, or the other way round.
const CROSSED: u32 = 250;
/// Readings this much dearer than the cheapest one are given up.
const HOPELESS: u32 = 2_000;
/// So many quotations may stand open inside each other.
const DEEPEST: usize = 3;

/// A quotation as its marks delimit it: indices of marks, the style it was opened in, and how deep it lies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub open: Option<usize>,
    pub close: Option<usize>,
    pub style: MarkStyle,
    pub depth: usize,
    /// For one without a close: the index of the mark before which it was left, if there is such a mark.
    pub left_before: Option<usize>,
}

/// Which marks begin the paragraph that follows: a quotation that stays open may go on there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Following {
    pub double: bool,
    pub single: bool,
}

impl Following {
    /// Whether a quotation of that style can go on in the paragraph that follows.
    pub(super) const fn continues(self, style: MarkStyle) -> bool {
        if style.is_single() { self.single } else { self.double }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Stack {
    styles: [MarkStyle; DEEPEST],
    depth: usize,
}

impl Stack {
    const EMPTY: Self = Self { styles: [MarkStyle::Straight; DEEPEST], depth: 0 };

    fn open(&self) -> &[MarkStyle] {
        &self.styles[..self.depth]
    }

    fn top(&self) -> Option<MarkStyle> {
        self.open().last().copied()
    }

    fn pushed(mut self, style: MarkStyle) -> Option<Self> {
        *self.styles.get_mut(self.depth)? = style;
        self.depth += 1;
        Some(self)
    }

    fn popped(mut self) -> Self {
        self.depth -= 1;
        // Equal stacks must compare equal.
        self.styles[self.depth] = MarkStyle::Straight;
        self
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Action {
    Open,
    Close,
    /// A close where nothing stands open.
    CloseAlone,
    /// What stands open is left so, before this mark.
    Leave,
}

#[derive(Clone, Copy)]
struct Event {
    action: Action,
    mark: usize,
    before: Option<usize>,
}

/// One way to read the marks so far.
#[derive(Clone, Copy)]
struct Reading {
    stack: Stack,
    cost: u32,
    last: Option<usize>,
}

struct Search<'a> {
    marks: &'a [Mark],
    following: Following,
    events: Vec<Event>,
}

/// Pairs the marks of a paragraph, outermost first where two begin together, in the order of their ends otherwise.
pub(super) fn pair(text: &[char], marks: &[Mark], following: Following) -> Vec<Pair> {
    let mut search = Search { marks, following, events: Vec::new() };
    let mut readings = vec![Reading { stack: Stack::EMPTY, cost: 0, last: None }];
    let mut previous_end = 0;
    for (index, mark) in marks.iter().enumerate() {
        let gap = (mark.start - previous_end) as u32;
        previous_end = mark.end;
        readings = search.step(text, index, &readings, gap);
    }
    let best = readings
        .into_iter()
        .map(|reading| search.leave_all(reading))
        .reduce(|best, reading| if reading.cost < best.cost { reading } else { best });
    search.pairs(best.and_then(|best| best.last))
}

impl Search<'_> {
    fn step(&mut self, text: &[char], index: usize, readings: &[Reading], gap: u32) -> Vec<Reading> {
        let mark = self.marks[index];
        let price = price(text, self.marks, index);
        let attributed = !mark.is_single()
            && price.open < 100
            && readings.iter().min_by_key(|reading| reading.cost).is_some_and(|reading| reading.stack.depth > 0)
            && attribution::is_among(&text[mark.start - gap as usize..mark.start]);
        let mut reached = Vec::with_capacity(readings.len() + 4);
        for reading in self.with_left(readings, index, gap, attributed) {
            self.reach(&mut reached, reading.stack, reading.cost + price.pass, None, reading.last);
            if price.open < BARRED {
                let style = mark.shape.opening_style();
                let nested = if attributed && reading.stack.depth > 0 { NESTED_ATTRIBUTED } else { 0 };
                let cost = reading.cost + price.open + nest_cost(reading.stack.open(), style) + nested;
                if let Some(stack) = reading.stack.pushed(style) {
                    self.reach(&mut reached, stack, cost, Some((Action::Open, index)), reading.last);
                }
            }
            if price.close < BARRED {
                self.close(&mut reached, reading, index, price.close);
            }
        }
        let cheapest = reached.iter().map(|reading| reading.cost).min().unwrap_or(0);
        reached.retain(|reading| reading.cost <= cheapest + HOPELESS);
        // Only differences count; taking the cheapest off keeps the sums small however long the paragraph is.
        for reading in &mut reached {
            reading.cost -= cheapest;
        }
        reached
    }

    /// The readings before a mark, and those that leave what is open without its close there.
    fn with_left(&mut self, readings: &[Reading], index: usize, gap: u32, attributed: bool) -> Vec<Reading> {
        let mut pool = Vec::with_capacity(readings.len() * 2);
        for &(mut reading) in readings {
            if reading.stack.open().contains(&MarkStyle::Apostrophe) {
                // The longer it lasts, the less a straight single mark is a quotation mark.
                reading.cost += gap.min(10_000) * 3 / 10;
            }
            pool.push(reading);
            while let Some(top) = reading.stack.top() {
                reading.cost += match top {
                    MarkStyle::Apostrophe => UNCLOSED_APOSTROPHE,
                    _ if attributed => UNCLOSED_ATTRIBUTED,
                    _ => UNCLOSED_BETWEEN,
                };
                reading.stack = reading.stack.popped();
                reading.last = Some(self.record(Action::Leave, index, reading.last));
                pool.push(reading);
            }
        }
        pool
    }

    fn close(&mut self, reached: &mut Vec<Reading>, reading: Reading, index: usize, close: u32) {
        let mark = self.marks[index];
        let Some(top) = reading.stack.top() else {
            if mark.shape.style() != MarkStyle::Apostrophe {
                let missing = if mark.is_single() { NO_OPEN_SINGLE } else { NO_OPEN };
                let cost = reading.cost + close + missing;
                self.reach(reached, reading.stack, cost, Some((Action::CloseAlone, index)), reading.last);
            }
            return;
        };
        let cost = if top.is_single() == mark.is_single() {
            pair_cost(top, mark.shape, close)
        } else if reading.stack.depth == 1 {
            close + CROSSED
        } else {
            return;
        };
        let stack = reading.stack.popped();
        self.reach(reached, stack, reading.cost + cost, Some((Action::Close, index)), reading.last);
    }

    fn reach(
        &mut self,
        reached: &mut Vec<Reading>,
        stack: Stack,
        cost: u32,
        event: Option<(Action, usize)>,
        last: Option<usize>,
    ) {
        let known = reached.iter_mut().find(|reading| reading.stack == stack);
        if known.as_ref().is_some_and(|known| known.cost <= cost) {
            return;
        }
        let last = match event {
            Some((action, mark)) => Some(self.record(action, mark, last)),
            None => last,
        };
        match known {
            Some(known) => (known.cost, known.last) = (cost, last),
            None => reached.push(Reading { stack, cost, last }),
        }
    }

    /// Writes an event down and gives its index.
    fn record(&mut self, action: Action, mark: usize, before: Option<usize>) -> usize {
        self.events.push(Event { action, mark, before });
        self.events.len() - 1
    }

    fn leave_all(&mut self, mut reading: Reading) -> Reading {
        while let Some(top) = reading.stack.top() {
            reading.cost += if top == MarkStyle::Apostrophe {
                UNCLOSED_APOSTROPHE
            } else if reading.stack.depth == 1 && self.following.continues(top) {
                UNCLOSED_CONTINUED
            } else {
                UNCLOSED_AT_END
            };
            reading.stack = reading.stack.popped();
            reading.last = Some(self.record(Action::Leave, self.marks.len(), reading.last));
        }
        reading
    }

    fn pairs(&self, mut last: Option<usize>) -> Vec<Pair> {
        let mut events = Vec::new();
        while let Some(index) = last {
            events.push(self.events[index]);
            last = self.events[index].before;
        }
        let mut pairs = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for event in events.into_iter().rev() {
            match event.action {
                Action::Open => open.push(event.mark),
                Action::CloseAlone => pairs.push(Pair {
                    open: None,
                    close: Some(event.mark),
                    style: self.marks[event.mark].shape.style(),
                    depth: 0,
                    left_before: None,
                }),
                Action::Close | Action::Leave => {
                    let Some(opener) = open.pop() else { continue };
                    let closed = event.action == Action::Close;
                    let style = self.marks[opener].shape.opening_style();
                    if closed || style != MarkStyle::Apostrophe {
                        pairs.push(Pair {
                            open: Some(opener),
                            close: closed.then_some(event.mark),
                            style,
                            depth: open.len(),
                            left_before: (event.mark < self.marks.len()).then_some(event.mark),
                        });
                    }
                }
            }
        }
        pairs
    }
}
