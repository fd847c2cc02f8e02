//! [`Period`]: the day, week or month to which a statement belongs.
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PeriodUnit {
    /// A calendar day.
    Day,
    /// Monday to Sunday, as in ISO 8601.
    Week,
    /// A calendar month.
    Month,
}

/// A stretch of time, named by its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// How long it is.
    pub unit: PeriodUnit,
    /// Its first day.
    pub from: Date,
}

impl PeriodUnit {
    /// Every unit, the shortest first.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    /// The period of this length that a day belongs to.
    #[must_use]
    pub fn of(self, day: Date) -> Period {
        let back = match self {
            Self::Day => 0,
            Self::Week => day.weekday().to_monday_zero_offset(),
            Self::Month => day.day() - 1,
        };
        // The first week of the calendar's first year has no Monday to go back to.
        let from = day.checked_sub(jiff::Span::new().days(back)).unwrap_or(day);
        Period { unit: self, from }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_week_begins_on_monday_and_a_month_on_its_first() {
        let wednesday = date(2020, 1, 1);
        let from = PeriodUnit::ALL.map(|unit| unit.of(wednesday).from.to_string());
        assert_eq!(from, ["2020-01-01", "2019-12-30", "2020-01-01"]);
        let sunday = date(2020, 3, 1);
        assert_eq!(PeriodUnit::Week.of(sunday).from, date(2020, 2, 24));
        assert_eq!(PeriodUnit::Week.of(Date::MIN).from, Date::MIN);
    }
}
